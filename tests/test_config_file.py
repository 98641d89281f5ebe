"""config.toml: what is read from it, and how each mistake is told."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_digest.config_file import load_settings, parse_settings
from tui_digest.errors import SettingsError, UsageError
from tui_digest.paper import AnnounceType
from tui_digest.settings import Settings, digest_settings

FILE = Path("config.toml")


def mistakes(text: str) -> list[str]:
    with pytest.raises(SettingsError) as told:
        parse_settings(text, FILE)
    return list(told.value.sentences)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml", {}) == Settings()


def test_every_table_is_read() -> None:
    read = parse_settings(
        """
        categories = ["math.OC"]
        reader = {rows = 1, instant_start = false, keep_text = "to-read"}
        arxiv.holidays = [2027-01-01]
        [model]
        kind = "three-lines"
        prompt = "~/prompt.md"
        [pdf]
        folder = "~/papers"
        viewer = ["zathura", "--fork"]
        name = "{year} {author}{{x}}"
        open = "viewer"
        [sync]
        folder = "~/Sync/digest"
        name = "laptop"
        [digest."Reading group"]
        categories = ["math", "stat.ML"]
        """,
        FILE,
    )
    assert (read.reader.rows, read.reader.instant_start, read.reader.keep_text) == (1, False, "to-read")
    assert read.arxiv.holidays == (date(2027, 1, 1),)
    assert (read.model.kind, read.model.prompt) == ("three-lines", "~/prompt.md")
    assert (read.pdf.viewer, read.pdf.open) == (("zathura", "--fork"), "viewer")
    assert read.sync.name == "laptop"
    assert digest_settings(read, "Reading group").categories == ("math", "stat.ML")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = true", "config.toml, line 1: there is no setting colour; settings and tables are"),
        ("\n\n[reader]\nrow = 3", "line 4: there is no setting reader.row; did you mean rows? settings of"),
        ("reader.rows = 4", "line 1: reader.rows is 4, but must be one of 3, 2, 1."),
        ("reader = {theme = 3}", "line 1: reader.theme is 3, but must be text in quotes."),
        ("reader = 3", "line 1: reader is 3, but must be a table."),
        ("[[reader]]\nrows = 3", "line 1: reader is a list of tables, but must be a table."),
        ("[reader]\n# rows = 1\ninstant_start = 1", "line 3: reader.instant_start is 1, but must be true or"),
        ("x = '''\nrows = 3\n'''\n[reader]\nshow = [\n 'new',\n]", "line 1: there is no setting x;"),
        ("name = '''\nrows = 3\n'''\n[reader]\n\nshow = [\n 'old',\n]", "line 6: reader.show is ['old']"),
        ('[reader]\nshow = [\n "old"]', "reader.show is ['old'], but must be a list, each entry one of new"),
        ("pick.count = -1", "pick.count is -1, but must be a whole number from 0 to 500."),
        ("pick.words = {a = 1e9}", "pick.words.a is 1000000000.0, but must be a number from -1000 to 1000."),
        ('pick.words."a b" = "x"', "pick.words.'a b' is 'x', but must be a number"),
        ('pick.categories."cs.XX" = 1', "pick.categories is wrong: 'cs.XX' is not an arXiv category; did"),
        ("model.words = nan", "model.words is nan, but must be a whole number from 50 to 5000."),
        ("model.deadline = 0", "model.deadline is 0, but must be a number above 0 to 3600."),
        ("model.daily_limit = -1", "model.daily_limit is -1, but must be a whole number, 0 or more."),
        ("model.prices = {m = [1]}", "model.prices.m is [1], but must be a list of 2 numbers, each a number"),
        ('model.kind = "long"', "model.kind is 'long', but must be one of mathematics, three-lines, student"),
        ("arxiv.holidays = [2026]", "arxiv.holidays is [2026], but must be a list, each entry a date, as"),
        ('arxiv.api_url = "arxiv.org"', "arxiv.api_url is 'arxiv.org', but must be an address that begins"),
        ('arxiv.html_url = "http://x:y"', "arxiv.html_url is 'http://x:y', but must be an address"),
        ('zotero.url = ""', "zotero.url is '', but must be an address"),
        ('pdf.viewer = "zathura"', "pdf.viewer is 'zathura', but must be a list, each entry text in quotes."),
        ('pdf.name = "{id}{doi}"', "pdf.name has {doi}, but only {id}, {version}, {author}, {year}, {title}"),
        ('pdf.name = "{id.real}"', "pdf.name has {id.real}, but only"),
        ('pdf.name = "{id"', "pdf.name has a brace without its other half"),
        ('pdf.name = "paper"', "pdf.name gives all files one name"),
        ("categories = []", "categories is an empty list, but must be a list, each entry text in quotes"),
        ('categories = ["cs.ML"]', "line 1: categories is wrong: 'cs.ML' is not an arXiv category; did"),
        ('categories = ["zzzzzzzz"]', "'zzzzzzzz' is not an arXiv category; see arxiv.org/category"),
        ("[digest.default]\npick = 3", "line 1: the digest default is what the settings outside of"),
        ('[digest." x"]', "line 1: ' x' is no name of a digest"),
        ('[digest."a\\u001b[31m"]', r"'a\x1b[31m' is no name of a digest"),
        ('[digest.x]\ncategories = ["cs.ML"]', "line 2: digest.x.categories is wrong: 'cs.ML' is not an"),
        ("[digest.x]\nwords = 3", "digest.x.words is 3, but must be a table, each entry a number from"),
        ('export.folder = "a\\u0000b"', "line 1: export.folder has a NUL character in it, which no text"),
        ('keys = {"a\\u0000" = "j"}', "has a NUL character in it"),
        ("arxiv.holidays = [07:32:00]", "arxiv.holidays is [07:32:00], but must be a list"),
        ('export.mail_to = "<"', "line 1: export.mail_to is '<', but must be an address such as"),
        ('export.mail_to = "a@[1.2"', "line 1: export.mail_to is 'a@[1.2', but must be an address such as"),
        ('export.mail_to = "everybody"', "line 1: export.mail_to is 'everybody', but must be an address"),
        ("a = 1\na = 2", "line 2: a is given twice."),
        ("reader.rows = 1\nreader.rows = [\n1,\n]\nx = 1", "line 4: reader.rows is given twice."),
        ("'a b' = 1\n'a b' = 2", "line 2: a setting is given twice."),
        ("k" * 5000 + " = 1", "line 1: there is no setting " + "k" * 40 + "…;"),
        ("pick.words." + "k" * 5000 + " = true", "pick.words." + "k" * 40 + "… is true, but must be"),
        ("[reader]\n[pick]\n[reader]", "line 3: the table [reader] is given twice."),
        ('reader.theme = "x"\n[reader]', "line 2: the table [reader] is given twice."),
        ("categories = ['cs.LG", "line 1: this is not TOML: expected \"'\"."),
        ("categories = [\n'cs.LG',\n", "line 2: this is not TOML: "),
        ("x = \x00", "line 1: this is not TOML"),
        ("\nx = " + "9" * 5000, "line 2: a number is too long to be read."),
        ("x = " + "9" * 4000, "there is no setting x"),
        ("pick.count = " + "9" * 4000, "pick.count is a very large number, but must be a whole number"),
        ("x = " + "[" * 2000 + "]" * 2000, "config.toml: lists or tables are nested too deep to be read."),
        ("a" + ".a" * 5000 + " = 1", "line 1: there is no setting a;"),
    ],
    ids=lambda words: words[:60],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_key_and_what_is_allowed(text: str, told: str) -> None:
    (sentence,) = mistakes(text)
    assert told in sentence
    assert sentence.startswith("config.toml")
    assert sentence.endswith((".", "?"))
    assert len(sentence) < 300


def test_of_thousands_of_mistakes_the_first_are_told() -> None:
    told = mistakes("".join(f"k{number} = 1\n" for number in range(5000)))
    assert len(told) == 21
    assert "line 20: there is no setting k19;" in told[19]
    assert told[20] == "config.toml has 4,980 more mistakes."


def test_a_byte_order_mark_hides_no_line() -> None:
    with pytest.raises(SettingsError, match="line 1: categories is 5"):
        parse_settings("\ufeffcategories = 5\n", Path("config.toml"))


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = """
categories = ["cs.ML"]
[reader]
rows = 9
theme = false
[model.prices]
good = [1, 2]
bad = [1, -2]
[digest.x]
pick = "many"
sorts = "pick"
[digest.default]
"""
    told = mistakes(text)
    assert [int(line.removeprefix("config.toml, line ").partition(":")[0]) for line in told] == [
        2, 4, 5, 8, 10, 11, 12,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda file: file.symlink_to("nowhere.toml"), "is a link to nowhere.toml, which is not there"),
        (lambda file: file.symlink_to("config.toml"), "cannot be read: too many levels of symbolic links"),
        (lambda file: file.mkdir(), "is not a file"),
        (lambda file: os.mkfifo(file), "is not a file"),
        (lambda file: file.symlink_to("/dev/zero"), "is not a file"),
        (lambda file: file.write_bytes(b"\n\n# \xe9"), "line 3: it is not UTF-8 text"),
        (lambda file: file.write_bytes(b"# \n" * 400_000), "is larger than 1 MB"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
def test_a_file_that_is_none_is_told(tmp_path: Path, make: object, told: str) -> None:
    file = tmp_path / "config.toml"
    make(file)  # type: ignore[operator]
    with pytest.raises(SettingsError, match=told):
        load_settings(file, {})


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="such rights do not bind here")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.touch(0o000)
    with pytest.raises(SettingsError, match="cannot be read: permission denied"):
        load_settings(file, {})


def test_a_folder_that_is_a_link_to_nothing_is_not_taken_for_no_settings(tmp_path: Path) -> None:
    (tmp_path / "folder").symlink_to(tmp_path / "unplugged")
    with pytest.raises(SettingsError, match=r"folder is a link to .*unplugged, which is not there"):
        load_settings(tmp_path / "folder" / "config.toml", {})


def test_a_link_to_a_file_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text('\ufeffname = "ℓ₁"\n', encoding="utf-8")
    (tmp_path / "config.toml").symlink_to("real.toml")
    assert load_settings(tmp_path / "config.toml", {}).name == "ℓ₁"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[arxiv]\ninterval = 5\n[model]\nmodel = "m"\nlanguage = "Deutsch"\n', encoding="utf-8")
    environment = {
        "TUI_DIGEST_INTERVAL": "0.5",
        "TUI_DIGEST_HTML_URL": "http://127.0.0.1:1/html",
        "TUI_DIGEST_PDF_URL": "http://127.0.0.1:1/pdf",
        "TUI_DIGEST_ZOTERO_URL": "http://127.0.0.1:2",
        "LLM_MODEL": "n",
        "LLM_PROVIDER": "",
    }
    read = load_settings(file, environment)
    assert (read.arxiv.interval, read.arxiv.html_url) == (0.5, "http://127.0.0.1:1/html")
    assert (read.arxiv.pdf_url, read.zotero.url) == ("http://127.0.0.1:1/pdf", "http://127.0.0.1:2")
    assert (read.model.model, read.model.language, read.model.provider) == ("n", "Deutsch", "")


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("TUI_DIGEST_INTERVAL", "soon", "TUI_DIGEST_INTERVAL is 'soon', but must be seconds from 0 to 3600."),
        ("TUI_DIGEST_INTERVAL", "nan", "TUI_DIGEST_INTERVAL is 'nan'"),
        ("TUI_DIGEST_INTERVAL", "-1", "TUI_DIGEST_INTERVAL is '-1'"),
        ("TUI_DIGEST_PDF_URL", "/pdf", "TUI_DIGEST_PDF_URL is '/pdf', but must be an address that begins"),
    ],
)  # fmt: skip
def test_a_wrong_variable_is_told_by_its_name(variable: str, value: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(tmp_path / "config.toml", {variable: value})
    assert error.value.sentences[0].startswith(told)


def test_a_named_digest_goes_before_the_rest() -> None:
    read = parse_settings(
        """
        name = "All"
        [reader]
        sort = "title"
        [digest.seminar]
        categories = ["math.OC"]
        words = ["proximal", "dual"]
        pick = 0
        types = ["new"]
        export = "~/seminar"
        [digest.empty]
        """,
        FILE,
    )
    seminar, empty = digest_settings(read, "seminar"), digest_settings(read, "empty")
    assert digest_settings(read, "default") == read
    assert (seminar.name, seminar.categories, seminar.pick.count) == ("seminar", ("math.OC",), 0)
    assert seminar.pick.words == {"proximal": 1.0, "dual": 1.0}
    assert (seminar.reader.show, seminar.reader.sort) == ((AnnounceType.NEW,), "title")
    assert (seminar.export.folder, seminar.export.format) == ("~/seminar", "markdown")
    assert (empty.categories, empty.pick, empty.export) == (read.categories, read.pick, read.export)
    with pytest.raises(UsageError, match=r"There is no digest 'x'; .* has default, seminar, empty"):
        digest_settings(read, "x")


_keys = st.sampled_from(
    [
        "categories",
        "name",
        "reader",
        "rows",
        "theme",
        "show",
        "pick",
        "words",
        "digest",
        "x",
        "a b",
        "keys",
        "",
    ]
)
_values = st.recursive(
    st.one_of(
        st.integers(-5, 5),
        st.floats(),
        st.booleans(),
        st.text(max_size=5),
        st.dates(),
        st.sampled_from(["cs.LG", "new", "\x00"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(_keys, _values, max_size=4))
@settings(deadline=None)
def test_any_toml_is_read_or_told(table: dict[str, object]) -> None:
    with suppress(SettingsError):
        parse_settings(tomlkit.dumps(table), FILE)


@given(st.text(alphabet="[]{}=\"'.,#\n\\ax1-:TZ\x00é", max_size=60))
@settings(deadline=None)
def test_any_text_is_read_or_told(text: str) -> None:
    with suppress(SettingsError):
        parse_settings(text, FILE)


def test_the_ids_of_dialogs_commands_need_no_quotes(tmp_path: Path) -> None:
    text = '[keys]\nundo = "U"\ncalendar.newest = "N"\n"filters.save" = ["S", "ctrl+s"]\n'
    settings = parse_settings(text, tmp_path / "config.toml")
    assert settings.keys == {"undo": "U", "calendar.newest": "N", "filters.save": ("S", "ctrl+s")}
