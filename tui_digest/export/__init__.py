"""Papers as files that other programs read."""

EXTENSIONS = {
    "markdown": ".md",
    "jekyll": ".md",
    "obsidian": ".md",
    "bibtex": ".bib",
    "ris": ".ris",
    "csl-json": ".csl.json",
    "json": ".json",
    "jsonl": ".jsonl",
    "atom": ".atom",
    "html": ".html",
    "eml": ".eml",
}
"""How the files of each format end."""

FORMATS = tuple(EXTENSIONS)
"""The names of the formats, as they are offered."""
