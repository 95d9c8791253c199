"""Pictures: what is made of them, what is refused, and that nothing personal and nothing accidental gets through."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageStat, PngImagePlugin
from rich.console import Console

from plugins.archive.archive import Archive
from plugins.archive.dates import PartialDate
from plugins.archive.outputs import Gathered, Standing, keep_nothing
from plugins.archive.problems import KINDS, Problems
from plugins.archive.records import Image as ImageEntry
from plugins.archive.records import Meeting
from plugins.images import checking, executing, generator, pixels, recipe, shelf
from plugins.images.cache import MANIFEST, Cache
from plugins.images.making import Workshop
from plugins.images.results import Fault, Made
from plugins.images.shelf import Shelf

# --- Pictures drawn for the tests ---------------------------------------------------------------------------------------


def drawing(width: int = 1600, height: int = 1200, seed: int = 1) -> Image.Image:
    """Overlapping coloured shapes with grain: as hard to compress as a photograph."""
    chance = random.Random(seed)
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for _ in range(400):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(4, max(5, width // 6))
        draw.ellipse((x, y, x + size, y + size), fill=tuple(chance.randrange(256) for _ in range(3)))
    grain = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    return Image.blend(image, Image.merge("RGB", [grain] * 3), 0.08)


def encoded(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def made(data: bytes) -> Made:
    result = pixels.derive(data)
    assert isinstance(result, Made), result
    return result


def opened(result: Made, form: str = "jpg", index: int = -1) -> Image.Image:
    return Image.open(io.BytesIO([r for r in result.renditions if r.form == form][index].data))


def near(colour: tuple[int, ...], wanted: tuple[int, ...], by: int = 6) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


# --- Sizes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "widths"),
    [
        ((4000, 3000), [480, 800, 1280]),
        ((1280, 960), [480, 800, 1280]),
        ((1000, 500), [480, 800, 1000]),
        ((850, 500), [480, 850]),
        ((500, 500), [500]),
        ((300, 200), [300]),
        ((1, 1), [1]),
        ((1, 40_000), [1]),
        ((40_000, 1), [480, 800, 1280]),
        ((1000, 10_000), [96, 160, 256]),
    ],
)
def test_sizes_climb_and_never_exceed_the_original(original: tuple[int, int], widths: list[int]) -> None:
    sizes = recipe.sizes(*original)
    assert [size.width for size in sizes] == widths
    assert all(size.width <= original[0] and size.height <= original[1] for size in sizes)


def test_sizes_keep_the_proportions() -> None:
    assert [(s.width, s.height) for s in recipe.sizes(3000, 4000)] == [(480, 640), (800, 1067), (1280, 1707)]


def test_another_recipe_or_encoder_gives_another_key() -> None:
    assert recipe.key(b"x", recipe.digest("webp-1")) != recipe.key(b"x", recipe.digest("webp-2"))
    assert recipe.key(b"x", "r") == recipe.key(b"x", "r") != recipe.key(b"y", "r")


# --- Pixels -------------------------------------------------------------------------------------------------------------


def test_a_photograph_becomes_three_widths_in_two_forms_within_their_budgets() -> None:
    result = made(encoded(drawing(2400, 1800), quality=92))
    assert [(r.width, r.height, r.form) for r in result.renditions] == [
        (width, height, form) for width, height in ((480, 360), (800, 600), (1280, 960)) for form in ("webp", "jpg")
    ]
    assert (result.width, result.height) == (2400, 1800)
    budgets = {480: 35_000, 800: 80_000, 1280: 160_000}
    assert all(len(r.data) <= budgets[r.width] for r in result.renditions)
    assert {opened(result, form).format for form in ("webp", "jpg")} == {"WEBP", "JPEG"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_stands_upright(orientation: int) -> None:
    upright = Image.new("RGB", (600, 400), "blue")
    upright.paste("red", (0, 0, 300, 200))  # red marks the upper left quarter
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that leads from upright to stored
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    result = made(encoded(stored, exif=exif, quality=95))
    assert (result.width, result.height) == (600, 400)
    image = opened(result)
    assert near(image.getpixel((100, 60)), (254, 0, 0), 12)
    assert all(near(image.getpixel(place), (0, 0, 254), 12) for place in ((450, 60), (100, 300), (450, 300)))


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_jpeg_decoded_at_a_fraction_of_its_size_stays_sharp(orientation: int) -> None:
    """Stripes that the largest derivative can just show: decoding at a smaller fraction than needed would wash them out."""
    upright = Image.new("L", (2600, 2000), "white")
    for x in range(0, 2600, 10):
        upright.paste(0, (x, 0, x + 5, 2000))
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright.transpose(Image.Transpose.ROTATE_90) if orientation == 6 else upright
    jpeg, png = made(encoded(stored, quality=95, exif=exif)), made(encoded(upright, "PNG"))
    assert (jpeg.width, jpeg.height) == (2600, 2000)
    contrast, wanted = (ImageStat.Stat(opened(result).convert("L")).stddev[0] for result in (jpeg, png))
    assert contrast > 0.9 * wanted


def test_position_camera_comment_and_profile_do_not_get_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "MAY-ANH-BI-MAT"
    exif.get_ifd(0x8825)[2] = (21.0, 19.0, 3.0)
    secret = {"exif": exif, "comment": b"GHI-CHU-BI-MAT", "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
    source = encoded(drawing(900, 600), **secret, xmp=b"<x:xmpmeta>XMP-BI-MAT</x:xmpmeta>")
    assert b"BI-MAT" in source
    for rendition in made(source).renditions:
        image = Image.open(io.BytesIO(rendition.data))
        assert not image.getexif() and not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
        assert b"BI-MAT" not in rendition.data and b"Exif" not in rendition.data


def test_text_of_a_png_does_not_get_out() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "TEN-BI-MAT")
    assert all(b"BI-MAT" not in r.data for r in made(encoded(drawing(500, 400), "PNG", pnginfo=text)).renditions)


def test_a_colour_profile_is_applied() -> None:
    """A profile whose red and blue are exchanged: what is stored as red must be seen as blue."""
    profile = _with_red_and_blue_exchanged(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    image = opened(made(encoded(Image.new("RGB", (300, 300), (255, 0, 0)), "PNG", icc_profile=profile)))
    assert near(image.getpixel((150, 150)), (0, 0, 255), 12)


def _with_red_and_blue_exchanged(profile: bytes) -> bytes:
    return profile.replace(b"rXYZ", b"\0tmp", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"\0tmp", b"bXYZ", 1)


def test_a_damaged_profile_and_damaged_exif_cost_nothing() -> None:
    source = encoded(Image.new("RGB", (300, 200), (200, 40, 40)), icc_profile=b"not a profile", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert near(opened(made(source)).getpixel((9, 9)), (200, 40, 40), 8)


def _palette_with_hole() -> bytes:
    image = Image.new("P", (300, 200), 0)
    image.putpalette([0, 0, 0, 0, 160, 0])
    image.paste(1, (150, 0, 300, 200))
    return encoded(image, "PNG", transparency=0)


def _sixteen_bits() -> bytes:
    return encoded(Image.frombytes("I;16", (300, 200), (32768).to_bytes(2, "little") * 60_000), "PNG")


@pytest.mark.parametrize(
    ("source", "place", "colour"),
    [
        pytest.param(_palette_with_hole(), (40, 100), (255, 255, 255), id="transparent palette lies on white"),
        pytest.param(_palette_with_hole(), (260, 100), (0, 160, 0), id="opaque part of that palette"),
        pytest.param(encoded(Image.new("RGBA", (300, 200), (255, 0, 0, 0)), "PNG"), (40, 100), (255, 255, 255), id="RGBA"),
        pytest.param(encoded(Image.new("RGBA", (300, 200), (0, 0, 0, 128)), "PNG"), (40, 100), (127, 127, 127), id="half"),
        pytest.param(encoded(Image.new("LA", (300, 200), (0, 0)), "PNG"), (40, 100), (255, 255, 255), id="LA"),
        pytest.param(_sixteen_bits(), (40, 100), (128, 128, 128), id="16-bit grey is scaled, not cut off"),
        pytest.param(encoded(Image.new("CMYK", (300, 200), (0, 255, 255, 0))), (40, 100), (254, 0, 0), id="CMYK"),
        pytest.param(encoded(Image.new("1", (300, 200), 1), "PNG"), (40, 100), (255, 255, 255), id="bitmap"),
        pytest.param(encoded(Image.new("L", (300, 200), 77), "JPEG"), (40, 100), (77, 77, 77), id="grey"),
        pytest.param(encoded(Image.new("RGB", (300, 200), (9, 99, 199)), "TIFF"), (40, 100), (9, 99, 199), id="TIFF"),
        pytest.param(encoded(Image.new("RGB", (300, 200), (9, 99, 199)), "BMP"), (40, 100), (9, 99, 199), id="BMP"),
        pytest.param(encoded(Image.new("P", (300, 200), 0), "GIF"), (40, 100), (0, 0, 0), id="still GIF"),
        pytest.param(encoded(Image.new("RGB", (300, 200), (9, 99, 199)), "WEBP", lossless=True), (40, 100), (9, 99, 199), id="WebP"),
    ],
)
def test_every_kind_of_pixel_becomes_rgb_on_white(source: bytes, place: tuple[int, int], colour: tuple[int, ...]) -> None:
    for form in recipe.FORMS:
        image = opened(made(source), form)
        assert image.mode == "RGB"
        assert near(image.getpixel(place), colour)


def test_the_same_bytes_come_out_in_threads_and_in_processes() -> None:
    source = encoded(drawing(1300, 900))
    with ProcessPoolExecutor(1) as processes, ThreadPoolExecutor(2) as threads:
        elsewhere = [executor.submit(pixels.derive, source).result() for executor in (processes, threads)]
    assert elsewhere == [made(source)] * 2


# --- What is refused ----------------------------------------------------------------------------------------------------


def _animated(form: str) -> bytes:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], form, save_all=True, append_images=frames[1:])


def _header_of_a_bomb() -> bytes:
    """A PNG that says it has 60,000 x 60,000 pixels."""
    small = encoded(Image.new("L", (8, 8)), "PNG")
    ihdr = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + ihdr + zlib.crc32(ihdr).to_bytes(4, "big") + small[33:]


@pytest.mark.parametrize(
    ("data", "extension", "code"),
    [
        pytest.param(b"", "jpg", "image-broken", id="empty"),
        pytest.param(b"Day la van ban, khong phai anh.\n" * 20, "jpg", "image-broken", id="text"),
        pytest.param(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", "image-broken", id="HEIC"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg", "image-broken", id="SVG"),
        pytest.param(encoded(drawing(80, 60), "PPM"), "ppm", "image-broken", id="a form that is not for the web"),
        pytest.param(encoded(drawing(80, 60), "PNG")[:20], "png", "image-broken", id="broken header"),
        pytest.param(_animated("GIF"), "gif", "image-animated", id="animated GIF"),
        pytest.param(_animated("WEBP"), "webp", "image-animated", id="animated WebP"),
        pytest.param(_animated("PNG"), "png", "image-animated", id="animated PNG"),
        pytest.param(encoded(drawing(80, 60), "PNG"), "jpg", "image-mislabelled", id="PNG called jpg"),
        pytest.param(encoded(drawing(80, 60), "JPEG"), "", "image-mislabelled", id="no extension"),
        pytest.param(encoded(Image.new("1", (9_000, 9_000)), "PNG"), "png", "image-too-large", id="more pixels than any phone"),
        pytest.param(_header_of_a_bomb(), "png", "image-too-large", id="decompression bomb"),
    ],
)
def test_a_header_that_is_not_in_order_is_named(data: bytes, extension: str, code: str) -> None:
    fault = pixels.fault_of(data, extension)
    assert fault is not None and fault.code == code


@pytest.mark.parametrize("extension", ["jpg", "JPG", "jpeg"])
def test_a_jpeg_with_a_second_exposure_is_no_animation(extension: str) -> None:
    phone = _animated("MPO")
    assert Image.open(io.BytesIO(phone)).format == "MPO"
    assert pixels.fault_of(phone, extension) is None
    assert made(phone).width == 40


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_picture_is_broken(form: str) -> None:
    source = encoded(drawing(400, 300), form)
    fault = pixels.derive(source[: len(source) // 2])
    assert isinstance(fault, Fault) and fault.code == "image-broken"


def test_pixels_that_no_eye_can_see_are_refused() -> None:
    fault = pixels.derive(encoded(Image.new("F", (20, 20), 0.5), "TIFF"))
    assert isinstance(fault, Fault) and fault.code == "image-broken"


def test_arbitrary_damage_never_raises() -> None:
    chance = random.Random(7)
    for form, extension in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif"), ("TIFF", "tif")):
        source = encoded(drawing(60, 40), form)
        for _ in range(60):
            damaged = bytearray(source)
            for _ in range(chance.randrange(1, 12)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            fault = pixels.fault_of(bytes(damaged), extension)
            assert fault is None or isinstance(fault, Fault)
            assert isinstance(fault or pixels.derive(bytes(damaged)), Fault | Made)


# --- Names --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    images = tmp_path / "content" / "images"
    (images / "2025").mkdir(parents=True)
    (images / "2025" / "hop.jpg").write_bytes(encoded(drawing(640, 480)))
    return images


def test_a_picture_is_found_by_its_name(folder: Path) -> None:
    assert Shelf(folder).find("2025/hop.jpg") == (folder / "2025" / "hop.jpg").resolve()


@pytest.mark.parametrize("name", ["../meetings/a.md", "2025/../../x.jpg", "/etc/hostname", "C:/x.jpg", "..\\x.jpg", "\\\\host\\x.jpg"])
def test_a_name_that_leads_out_is_refused(folder: Path, name: str) -> None:
    assert Shelf(folder).find(name) == Fault("image-outside")


def test_links_lead_nowhere_outside(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.jpg").write_bytes(encoded(drawing(60, 40)))
    (folder / "file.jpg").symlink_to(tmp_path / "outside" / "secret.jpg")
    (folder / "folder").symlink_to(tmp_path / "outside", target_is_directory=True)
    (folder / "round.jpg").symlink_to("round.jpg")
    (folder / "inside.jpg").symlink_to(folder / "2025" / "hop.jpg")
    finder = Shelf(folder)
    assert finder.find("file.jpg") == finder.find("folder/secret.jpg") == Fault("image-outside")
    assert finder.find("round.jpg").code == "image-missing"
    assert isinstance(finder.find("inside.jpg"), Path)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("2025/HOP.jpg", "2025/hop.jpg"),
        ("2025/hop.JPG", "2025/hop.jpg"),
        ("hop.jpg", "2025/hop.jpg"),
        ("2025/hopp.jpg", "2025/hop.jpg"),
        ("2025/./hop.jpg", "2025/hop.jpg"),
        ("2025/quang-canh-le-ky-ket.png", "(không có)"),
        ("2025/hop.jpg/x", "(không có)"),
        ("2025/\0.jpg", "2025/hop.jpg"),
    ],
)
def test_a_missing_picture_suggests_the_nearest(folder: Path, name: str, nearest: str) -> None:
    assert Shelf(folder).find(name) == Fault("image-missing", (("nearest", nearest),))


def test_a_name_stored_decomposed_is_found(folder: Path) -> None:
    (folder / "ho\u0323p.jpg").write_bytes(b"x")
    assert isinstance(Shelf(folder).find("h\u1ecdp.jpg"), Path)


@pytest.mark.parametrize("make", [Path.mkdir, pytest.param(getattr(os, "mkfifo", Path.mkdir), id="pipe")])
def test_what_is_not_a_plain_file_is_refused(folder: Path, make: Callable[[Path], None]) -> None:
    make(folder / "la.jpg")
    assert Shelf(folder).find("la.jpg").code == "image-broken"


# --- The whole plugin ---------------------------------------------------------------------------------------------------


def archive_of(*meetings: tuple[str, list[str]]) -> Archive:
    records = {
        id: Meeting(
            id=id,
            path=f"meetings/2025/{id}.md",
            title=id,
            date=PartialDate(2025),
            images=tuple(ImageEntry(file=file, caption="", alt="", credit="", line=10 + n) for n, file in enumerate(files)),
        )
        for id, files in meetings
    }
    return Archive(meetings=records, people={}, organizations={}, clusters={}, documents={}, pages={})


class Site:
    """Runs the generator over a content folder, as Pelican would."""

    def __init__(self, images: Path, **settings: object) -> None:
        self.content = images.parent
        self.output = images.parent.parent / "output"
        self.cache = images.parent.parent / ".cache" / "images"
        self.settings = settings

    def run(self, archive: Archive) -> tuple[Gathered, Problems]:
        from pelican.settings import DEFAULT_CONFIG

        context = {"archive": archive, "gathered": Gathered(), "problems": Problems(), "keep": keep_nothing, "standing": Standing()}
        made = generator.ImageGenerator(
            context=context, settings={**DEFAULT_CONFIG, "PATH": str(self.content), **self.settings}, path=str(self.content), theme="", output_path=str(self.output)
        )
        made.generate_context()
        made.generate_output(None)
        return context["gathered"], context["problems"]

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in sorted(found)}


@pytest.fixture
def site(folder: Path) -> Site:
    return Site(folder)


def test_pictures_are_gathered_and_written(site: Site) -> None:
    gathered, problems = site.run(archive_of(("a", ["2025/hop.jpg", ""]), ("b", ["2025/hop.jpg"])))
    assert not len(problems)
    picture = gathered.pictures["2025/hop.jpg"]
    assert list(gathered.pictures) == ["2025/hop.jpg"]
    assert (picture.width, picture.height, picture.modern_type) == (640, 480, "image/webp")
    assert [d.width for d in picture.modern] == [d.width for d in picture.jpeg] == [480, 640]
    assert sorted(site.files()) == sorted(d.path for d in (*picture.modern, *picture.jpeg))
    for derivative in (*picture.modern, *picture.jpeg):
        assert Image.open(site.output / derivative.path).size == (derivative.width, derivative.height)


def test_a_faulty_picture_is_named_at_every_place_and_stops_no_other(site: Site, folder: Path) -> None:
    whole = encoded(drawing(500, 400))
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "text.jpg").write_bytes(b"text")
    gathered, problems = site.run(archive_of(("a", ["cut.jpg", "text.jpg", "2025/hop.jpg"]), ("b", ["cut.jpg", "2025/Hop.jpg"])))
    assert list(gathered.pictures) == ["2025/hop.jpg"]
    assert [(p.path, p.line, p.field, p.code) for p in problems] == [
        ("meetings/2025/a.md", 10, "images", "image-broken"),
        ("meetings/2025/a.md", 11, "images", "image-broken"),
        ("meetings/2025/b.md", 10, "images", "image-broken"),
        ("meetings/2025/b.md", 11, "images", "image-missing"),
    ]
    assert list(problems)[-1].render() == (
        "content/meetings/2025/b.md:11: images: không có tệp ảnh «2025/Hop.jpg»; "
        "đặt ảnh vào content/images/; gần nhất: 2025/hop.jpg [image-missing]"
    )


def test_every_fault_has_all_that_its_message_needs(site: Site, folder: Path) -> None:
    (folder / "a.gif").write_bytes(_animated("GIF"))
    (folder / "b.jpg").write_bytes(encoded(drawing(60, 40), "PNG"))
    (folder / "c.png").write_bytes(_header_of_a_bomb())
    names = ["a.gif", "b.jpg", "c.png", "../d.jpg"]
    _, problems = site.run(archive_of(("a", names)))
    assert [p.code for p in problems] == ["image-animated", "image-mislabelled", "image-too-large", "image-outside"]
    assert all(name in p.render() for name, p in zip(names, problems, strict=True))


def test_check_names_the_same_faults_without_making_anything(site: Site, folder: Path) -> None:
    (folder / "text.jpg").write_bytes(b"text")
    archive, problems = archive_of(("a", ["text.jpg", "2025/hop.jpg", "none.jpg"])), Problems()
    checking.check(archive, site.content, problems)
    assert [p.code for p in problems] == ["image-broken", "image-missing"]
    assert not site.cache.exists()


def test_two_names_for_one_picture_share_its_files(site: Site, folder: Path) -> None:
    (folder / "copy.jpg").write_bytes((folder / "2025" / "hop.jpg").read_bytes())
    (folder / "cut1.jpg").write_bytes(encoded(drawing(400, 300))[:9000])
    (folder / "cut2.jpg").write_bytes((folder / "cut1.jpg").read_bytes())
    gathered, problems = site.run(archive_of(("a", ["copy.jpg", "2025/hop.jpg", "cut1.jpg", "cut2.jpg"])))
    assert gathered.pictures["copy.jpg"] == gathered.pictures["2025/hop.jpg"]
    assert [p.line for p in problems] == [12, 13]
    assert len(site.files()) == 4


def test_a_second_build_makes_nothing_and_writes_the_same(site: Site) -> None:
    archive = archive_of(("a", ["2025/hop.jpg"]))
    site.run(archive)
    first, stamps = site.files(), _stamps(site.cache)
    site.run(archive)
    assert site.files() == first
    assert _stamps(site.cache) == stamps


def _stamps(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def _change_manifest(**changes: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        manifest = path.parent / MANIFEST
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | changes))

    return change


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(_cut, id="cut file"),
        pytest.param(Path.unlink, id="lost file"),
        pytest.param(lambda path: _cut(path.parent / MANIFEST), id="cut manifest"),
        pytest.param(lambda path: (path.parent / MANIFEST).write_bytes(b"\xff\xfe"), id="manifest in no encoding"),
        pytest.param(lambda path: (path.parent / MANIFEST).write_text("[]"), id="manifest of another kind"),
        pytest.param(_change_manifest(files=[]), id="no files"),
        pytest.param(_change_manifest(files=[["webp", 480]]), id="short lines"),
        pytest.param(_change_manifest(width=None), id="no width"),
    ],
)
def test_a_damaged_cache_is_no_cache(site: Site, damage: Callable[[Path], None]) -> None:
    archive = archive_of(("a", ["2025/hop.jpg"]))
    gathered, _ = site.run(archive)
    first = site.files()
    damage(next(site.cache.rglob("480.webp")))
    again, problems = site.run(archive)
    assert not len(problems)
    assert again == gathered and site.files() == first


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    result = made(encoded(drawing(64, 48)))
    cache = Cache(tmp_path)
    (tmp_path / "key" / "64.webp" / "in-the-way").mkdir(parents=True)
    with pytest.raises(OSError):
        cache.put("key", result)
    assert cache.get("key") is None
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    shutil.rmtree(tmp_path / "key" / "64.webp")
    assert cache.put("key", result) == cache.get("key")


# --- Executors ----------------------------------------------------------------------------------------------------------


@contextmanager
def dask_cluster() -> Iterator[Executor]:
    """What a site's own settings would hold: a cluster of its own for the time of the work."""
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client.get_executor()


@pytest.fixture
def many(folder: Path) -> Archive:
    names = [f"{n}.png" for n in range(executing.AHEAD * 2 + 3)]
    for seed, name in enumerate(names):
        (folder / name).write_bytes(encoded(drawing(40, 30, seed), "PNG"))
    (folder / names[5]).write_bytes(encoded(drawing(200, 100), "PNG")[:3000])
    return archive_of(("a", names))


@pytest.mark.parametrize(
    "executor",
    [
        pytest.param(f"{__name__}.dask_cluster", id="Dask, by dotted path"),
        pytest.param(dask_cluster, id="Dask, by callable"),
        pytest.param(lambda: ProcessPoolExecutor(2), id="processes"),
        pytest.param(lambda: ThreadPoolExecutor(1), id="one thread"),
    ],
)
def test_any_executor_gives_the_same_site(folder: Path, many: Archive, executor: executing.Setting) -> None:
    usual, other = Site(folder), Site(folder, IMAGES_EXECUTOR=executor, IMAGES_CACHE=str(folder.parent.parent / "other"))
    gathered, problems = usual.run(many)
    files = usual.files()
    assert [p.code for p in problems] == ["image-broken"] and len(files) == 2 * (len(many.meetings["a"].images) - 1)
    gathered_there, problems_there = other.run(many)
    assert (gathered_there, list(problems_there), other.files()) == (gathered, list(problems), files)


def test_no_more_pictures_are_read_than_are_being_worked_on(folder: Path) -> None:
    """Thousands of originals do not fit into memory at once."""
    handed_over, done = [], []

    def jobs() -> Iterator[tuple[str, bytes]]:
        for n in range(executing.AHEAD * 3):
            handed_over.append(n)
            assert len(handed_over) - len(done) <= executing.AHEAD
            yield str(n), b"x" * n

    for key, length in executing.completed(len, jobs(), lambda: ThreadPoolExecutor(2)):
        done.append(key)
        assert length == int(key)
    assert len(done) == executing.AHEAD * 3


def test_an_executor_that_is_no_path_is_refused() -> None:
    with pytest.raises(ValueError, match="IMAGES_EXECUTOR"):
        executing.opened("threads")


@pytest.mark.parametrize("files", [[""], ["none.jpg"], ["2025/hop.jpg"]], ids=["no picture", "no file", "all in the cache"])
def test_where_nothing_is_to_be_made_no_executor_is_opened(site: Site, files: list[str]) -> None:
    site.run(archive_of(("first", ["2025/hop.jpg"])))
    site.settings["IMAGES_EXECUTOR"] = "no.such.module"
    gathered, _ = site.run(archive_of(("a", files)))
    assert list(gathered.pictures) == [file for file in files if file.startswith("2025")]


def test_a_workshop_counts_every_name_once(folder: Path, tmp_path: Path) -> None:
    (folder / "text.jpg").write_bytes(b"text")
    counted = []
    for _ in range(2):
        workshop = Workshop(Shelf(folder), Cache(tmp_path / "cache"))
        workshop.make(["2025/hop.jpg", "text.jpg", "none.jpg"], None, lambda: counted.append(1))
    assert len(counted) == 6


# --- Documentation ------------------------------------------------------------------------------------------------------


def test_the_documentation_says_what_the_code_does(root: Path) -> None:
    text = (root / "docs" / "images.md").read_text(encoding="utf-8")
    facts = [f"| {step.width} | {step.budget:,} bytes |" for step in recipe.STEPS]
    facts += [f"{pixels.MAX_PIXELS:,} pixels", f"{shelf.MAX_BYTES:,} bytes", f"starts at {recipe.QUALITIES[0]}"]
    facts += [f"At most {executing.AHEAD} originals", "`IMAGES_CACHE`", "`IMAGES_EXECUTOR`", "`PROGRESS_CONSOLE`"]
    facts += [f"`{code}`" for code in KINDS if code.startswith("image-")]
    assert [fact for fact in facts if fact not in text] == []


def test_progress_is_shown_on_the_console_of_the_caller(folder: Path) -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True)
    with console.status("Dựng trang"):
        Site(folder, PROGRESS_CONSOLE=console).run(archive_of(("a", ["2025/hop.jpg"])))
    assert "Thu nhỏ ảnh" in shown.getvalue() and "0/1" in shown.getvalue()
