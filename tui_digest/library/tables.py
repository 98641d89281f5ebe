"""The library's tables, as a new library is created with them.

`migrations.MIGRATIONS` leads older libraries to exactly these statements.
"""

from __future__ import annotations

PAPERS = """
-- A paper at the newest version known. `key` orders papers by arXiv number (see papers.py).
-- The abstract is last: SQLite reads a row up to the column that is asked for.
CREATE TABLE papers (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    announce_type TEXT,
    announced TEXT,
    published TEXT,
    updated TEXT,
    primary_category TEXT NOT NULL,
    categories TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    comment TEXT,
    journal_ref TEXT,
    doi TEXT,
    licence TEXT,
    abstract TEXT NOT NULL
);
CREATE INDEX papers_by_day ON papers (coalesce(announced, substr(published, 1, 10)));

CREATE TABLE paper_categories (
    category TEXT NOT NULL,
    key INTEGER NOT NULL REFERENCES papers,
    PRIMARY KEY (category, key)
) WITHOUT ROWID;

-- Versions before the newest, as JSON: read only to show what changed.
CREATE TABLE earlier (
    key INTEGER NOT NULL REFERENCES papers,
    version INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (key, version)
) WITHOUT ROWID;
"""

DAYS = """
-- A mailing as it was asked for: its day and its categories, sorted, with a space between them.
-- `digest` is the named digest for which it was stored first: it shows the day even when its
-- categories were changed since. Positions in announcements are 0 to `papers` - 1. `parts` are the sizes
-- of the parts of the day that follow each other there, as JSON: [["new", 60], ["cross", 20]]; NULL where
-- the papers are not in the order of the parts.
CREATE TABLE mailings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    date TEXT NOT NULL,
    categories TEXT NOT NULL,
    digest TEXT NOT NULL,
    papers INTEGER NOT NULL,
    completeness TEXT NOT NULL,
    fetched_at TEXT,
    parts TEXT,
    UNIQUE (date, categories)
);
CREATE TABLE announcements (
    mailing INTEGER NOT NULL REFERENCES mailings ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key INTEGER NOT NULL REFERENCES papers,
    version INTEGER NOT NULL,
    announce_type TEXT,
    PRIMARY KEY (mailing, position)
) WITHOUT ROWID;
CREATE INDEX announcements_by_paper ON announcements (key, version, mailing);

-- The pick of a mailing by a digest's rules, as JSON: [[position, score, [reason, …]], …], best first.
-- `stamp` names what it was computed from.
CREATE TABLE picks (
    digest TEXT NOT NULL,
    mailing INTEGER NOT NULL REFERENCES mailings ON DELETE CASCADE,
    stamp TEXT NOT NULL,
    papers TEXT NOT NULL,
    PRIMARY KEY (mailing, digest)
) WITHOUT ROWID;

-- The paper at which the reader is in each day of a digest.
CREATE TABLE reading_positions (
    digest TEXT NOT NULL,
    date TEXT NOT NULL,
    paper TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (digest, date)
) WITHOUT ROWID;

-- Small values that the program remembers under a name.
CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

DECISIONS = """
-- What the reader decided.
CREATE TABLE readings (
    key INTEGER PRIMARY KEY REFERENCES papers,
    mark TEXT CHECK (mark IN ('to-read', 'done', 'dismissed')),
    marked_at TEXT,
    read INTEGER NOT NULL DEFAULT 0,
    version_read INTEGER,
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX readings_by_mark ON readings (mark, key) WHERE mark IS NOT NULL;

CREATE TABLE interests (
    kind TEXT NOT NULL CHECK (kind IN ('author', 'word', 'category')),
    folded TEXT NOT NULL,
    text TEXT NOT NULL,
    stance TEXT NOT NULL CHECK (stance IN ('follow', 'mute')),
    PRIMARY KEY (kind, folded)
) WITHOUT ROWID;

CREATE TABLE filters (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;

-- Append-only. `undoable` and `redoable` are the steps that the next undo and redo would take.
CREATE TABLE history (
    step INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    target INTEGER REFERENCES history,
    changes TEXT NOT NULL,
    undoable INTEGER,
    redoable INTEGER
);
CREATE INDEX history_by_target ON history (target) WHERE target IS NOT NULL;
CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history
BEGIN SELECT raise(ABORT, 'the history is append-only'); END;
CREATE TRIGGER history_is_never_shortened BEFORE DELETE ON history
BEGIN SELECT raise(ABORT, 'the history is append-only'); END;
"""

TAGS = """
-- The tags of papers; a tag is spelt in small letters, without spaces.
CREATE TABLE tags (
    tag TEXT NOT NULL,
    key INTEGER NOT NULL REFERENCES papers,
    at TEXT NOT NULL,
    PRIMARY KEY (tag, key)
) WITHOUT ROWID;
CREATE INDEX tags_by_paper ON tags (key, tag);
"""

EXPLANATIONS = """
-- What models wrote. `key` names what was asked: paper, model, prompt, settings; a paper may have
-- several, of different kinds.
CREATE TABLE explanations (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    paper TEXT NOT NULL,
    kind TEXT NOT NULL,
    prompt_version TEXT NOT NULL,
    complete INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    text TEXT NOT NULL,
    statements TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX explanations_by_key ON explanations (key);
CREATE INDEX explanations_by_paper ON explanations (paper, complete);
"""

FOLDED = """
-- The text that is searched, folded, and the index over it. `fold` names the folding's rules, and
-- `terms` are the counts of the words of title and abstract (see text/words.py).
CREATE TABLE folded (
    key INTEGER PRIMARY KEY REFERENCES papers,
    fold TEXT NOT NULL,
    terms BLOB,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    comment TEXT NOT NULL,
    note TEXT NOT NULL,
    abstract TEXT NOT NULL
);
CREATE INDEX folded_by_fold ON folded (fold);
"""

INDEXED_LETTERS = 3
"""Words that begin with so many letters or fewer have an index of their own."""

SEARCH_INDEX = """
-- Words that begin with one to three letters have an index of their own: a third more on disk, and
-- a search while typing need not collect all words that begin so.
CREATE VIRTUAL TABLE search_index USING fts5 (
    title, authors, comment, note, abstract,
    content='folded', content_rowid='key',
    tokenize='unicode61 remove_diacritics 0', prefix='1 2 3'
);
-- A word weighs most in the title, then in the authors' names and the reader's own notes.
INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(8.0, 4.0, 1.0, 4.0, 1.0)');
CREATE VIRTUAL TABLE search_terms USING fts5vocab ('search_index', 'row');
"""

NOTE_VERSIONS = """
-- The versions of notes; those that no later one replaces make the note.
CREATE TABLE sync_notes (
    paper TEXT NOT NULL,
    machine TEXT NOT NULL,
    clock INTEGER NOT NULL,
    text TEXT NOT NULL,
    replaced INTEGER NOT NULL,
    PRIMARY KEY (paper, machine, clock)
) WITHOUT ROWID;
"""

SYNC = """
-- Which operation gave each cell its value (see replication.py).
CREATE TABLE sync_cells (
    aspect TEXT NOT NULL,
    subject TEXT NOT NULL,
    clock INTEGER NOT NULL,
    machine TEXT NOT NULL,
    PRIMARY KEY (aspect, subject)
) WITHOUT ROWID;

-- This machine's operations that are in no file yet.
CREATE TABLE sync_outbox (sequence INTEGER PRIMARY KEY, operation TEXT NOT NULL);

-- Which operations were applied: ranges of each machine's numbers.
CREATE TABLE sync_applied (
    machine TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (machine, first)
) WITHOUT ROWID;
CREATE TABLE sync_machines (machine TEXT PRIMARY KEY, clock INTEGER NOT NULL) WITHOUT ROWID;

-- Operations on papers that are not here, or of a kind that a newer version knows (paper '').
CREATE TABLE sync_waiting (number INTEGER PRIMARY KEY, paper TEXT NOT NULL, operation TEXT NOT NULL);
CREATE INDEX sync_waiting_by_paper ON sync_waiting (paper);

-- How far each file of the shared folder was read.
CREATE TABLE sync_files (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    read INTEGER NOT NULL,
    damaged INTEGER NOT NULL
) WITHOUT ROWID;
"""

TEXTS = """
-- Whole papers whose text notes or explanations speak of: `blocks` are packed (see fulltext), `body_hash`
-- is that of the page they were made from, for arXiv converts papers again under the same version.
CREATE TABLE texts (
    paper TEXT NOT NULL,
    version INTEGER NOT NULL,
    body_hash TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    blocks BLOB NOT NULL,
    PRIMARY KEY (paper, version)
);
-- Where the reader is in the text of each paper: a block, and for a text that was converted again the
-- section's address with the blocks from its beginning. `finished` once the end was seen.
CREATE TABLE text_positions (
    paper TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    body_hash TEXT NOT NULL,
    block INTEGER NOT NULL,
    address TEXT NOT NULL,
    blocks_below INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;
"""

TABLES = (
    PAPERS + DAYS + DECISIONS + TAGS + EXPLANATIONS + FOLDED + SEARCH_INDEX + SYNC + NOTE_VERSIONS + TEXTS
)
"""All statements that make an empty library."""
