"""PDFs for the reader and the commands: in the settings' folder, or from arXiv."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tui_digest.cli.system.browser_and_viewer import FileViewer
from tui_digest.core.services import Progress
from tui_digest.errors import TuiDigestError, UsageError
from tui_digest.paper import Paper
from tui_digest.pdf.folder import PdfFolder
from tui_digest.settings import PdfSettings


class PdfSource(Protocol):
    """Source of PDFs: arXiv, or the demo."""

    async def fetch(self, paper: Paper, tell: Progress) -> Path:
        """Return the file of a paper's PDF, made whole."""


class PdfNotStoredError(TuiDigestError):
    """The PDF of a paper is not in the folder, and arXiv may not be asked."""


class PaperPdfs:
    """Finds PDFs, downloads and opens them.

    Args:
        settings: folder, names and viewer.
        downloads: gives the way to arXiv when it is first needed; None where arXiv may not be asked.
    """

    def __init__(self, settings: PdfSettings, downloads: Callable[[], PdfSource] | None) -> None:
        self._folder = PdfFolder(settings.folder, settings.name)
        self._viewer = FileViewer(settings.viewer)
        self._downloads = downloads

    def stored(self, paper: Paper) -> Path | None:
        """Return the PDF of a paper at its version, None if it is not here whole."""
        return self._folder.find(paper)

    async def fetch(self, paper: Paper, progress: Progress) -> Path:
        """Return the PDF of a paper, downloaded if it is not here.

        Raises:
            PdfNotStoredError: it is not here and arXiv may not be asked.
            ArxivError: arXiv has none, or could not be asked.
            ExportError: it could not be written.
        """
        if (stored := self.stored(paper)) is not None:
            return stored
        if self._downloads is None:
            raise PdfNotStoredError(
                f"The PDF of {paper.arxiv_id} is not here, and arXiv is not asked offline."
            )
        progress(f"asking arXiv for the PDF of {paper.arxiv_id}")
        return await self._downloads().fetch(paper, progress)

    def takes_terminal(self) -> bool:
        """Tell whether the viewer draws in the terminal."""
        return self._viewer.takes_terminal

    def open(self, path: Path) -> None:
        """Show a PDF in the viewer; this may take a moment.

        Raises:
            TuiDigestError: the viewer could not be started, or the file is gone.
        """
        if not path.is_file():
            raise UsageError(f"{path} is not there any more; gp downloads it again.")
        self._viewer.open(path)
