"""Pictures of papers as pixels for a terminal, read by Pillow (extra `images`)."""

from __future__ import annotations

import io
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 25_000_000
"""Pixels of a picture that is read: a file of some kilobytes can ask for gigabytes of memory."""

LONGEST_SIDE = 2000
"""Pixels; a picture is made smaller than that, which is more than a terminal shows."""

INSTALL_IMAGES = "With `textual-image` and `pillow` beside the program (the extra `images`) it is shown here."

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


class PictureError(TuiDigestError):
    """A picture cannot be shown in the terminal."""


def can_show_pictures() -> bool:
    """Tell whether the extra `images` is installed; nothing of it is imported."""
    return find_spec("PIL") is not None and find_spec("textual_image") is not None


def decode_picture(body: bytes) -> Image:
    """Read a picture, on white where it is transparent, as figures are printed.

    Raises:
        PictureError: it is of another kind, too large or damaged.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        # Its size is checked here: Pillow's own limit only warns.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(body), formats=_FORMATS)
        if opened.width * opened.height > MOST_PIXELS or not opened.width * opened.height:
            raise PictureError(
                f"The picture has {opened.width} × {opened.height} pixels, more than is shown here."
            )
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = opened.convert("RGBA")
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    except UnidentifiedImageError as error:
        raise PictureError("The picture is of a kind that is not shown here.") from error
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise PictureError("The picture is damaged.") from error
