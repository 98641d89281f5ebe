"""The table of README.md that shows TeX before and after, made by the program.

Run `python -m tests.latex.readme_table` to print it; a test compares it with what README.md has.
"""

from __future__ import annotations

from tui_digest.latex import to_unicode

EXAMPLES = (
    r"$\mathcal{O}(1/\sqrt{T})$",
    r"$\frac{a+b}{c+d}$",
    r"$e^{-\|x\|^2/2\sigma^2}$",
    r"$\min_{x\in\mathbb{R}^d} \frac{1}{n}\sum_{i=1}^n f_i(x)$",
    r"$\{x \in X : |f(x)| \le \varepsilon\}$",
    r"$X_n \xrightarrow{d} \mathcal{N}(0,\sigma^2)$",
    r"$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$",
    r"$\hat{\beta}_0 \neq \tilde{\mathbf{w}}^\top x_{\max}$",
    r"R\'enyi, Erd\H{o}s and Schr{ö}dinger, 95% of ``it'', \emph{so}",
    r"a ~1.5$\times$ speedup for $5 million, not $3 million",
)


def table() -> str:
    """The table as Markdown, one row for each example."""
    rows = [f"| {_code(example)} | {_cell(to_unicode(example))} |" for example in EXAMPLES]
    return "\n".join(("| as arXiv has it | as you read it |", "| --- | --- |", *rows))


def _code(text: str) -> str:
    fence = "```" if "``" in text else "`"
    return f"{fence}{_cell(text)}{fence}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(table())
