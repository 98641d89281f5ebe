-- A paper at the newest version known. `key` orders papers by arXiv number (see papers.py).
-- The abstract stands last: a row is read up to the column that is asked for.
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

-- A mailing as it was asked for: its day and its categories, in order, with a space between them.
CREATE TABLE digests (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    date TEXT NOT NULL,
    categories TEXT NOT NULL,
    completeness TEXT NOT NULL,
    fetched_at TEXT,
    UNIQUE (date, categories)
);
CREATE TABLE announcements (
    digest INTEGER NOT NULL REFERENCES digests ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key INTEGER NOT NULL REFERENCES papers,
    version INTEGER NOT NULL,
    announce_type TEXT,
    PRIMARY KEY (digest, position)
) WITHOUT ROWID;
CREATE INDEX announcements_by_paper ON announcements (key, version, digest);

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

-- Where the reader was: not an action, so not in the history.
CREATE TABLE memory (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE explanations (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    paper TEXT NOT NULL,
    complete INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX explanations_by_key ON explanations (key);
CREATE INDEX explanations_by_paper ON explanations (paper, complete);

-- The text that is searched, folded, and the index over it. `fold` says by which folding. The index
-- keeps what begins with one to three letters apart: a third more on disk, and a search as one types
-- need not gather all words that begin so.
CREATE TABLE folded (
    key INTEGER PRIMARY KEY REFERENCES papers,
    fold TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    comment TEXT NOT NULL,
    note TEXT NOT NULL,
    abstract TEXT NOT NULL
);
CREATE INDEX folded_by_fold ON folded (fold);
CREATE VIRTUAL TABLE search_index USING fts5 (
    title, authors, comment, note, abstract,
    content='folded', content_rowid='key',
    tokenize='unicode61 remove_diacritics 0', prefix='1 2 3'
);
-- A word weighs most in the title, then in the authors' names and the reader's own notes.
INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(8.0, 4.0, 1.0, 4.0, 1.0)');
CREATE VIRTUAL TABLE search_terms USING fts5vocab ('search_index', 'row');
