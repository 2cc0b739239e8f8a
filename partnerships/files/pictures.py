"""Pictures, drawn anew in a few widths: nothing of the given file stays, no place, no camera, nothing hidden in it.

The size is read from the file's head before anything is unpacked, so that a small file which would unpack into gigabytes
is refused at once.
"""

from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

WIDTHS = (480, 960, 1600)  # pixels; what a phone, a page, and a page on a fine screen show
TALLEST = 2  # times its width
MOST_BYTES = 15 * 1024 * 1024
# A JPEG is unpacked at a fraction of its size; the others only whole, at four bytes a pixel, for a WebP several times.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 16_000_000, "WEBP": 12_000_000}
QUALITY = 80


@dataclass(frozen=True)
class Rendition:
    """The picture as WebP in one width; `width` and `height` in pixels."""

    width: int
    height: int
    content: bytes


def renditions(file):
    """The picture of an open file in each of WIDTHS that it fills, narrowest first.

    Raises ValidationError with words for a person unless the file's bytes are a PNG, JPEG or WebP of a sensible size.
    """
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than %d MB. Make the picture smaller.") % (MOST_BYTES >> 20))
    file.seek(0)
    try:
        return _draw(file)
    except Image.DecompressionBombError:
        raise ValidationError(_too_large(MOST_PIXELS["JPEG"])) from None
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError) as problem:
        # Pillow says in all of these ways that the bytes are no picture, or a broken one.
        raise ValidationError(_("This is no picture that can be read. Choose a PNG, JPEG or WebP file.")) from problem


def _draw(file):
    with Image.open(file, formats=list(MOST_PIXELS)) as image:
        most = MOST_PIXELS[image.format]
        if image.width * image.height > most:
            raise ValidationError(_too_large(most))
        image.draft(None, (WIDTHS[-1], WIDTHS[-1] * TALLEST))
        # Without what says so, a picture that was taken with the camera on its side would lie there.
        upright = ImageOps.exif_transpose(_plain(image))
        found = {}
        for width in WIDTHS:
            smaller = ImageOps.contain(upright, _box(upright, width))
            smaller.info = {}
            content = BytesIO()
            smaller.save(content, "WEBP", quality=QUALITY)
            found[smaller.width] = Rendition(*smaller.size, content.getvalue())
        return list(found.values())


def _plain(image):
    """The image in the one of two modes that keeps what can be seen of it."""
    is_clear = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
    return image.convert("RGBA" if is_clear else "RGB")


def _box(image, width):
    return min(width, image.width), min(width * TALLEST, image.height)


def _too_large(most):
    return _("The picture has more than %d million pixels. Make it smaller.") % (most // 1_000_000)
