"""The one module that touches Pillow: bytes of a foreign picture in, clean derivatives out.

Both functions depend on their argument alone, so they may run in a thread, in a process or on another machine.
"""

from __future__ import annotations

import io

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError, __version__, features

from . import recipe
from .results import Fault, Made, Rendition, broken

MAX_PIXELS = 65_000_000
"""What the largest usual phone sensor gives; decoded that is 195 MB. Checked from the header, before decoding."""

_EXTENSIONS = {
    "JPEG": ("jpg", "jpeg"),
    "MPO": ("jpg", "jpeg"),
    "PNG": ("png",),
    "WEBP": ("webp",),
    "GIF": ("gif",),
    "TIFF": ("tif", "tiff"),
    "BMP": ("bmp",),
    "AVIF": ("avif",),
}
_READABLE = tuple(form for form in _EXTENSIONS if form != "MPO")  # MPO is opened as JPEG and recognised there
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1")
_ORIENTATION_TAG = 0x0112
_SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N")


def encoders() -> str:
    """Names the versions of everything that decides about the bytes of a derivative."""
    parts = [("pillow", __version__)] + [(name, features.version(name)) for name in ("webp", "libjpeg_turbo", "littlecms2")]
    return " ".join(f"{name}-{version}" for name, version in parts)


def fault_of(data: bytes, extension: str) -> Fault | None:
    """What the header alone shows to be wrong, or None; ``extension`` is that of the file, without the dot."""
    if not data:
        return broken("tệp trống")
    try:
        with Image.open(io.BytesIO(data), formats=_READABLE) as image:
            return _fault_of_header(image, extension.lower())
    except UnidentifiedImageError:
        return broken("ảnh HEIC của điện thoại" if data[4:12] in _HEIC else "không nhận ra định dạng")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large("?")
    except Exception as error:  # a decoder may raise anything over foreign bytes, and none of it may stop the other pictures
        return broken(type(error).__name__)


def derive(data: bytes) -> Made | Fault:
    """Makes every size and form of a picture whose header is sound: upright, sRGB, on white, without metadata."""
    try:
        image, width, height = _decode(data)
    except Exception as error:  # as above
        return broken(f"dữ liệu ảnh thiếu hoặc sai, {type(error).__name__}")
    renditions = []
    for size in recipe.sizes(width, height):
        small = image.resize((size.width, size.height), Image.Resampling.LANCZOS)
        renditions += [_encode(small, form, size.budget) for form in recipe.FORMS]
    return Made(width=width, height=height, renditions=tuple(renditions))


def _fault_of_header(image: Image.Image, extension: str) -> Fault | None:
    width, height = image.size
    if width < 1 or height < 1:
        return broken("ảnh không có điểm ảnh nào")
    if width * height > MAX_PIXELS:
        return _too_large(f"{width}×{height}")
    # MPO is how phones write a JPEG that carries a preview or a second exposure: several pictures, but no animation.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        return Fault("image-animated")
    format = image.format or ""
    if extension not in _EXTENSIONS[format]:
        return Fault("image-mislabelled", (("other", format),))
    return None


def _too_large(size: str) -> Fault:
    return Fault("image-too-large", (("limit", str(MAX_PIXELS)), ("size", size)))


def _decode(data: bytes) -> tuple[Image.Image, int, int]:
    """The picture upright, as sRGB on white without metadata, and the size of the upright original.

    The picture may be smaller than the original: a JPEG is decoded at a half, a quarter or an eighth where that is enough.
    """
    with Image.open(io.BytesIO(data), formats=_READABLE) as image:
        orientation = _orientation(image)
        turned = orientation in (5, 6, 7, 8)
        width, height = reversed(image.size) if turned else image.size
        largest = recipe.sizes(width, height)[-1]
        image.draft(None, (largest.height, largest.width) if turned else (largest.width, largest.height))
        image.load()
        upright = ImageOps.exif_transpose(image) if orientation in range(2, 9) else image
        return _plain(upright), width, height


def _orientation(image: Image.Image) -> int:
    try:
        return image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # unreadable EXIF is no reason to lose a picture whose pixels are sound
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """Eight-bit sRGB on white; what is not a picture for the eye (floating point, 32 bits) raises ValueError."""
    profile = image.info.get("icc_profile")
    alpha = None
    if image.mode in _SIXTEEN_BITS:
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
    plain = _on_white(_to_srgb(_without_palette(image), profile), alpha)
    plain.info = {}  # the encoders would write comments, profiles and EXIF that they find here
    return plain


def _without_palette(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    if image.mode in ("I", "F"):
        raise ValueError(f"mode {image.mode}")
    return image.convert("L" if image.mode == "1" else "RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if converted := ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"):
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a profile that is damaged, or meant for another kind of picture: browsers ignore it too
    return image.convert("RGB")


def _on_white(image: Image.Image, alpha: Image.Image | None) -> Image.Image:
    if alpha is None:
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=alpha)
    return white


def _encode(image: Image.Image, form: str, budget: int) -> Rendition:
    for quality in recipe.QUALITIES:
        data = _encoded(image, form, quality)
        if len(data) <= budget:
            break
    return Rendition(form=form, width=image.width, height=image.height, data=data)


def _encoded(image: Image.Image, form: str, quality: int) -> bytes:
    buffer = io.BytesIO()
    if form == recipe.MODERN_FORM:
        image.save(buffer, "WEBP", quality=quality, method=4)
    else:
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()
