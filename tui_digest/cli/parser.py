"""The parser of the command line: commands, arguments and their functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_digest import __version__
from tui_digest.cli.arguments import (
    Arguments,
    Parser,
    add_command,
    add_day,
    add_format,
    add_id,
    add_offline,
    add_selection,
    is_paper_id,
    nearest_word,
    parse_paper_id,
    parse_positive,
    parse_whole,
)
from tui_digest.errors import UsageError
from tui_digest.export import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from tui_digest.cli.arguments import Commands

_ABOUT: Final = """\
Read the day's arXiv papers in the terminal. Without a command it opens the reader;
`tui-digest COMMAND --help` says what a command takes."""

_EPILOG: Final = """\
exit codes: 0 done; 1 failed; 2 wrong usage or settings; 3 arXiv could not be reached
and nothing was stored; 4 the model failed or stopped early; 130 interrupted.
Results go to standard output, messages to standard error."""

_QUERY: Final = """\
A query is words, all of which must occur. "a phrase", word*, -word, or, ( );
au: ti: abs: co: note: look in one field; cat:math.OC, id:2512.21208, is:to-read,
is:unread, has:note, tag:seminar, by:laptop, has:tag, after:2026-11-01, before:2026-11 ask
for something else."""


def parse_arguments(words: Sequence[str]) -> Arguments:
    """Parse the command line; without a command, or with an id for it, it is `read`.

    Raises:
        UsageError: it is wrong; the message says why.
        SystemExit: with 0, after `--help` and `--version`.
    """
    words = list(words) or ["read"]
    if words[0].startswith("-") and words[0] not in ("-h", "--help", "--version"):
        words.insert(0, "read")
    elif not words[0].startswith("-") and words[0] not in _COMMANDS and is_paper_id(words[0]):
        if len(words) > 1 and words[1].startswith("["):
            del words[1]  # `arXiv:2611.10001v1 [cs.LG]`, as arXiv prints it on a paper's margin
        words.insert(0, "read")
    if not words[0].startswith("-") and words[0] not in _COMMANDS:
        raise UsageError(
            f"There is no command {words[0]!r};{nearest_word(words[0], tuple(_COMMANDS))}"
            " `tui-digest --help` lists them."
        )
    return _parser(words[0]).parse_args(words, Arguments())


def _parser(asked: str) -> Parser:
    """Return the parser of one command, of all for `--help`, of none for `--version`."""
    parser = Parser(prog="tui-digest", description=_ABOUT, epilog=_EPILOG)
    parser.add_argument(
        "--version",
        action="version",
        version=f"tui-digest {__version__}",
        help="show the version and end",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, declare in _COMMANDS.items():
        if asked == name or asked in ("-h", "--help"):
            declare(commands)
    return parser


def _read(commands: Commands) -> None:
    read = add_command(
        commands,
        "read",
        "reader.read",
        "Open the reader (the default)",
        example="  tui-digest\n  tui-digest 2512.21208                # any paper, also by its link\n"
        "  tui-digest --date 2026-11-19 --category math.OC\n  tui-digest --demo\n"
        "  tui-digest read --plain            # line by line, formulas in words",
    )
    read.add_argument(
        "id",
        nargs="?",
        type=parse_paper_id,
        metavar="ID",
        help="open this paper, fetched if it is not stored; an id or a link in any form",
    )
    add_day(read)
    read.add_argument(
        "--plain",
        nargs="?",
        choices=("spoken", "unicode"),
        const="spoken",
        metavar="MATHEMATICS",
        help="a dialogue of lines, for screen readers and terminals that cannot be drawn on; formulas"
        " are spoken (in words) or unicode (default: spoken)",
    )
    read.add_argument(
        "--demo", action="store_true", help="a made-up day in a home of its own, without a network"
    )


def _setup(commands: Commands) -> None:
    add_command(
        commands,
        "setup",
        "reader.setup",
        "Choose categories, theme, model and where exports go",
        about="Open the reader with its first screen: categories, found by arXiv's names, theme, model, and\n"
        "where exports go. What is chosen is written to config.toml and holds at once. It is asked by\n"
        "itself at the first start on a terminal.",
        example="  tui-digest setup",
    )


def _fetch(commands: Commands) -> None:
    fetch = add_command(
        commands,
        "fetch",
        "fetch.fetch",
        "Fetch the day's papers",
        about="Fetch the newest mailing, and the ones missed before it. arXiv is asked only when something\n"
        "new can be there, so it is safe to run every hour; it says in one line a mailing what came.",
        example="  tui-digest fetch\n  tui-digest fetch --explain 3      # and explain the first three",
    )
    add_day(fetch)
    fetch.add_argument(
        "--explain",
        type=parse_positive,
        default=0,
        metavar="N",
        help="ask the model about N papers of the day, the picked first; what is kept is not asked again",
    )
    fetch.add_argument(
        "--full",
        action="store_true",
        help="with --marked: fetch no mailing, but the whole texts of the papers marked to read",
    )
    fetch.add_argument(
        "--pdf",
        action="store_true",
        help="with --marked: fetch no mailing, but the PDFs of the papers marked to read",
    )
    fetch.add_argument(
        "--marked", action="store_true", help="the papers marked to read, for --full and --pdf"
    )


def _list(commands: Commands) -> None:
    papers = add_command(
        commands,
        "list",
        "papers.list_papers",
        "List papers",
        about="List the papers of a day, or others. JSON is one object with date, categories,\n"
        f"completeness and papers; jsonl is a paper a line.\n\n{_QUERY}",
        example="  tui-digest list --picked\n  tui-digest list --filter 'cat:math.OC is:unread'\n"
        "  tui-digest list --format jsonl | jq -r .title",
    )
    add_selection(papers, "all papers of the day")
    add_day(papers)
    add_format(papers, "text", "json", "jsonl", default="text")
    _spoken(papers)


def _show(commands: Commands) -> None:
    show = add_command(
        commands,
        "show",
        "papers.show",
        "Show one paper",
        about="Show one paper with all that is known of it; one that is not stored is asked from arXiv.",
        example="  tui-digest show 2512.21208\n  tui-digest show 2512.21208v1 --format json\n"
        "  tui-digest show 2512.21208 --full | less\n"
        "  tui-digest show 2512.21208 --section 3.1",
    )
    add_id(show)
    add_format(show, "text", "json", default="text")
    show.add_argument("--tex", action="store_true", help="TeX as written, not rendered")
    show.add_argument(
        "--full",
        action="store_true",
        help="the whole paper, from arXiv's HTML; it is kept for reading offline",
    )
    show.add_argument(
        "--section",
        default="",
        metavar="S",
        help="only this part of the whole paper: 3.1, 'Theorem 2.1', '(5)', 'Figure 4', Introduction",
    )
    _spoken(show)
    add_offline(show)


def _search(commands: Commands) -> None:
    search = add_command(
        commands,
        "search",
        "papers.search",
        "Search everything ever fetched",
        about=f"Search the papers of all days that were fetched, the best first.\n\n{_QUERY}",
        example="  tui-digest search 'nesterov au:chen'\n"
        "  tui-digest search --limit 10 'is:to-read -survey'\n"
        "  tui-digest search -- -survey      # a query that begins with a dash",
    )
    search.add_argument("query", metavar="QUERY", help="see above")
    search.add_argument(
        "--full", action="store_true", help="search the whole texts that are stored, section by section"
    )
    search.add_argument(
        "--arxiv", action="store_true", help="ask arXiv instead: words, fields, categories, days submitted"
    )
    search.add_argument(
        "--sort",
        choices=("newest", "relevance"),
        default="newest",
        metavar="S",
        help="with --arxiv: newest or relevance first (default: newest)",
    )
    search.add_argument(
        "--start",
        type=parse_whole,
        default=0,
        metavar="N",
        help="with --arxiv: leave out the first N (default: 0)",
    )
    search.add_argument(
        "--limit", type=parse_positive, default=50, metavar="N", help="at most N (default: 50)"
    )
    add_format(search, "text", "json", "jsonl", default="text")


def _spoken(command: Parser) -> None:
    command.add_argument(
        "--spoken", action="store_true", help="text in sentences, formulas in words: for screen readers"
    )


def _similar(commands: Commands) -> None:
    similar = add_command(
        commands,
        "similar",
        "papers.similar",
        "Print the stored papers most similar to one",
        about="Print the papers most similar to one, among all that are stored, the most similar first,\n"
        "with the words that make them so.",
        example="  tui-digest similar 2512.21208 --limit 10",
    )
    add_id(similar)
    similar.add_argument(
        "--limit", type=parse_positive, default=20, metavar="N", help="at most N (default: 20)"
    )
    add_format(similar, "text", "json", "jsonl", default="text")
    add_offline(similar)


def _export(commands: Commands) -> None:
    export = add_command(
        commands,
        "export",
        "export.export",
        "Export papers as Markdown, BibTeX and others",
        about="Export papers with their TeX intact. A file that is there and is not ours is left alone.",
        example="  tui-digest export --picked 5 --format jekyll --output _posts/\n"
        "  tui-digest export --marked --format bibtex > to-read.bib\n"
        "  tui-digest export 2512.21208 hep-th/9901001 --format obsidian --output ~/vault/papers/",
    )
    add_selection(export, "the pick of the day")
    add_day(export)
    export.add_argument(
        "--format",
        choices=FORMATS,
        metavar="F",
        help=f"{', '.join(FORMATS)} (default: the settings', else markdown)",
    )
    export.add_argument(
        "--output",
        default="-",
        metavar="PATH",
        help="a file, or a folder, in which it gets a name; - is standard output (default: -)",
    )
    export.add_argument(
        "--explain", action="store_true", help="first ask the model about those not explained yet"
    )
    export.add_argument(
        "--full", action="store_true", help="with the whole texts: Markdown, Obsidian, Jekyll and JSON"
    )
    export.add_argument("--force", action="store_true", help="replace a file that is there")


def _explain(commands: Commands) -> None:
    explain = add_command(
        commands,
        "explain",
        "explain.explain",
        "Explain a paper's mathematics with a language model",
        about="Ask the language model of the settings to explain a paper from its title and abstract, or\n"
        "with --full from its text; a mark names the place, and is checked there.\n"
        "A terminal gets the words as they come, formulas rendered; a pipe or file gets Markdown,\n"
        "checked. The receipt ends it. A complete explanation is kept and not paid for twice: what is\n"
        "kept is printed, and no model is needed for that.",
        example="  tui-digest explain 2512.21208\n  tui-digest explain 2512.21208 --again > explanation.md\n"
        "  tui-digest explain 2512.21208 --kind student",
    )
    add_id(explain)
    explain.add_argument("--again", action="store_true", help="ask again although one is kept")
    explain.add_argument(
        "--full",
        action="store_true",
        help="from the paper's text, without proofs and appendices; the receipt names what was sent",
    )
    explain.add_argument(
        "--section",
        metavar="ADDRESS",
        default="",
        help="from one section or statement and what it uses, such as 3.1 or 'Theorem 2.1'",
    )
    explain.add_argument(
        "--kind",
        choices=("mathematics", "three-lines", "student", "method", "translation"),
        help="which kind of explanation (default: kind under [model])",
    )


def _tag(commands: Commands) -> None:
    tag = add_command(
        commands,
        "tag",
        "tags.tag",
        "Tag papers, list the tags, or rename one",
        about="A list is a tag: search, filters and --tag find its papers. A tag has no spaces, commas or\n"
        "quotes, and case does not count. Every change is one step, which undo takes back.",
        example="  tui-digest tag 2512.21208 2512.21241 +reading-group -later\n  tui-digest tag list\n"
        "  tui-digest tag rename later someday",
    )
    tag.add_argument(
        "words",
        nargs="...",
        metavar="ID... +TAG -TAG | list | rename A B",
        help="the papers, then the tags to put on and to take off",
    )
    add_offline(tag)
    add_format(tag, "text", "json", default="text")


def _mark(commands: Commands) -> None:
    mark = add_command(
        commands,
        "mark",
        "marks.mark",
        "Mark papers: to read, done, dismissed",
        example="  tui-digest mark 2512.21208 2512.21241\n  tui-digest mark 2512.21208 --as done\n"
        "  tui-digest mark --tag seminar --as done",
    )
    add_selection(mark, "nothing is marked")
    mark.add_argument(
        "--as",
        dest="mark",
        choices=("to-read", "done", "dismissed", "none"),
        default="to-read",
        metavar="MARK",
        help="to-read, done, dismissed, or none (default: to-read)",
    )
    add_day(mark)


def _note(commands: Commands) -> None:
    note = add_command(
        commands,
        "note",
        "marks.note",
        "Show or write the note on a paper",
        about="Show the note on a paper, or write it: Markdown with TeX. An empty text takes it away.",
        example="  tui-digest note 2512.21208\n  tui-digest note 2512.21208 'Check Lemma 2: is $L$ known?'\n"
        "  tui-digest note 2512.21208 - < note.md",
    )
    add_id(note)
    note.add_argument("text", nargs="?", metavar="TEXT", help="the new note; - reads standard input")
    add_offline(note)


def _history(commands: Commands) -> None:
    history = add_command(
        commands,
        "history",
        "marks.history",
        "List what was done, undo it, do it again",
        example="  tui-digest history --limit 10\n  tui-digest history undo",
    )
    history.add_argument(
        "what",
        nargs="?",
        choices=("list", "undo", "redo"),
        default="list",
        metavar="WHAT",
        help="list, undo or redo (default: list)",
    )
    history.add_argument(
        "--limit", type=parse_positive, default=50, metavar="N", help="at most N (default: 50)"
    )
    add_format(history, "text", "json", default="text")


def _library(commands: Commands) -> None:
    library = add_command(
        commands,
        "library",
        "library.library",
        "Back up or restore the library, import papers, or mend its search index",
        about="Copy the library (marks, notes, history, explanations, papers) to a file, or put such a copy\n"
        "in its place. A backup is checked before it replaces anything, and what was there is kept.\n"
        "`import` takes arXiv's papers from a file of Zotero (RDF), BibTeX, RIS or CSL-JSON; keywords and\n"
        "collections become tags, arXiv's categories among them do not. What would be written is shown\n"
        "first, and one undo takes it back.\n"
        "`reindex` rebuilds the search index, when `tui-digest doctor` finds it damaged.",
        example="  tui-digest library backup ~/arxiv-library.sqlite3\n"
        "  tui-digest library restore ~/arxiv-library.sqlite3\n"
        "  tui-digest library import ~/references.bib --as to-read\n"
        "  tui-digest library reindex",
    )
    library.add_argument("what", choices=("backup", "restore", "import", "reindex"), help="what to do")
    library.add_argument(
        "file", nargs="?", metavar="FILE", help="the copy or bibliography (not with reindex)"
    )
    library.add_argument(
        "--as",
        dest="mark",
        choices=("to-read", "done", "dismissed"),
        metavar="MARK",
        help="with import: mark the papers to-read, done or dismissed",
    )
    library.add_argument("--yes", action="store_true", help="with import: write without asking")
    add_format(library, "text", "json", default="text")
    add_offline(library)


def _latex(commands: Commands) -> None:
    latex = add_command(
        commands,
        "latex",
        "tools.latex",
        "Turn TeX into Unicode",
        about="A filter: text with TeX in, Unicode out, line by line.",
        example="  echo 'a rate of $\\mathcal{O}(1/\\sqrt{T})$' | tui-digest latex",
    )
    latex.add_argument("file", nargs="?", default="-", metavar="FILE", help="default: standard input")


def _keys(commands: Commands) -> None:
    keys = add_command(commands, "keys", "tools.keys", "List the reader's keys, with your own over them")
    add_format(keys, "text", "json", default="text")


def _doctor(commands: Commands) -> None:
    doctor = add_command(
        commands,
        "doctor",
        "doctor.doctor",
        "Check that all is well, and say how to mend what is not",
        about="Look at settings, places, library, cache, arXiv and the model, and say how to mend what is\n"
        "not well. It changes nothing and asks the model nothing. Exit code 1 when something is wrong.",
        example="  tui-digest doctor\n  tui-digest doctor --offline --format json",
    )
    doctor.add_argument("--offline", action="store_true", help="do not ask arXiv whether it answers")
    add_format(doctor, "text", "json", default="text")


def _cache(commands: Commands) -> None:
    cache = add_command(
        commands,
        "cache",
        "tools.cache",
        "Show or clear the cache of arXiv's answers",
        about="Show or clear the cache of arXiv's answers. Nothing of yours is in it.",
    )
    cache.add_argument("what", choices=("info", "clear"), help="what to do")


def _config(commands: Commands) -> None:
    config = add_command(
        commands,
        "config",
        "config.config",
        "Show the settings, or write a first config.toml",
        example='  tui-digest config init\n  $EDITOR "$(tui-digest config path)"',
    )
    config.add_argument(
        "what", choices=("path", "show", "init"), help="where the file is, what holds now, or a first file"
    )


def _sync(commands: Commands) -> None:
    sync = add_command(
        commands,
        "sync",
        "sync.sync",
        "Exchange marks, notes and tags with your other machines",
        about="Write what was decided here to the shared folder of [sync] in config.toml, and apply what\n"
        "other machines wrote there: marks, read papers, notes, tags, follows, mutes, saved filters and\n"
        "places. The reader does the same at its start and every minute.",
        example="  tui-digest sync\n  tui-digest sync --git",
    )
    sync.add_argument(
        "--git", action="store_true", help="the folder is a git checkout: commit, pull and push"
    )
    add_format(sync, "text", "json", default="text")


def _pdf(commands: Commands) -> None:
    pdf = add_command(
        commands,
        "pdf",
        "pdf.pdf",
        "Download papers' PDFs",
        about="Download the PDFs of papers into the folder of [pdf] in config.toml, one after the other, as\n"
        "far apart as arXiv asks for, and print where they are. One that is there is not asked for again;\n"
        "one that was broken off is resumed.",
        example='  tui-digest pdf 2512.21208\n  zathura "$(tui-digest pdf 2512.21208)"',
    )
    pdf.add_argument("ids", type=parse_paper_id, nargs="+", metavar="ID", help="the papers")
    add_offline(pdf)
    add_format(pdf, "text", "json", default="text")


def _zotero(commands: Commands) -> None:
    zotero = add_command(
        commands,
        "zotero",
        "zotero.zotero",
        "Send papers to Zotero",
        about="Send papers with your tags, notes and explanations to the Zotero application that runs on\n"
        "this machine, into the collection that is selected there. Papers that are in Zotero already\n"
        "are left out; a PDF that was downloaded goes along. Where Zotero is not running, the papers are\n"
        "written as a RIS file.",
        example="  tui-digest zotero 2512.21208 2512.21241\n  tui-digest zotero --again 2512.21208",
    )
    zotero.add_argument("ids", type=parse_paper_id, nargs="+", metavar="ID", help="the papers")
    zotero.add_argument("--again", action="store_true", help="send also those that are in Zotero already")
    zotero.add_argument("--offline", action="store_true", help="ask nobody beside the Zotero on this machine")
    add_format(zotero, "text", "json", default="text")


_COMMANDS: Final[dict[str, Callable[[Commands], None]]] = {
    "read": _read,
    "setup": _setup,
    "fetch": _fetch,
    "list": _list,
    "show": _show,
    "search": _search,
    "similar": _similar,
    "export": _export,
    "explain": _explain,
    "mark": _mark,
    "tag": _tag,
    "note": _note,
    "history": _history,
    "library": _library,
    "pdf": _pdf,
    "zotero": _zotero,
    "sync": _sync,
    "latex": _latex,
    "keys": _keys,
    "doctor": _doctor,
    "cache": _cache,
    "config": _config,
}
"""The functions that declare the commands, in the order of the help."""
