"""Pictures made narrower, by Pillow, which is only loaded here (extra ``dlcards[images]``)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import ExifTags, Image, ImageOps

from dlcards.model import Text

_COLOURS = 256
_WEBP_HEADERS = 1 << 16  # bytes that the chunks before the pixels fit in


class ScalingError(Exception):
    """A picture that can't be scaled; ``message`` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


def scaled(data: bytes, most: int) -> bytes | Text | None:
    """The picture at a width of ``most`` pixels, turned as its EXIF data says.

    Format, transparency, palette and colour profile are kept, other metadata are not. The same bytes
    come out for the same input and the same version of Pillow.

    Args:
        data: A PNG, JPEG, GIF or WebP.
        most: The largest width in pixels; the height follows.

    Returns:
        The new file; None where the picture is no wider than that; a reason where it is, but has to
        be left as it is.

    Raises:
        ScalingError: It can't be decoded, or has so many pixels (Pillow's
            limit, 89 million) that it must be made to exhaust memory.
    """
    try:
        with _strict(), Image.open(io.BytesIO(data)) as image:
            # A camera's MPO is a JPEG with more pictures behind the first.
            kind = "JPEG" if image.format == "MPO" else str(image.format)
            lies_on_its_side = image.getexif().get(ExifTags.Base.Orientation, 1) >= 5
            if (image.height if lies_on_its_side else image.width) <= most:
                return None
            if kind != "JPEG" and getattr(image, "is_animated", False):
                return Text("움직이는 그림이라 줄이지 않았다", "animated, so not scaled down")
            if image.mode.startswith(("I", "F")):
                return Text("16비트 그림이라 줄이지 않았다", "of 16 bits, so not scaled down")
            is_lossless = kind == "WEBP" and b"VP8L" in data[:_WEBP_HEADERS]
            small = _resized(ImageOps.exif_transpose(image), most)
            return _written(small, kind, image.info.get("icc_profile"), lossless=is_lossless)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ScalingError(Text("픽셀이 너무 많아 줄일 수 없다", "too many pixels to scale down")) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ScalingError(
            Text("그림이 손상되어 줄일 수 없다", "damaged, so it can't be scaled down")
        ) from error


@contextmanager
def _strict() -> Iterator[None]:
    """Make Pillow refuse at once what it only warns of: the doubtful half of decompression bombs."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _resized(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    palette = image.mode == "P"
    if palette:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode == "1":
        image = image.convert("L")
    elif "transparency" in image.info and image.mode in ("L", "RGB"):
        image = image.convert("LA" if image.mode == "L" else "RGBA")
    small = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if not palette:
        return small
    # Median cut knows no transparency.
    method = Image.Quantize.FASTOCTREE if small.mode == "RGBA" else Image.Quantize.MEDIANCUT
    return small.quantize(_COLOURS, method, dither=Image.Dither.NONE)


def _written(image: Image.Image, kind: str, profile: bytes | None, *, lossless: bool) -> bytes:
    known: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 88, "optimize": True, "icc_profile": profile},
        "PNG": {"compress_level": 9, "icc_profile": profile},
        "WEBP": {"quality": 88, "method": 6, "lossless": lossless, "icc_profile": profile},
        "GIF": {"optimize": True},
    }
    # What Pillow would write of the original's comments, dates and thumbnails.
    image.info = {name: image.info[name] for name in ("transparency",) if name in image.info}
    out = io.BytesIO()
    image.save(out, kind, **known[kind])
    return out.getvalue()
