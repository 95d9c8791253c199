#!/usr/bin/env python3
"""Sổ Giao Ban: các lệnh / the commands.

  python3 tasks.py build            dựng trang vào output/ / build the site into output/
  python3 tasks.py build --help     cách dùng một lệnh / how to use a command

Chỉ cần Python 3.11 trở lên; lần đầu chương trình tự cài phần còn lại vào .venv.
Needs Python 3.11 or newer and nothing else; the first run installs the rest into .venv. With Invoke installed: invoke build.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - it is run by whatever Python there is
    sys.exit(
        "Can Python 3.11 tro len; day la Python %d.%d. Cai ban moi tu https://www.python.org/\n"
        "Python 3.11 or newer is needed; this is Python %d.%d. Install one from https://www.python.org/" % (sys.version_info[:2] * 2)
    )

from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

if __name__ == "__main__":
    from plugins.building import environment

    environment.enter(ROOT, Path(__file__).resolve(), sys.argv[1:])

# Only from here on are the libraries there.
from plugins.building.command_line import Task, task  # noqa: E402

if TYPE_CHECKING:
    from invoke.collection import Collection

    from plugins.archive.problems import Translate
    from plugins.building.at_hand import AtHand
    from plugins.building.reporting import Report
    from plugins.building.request import Haste

_CONTENT = "thư mục nội dung / content folder (content)"
_OUTPUT = "thư mục kết quả / output folder (output)"
_LANGUAGE = "ngôn ngữ: vi, en / language: vi, en"
_CLEAN = "làm lại từ đầu, không dùng gì của lần trước / from scratch, nothing of the last build is used"
_PROFILE = "cho biết thời gian đi đâu / show where the time went"
_DEBUG = "hiện mọi thông báo / show every message"


def _end(status: int | str) -> None:
    """A task's status must reach the shell under Invoke too, which looks at exceptions only."""
    if status:
        sys.exit(status)


def _translate(language: str) -> Translate:
    from plugins import wording

    try:
        return wording.translations(language or "vi").gettext
    except FileNotFoundError:
        print(f"--language: vi, en (không có / not: {language})", file=sys.stderr)
        sys.exit(2)


def _check_port(port: int) -> None:
    """For port 0 the system chooses one."""
    if not 0 <= port < 65536:
        print(f"--port: 0 – 65535 (không phải / not: {port})", file=sys.stderr)
        _end(2)


def _content(text: str) -> Path:
    """As short as it can be said from here, since it stands before every problem."""
    here, usual = Path.cwd(), ROOT / "content"
    return Path(text) if text else usual.relative_to(here) if usual.is_relative_to(here) else usual


def _build(
    settings: str,
    report: Report,
    clean: bool = False,
    haste: Haste | None = None,
    *,
    content: str,
    output: str,
    language: str,
    site_url: str | None = None,
) -> None:
    from plugins.building import site

    asked = site.Request(
        settings=ROOT / settings,
        content=Path(content) if content else None,
        output=Path(output) if output else None,
        language=language,
        site_url=site_url,
    )
    _end(site.build(asked, report, clean=clean, haste=haste or site.Haste()))


def _date_by_commit(content: str) -> None:
    """The edition is the day of the content's commit and not of the build: whoever builds this commit gets the same files."""
    import os

    from plugins import offline

    os.environ["SOURCE_DATE_EPOCH"] = offline.source_date(_content(content))


def _report(language: str, debug: bool = False, profile: bool = False) -> Report:
    from plugins.building.profiling import Profile
    from plugins.building.reporting import Report

    return Report(_translate(language), debug=debug, profile=Profile() if profile else None)


@task(
    help={
        "content": _CONTENT,
        "output": _OUTPUT,
        "settings": "tệp cài đặt / settings file (pelicanconf.py)",
        "language": _LANGUAGE,
        "clean": _CLEAN,
        "pages_first": "trước hết chỉ các trang của hồ sơ; phần còn lại để lần dựng sau / the pages of records first; the rest is left to the next build",
        "own_first": "trước hết trang riêng của hồ sơ vừa thêm, vừa sửa / first the own pages of records that are new or were edited",
        "profile": _PROFILE,
        "debug": _DEBUG,
    }
)
def build(
    context: object,
    content: str = "",
    output: str = "",
    settings: str = "",
    language: str = "",
    clean: bool = False,
    pages_first: bool = False,
    own_first: bool = False,
    profile: bool = False,
    debug: bool = False,
) -> None:
    """Dựng trang; bản cũ giữ nguyên đến khi bản mới xong / Build the site; the old one stays until the new one is whole.

    Ví dụ / Example:  python3 tasks.py build --content content --output output
    """
    from plugins.building.request import Haste

    file = str(Path(settings or ROOT / "pelicanconf.py").resolve())
    haste = Haste(pages_first=pages_first, own_first=own_first, at_hand=getattr(context, "at_hand", None))
    _build(file, _report(language, debug, profile), clean, haste, content=content, output=output, language=language)


@task(
    help={
        "site_url": "địa chỉ của trang trên mạng, bắt buộc / address of the site on the web, required",
        "content": _CONTENT,
        "output": _OUTPUT,
        "language": _LANGUAGE,
        "clean": _CLEAN,
        "profile": _PROFILE,
        "debug": _DEBUG,
    }
)
def publish(
    context: object,
    site_url: str = "",
    content: str = "",
    output: str = "",
    language: str = "",
    clean: bool = False,
    profile: bool = False,
    debug: bool = False,
) -> None:
    """Dựng bản đưa lên mạng, có nguồn tin và sitemap / Build the site for the web, with feeds and a sitemap.

    Ví dụ / Example:  python3 tasks.py publish --site-url https://so.example.org --output public
    """
    _date_by_commit(content)
    report = _report(language, debug, profile)
    _build("publishconf.py", report, clean, content=content, output=output, language=language, site_url=site_url)


@task(
    help={
        "words": "chỉ báo các tệp, thư mục này / only these files or folders",
        "content": _CONTENT,
        "format": "dạng kết quả: text, json, github, gitlab / form of the result: text, json, github, gitlab (text)",
        "fix": "sửa những chỗ máy sửa được, cho xem đã sửa gì / mend what a machine may mend, and show it",
        "language": _LANGUAGE,
    },
    iterable=["words"],
)
def check(context: object, words: list[str], content: str = "", format: str = "text", fix: bool = False, language: str = "") -> None:
    """Kiểm tra hồ sơ, không dựng trang / Check the records without building the site.

    Ví dụ / Example:  python3 tasks.py check --fix content/meetings/2025
    """
    import gc

    gc.disable()  # records hold no cycles, and the command ends soon; before the imports, which make many things that stay
    from plugins.editing import check as checking
    from plugins.images.checking import check as check_images

    asked = _content(content), [Path(word) for word in words], format, _translate(language), sys.stdout
    _end(checking.check(*asked, mend=fix, further=[check_images]))


@task(
    help={
        "words": "meeting, person, organization, cluster, document; rồi trường=câu trả lời / then field=answer",
        "content": _CONTENT,
        "language": _LANGUAGE,
    },
    iterable=["words"],
)
def new(context: object, words: list[str], content: str = "", language: str = "") -> None:
    """Hỏi rồi viết một hồ sơ mới / Ask, and write a new record.

    Ví dụ / Example:  python3 tasks.py new meeting
                      python3 tasks.py new person "name=Lê Thử"
    """
    from plugins.editing import new as making

    translate = _translate(language)
    try:
        answers = making.answers_from(words[1:])
    except ValueError as error:
        print(f"{error}: trường=câu trả lời / field=answer", file=sys.stderr)
        sys.exit(2)
    _end(making.new(words[0] if words else "", answers, _content(content), translate, sys.stdout))


@task(
    help={
        "port": "cổng / port (8100)",
        "no_browser": "không mở trình duyệt / do not open the browser",
        "content": _CONTENT,
        "language": _LANGUAGE,
    }
)
def edit(context: object, port: int = 8100, no_browser: bool = False, content: str = "", language: str = "") -> None:
    """Mở biểu mẫu trong trình duyệt, chỉ trên máy này / Open the form in the browser, on this machine only.

    Ví dụ / Example:  python3 tasks.py edit
    """
    from plugins.editing import edit as editing

    _check_port(port)
    _end(editing.edit(_content(content), port, _translate(language), sys.stdout, open_browser=not no_browser))


@task(
    help={
        "output": _OUTPUT,
        "update": "ghi thêm địa chỉ mới sau khi công bố / add new addresses after publishing",
        "site_url": "hỏi cả trang đã công bố / ask the published site too",
        "language": _LANGUAGE,
    }
)
def permalinks(context: object, output: str = "", update: bool = False, site_url: str = "", language: str = "") -> None:
    """Địa chỉ đã công bố có còn không / Are the published addresses still there.

    Ví dụ / Example:  python3 tasks.py permalinks --output public --update
    """
    from plugins.editing import permalinks as addresses

    asked = ROOT / addresses.FILE, Path(output or ROOT / "output"), _translate(language), sys.stdout
    _end(addresses.check(*asked, update=update, site_url=site_url))


@task(
    help={
        "port": "cổng / port (8000)",
        "no_browser": "không mở trình duyệt / do not open the browser",
        "content": _CONTENT,
        "output": _OUTPUT,
        "language": _LANGUAGE,
    }
)
def serve(context: object, port: int = 8000, no_browser: bool = False, content: str = "", output: str = "", language: str = "") -> None:
    """Xem trang trên máy này; sửa tệp nào, trang tự dựng lại / See the site on this machine; it is rebuilt on every edit.

    Ví dụ / Example:  python3 tasks.py serve --port 8080
    """
    from plugins.building import watching

    _check_port(port)
    records, site = Path(content or ROOT / "content").resolve(), Path(output or ROOT / "output").resolve()
    command = [sys.executable, str(Path(__file__).resolve()), "build", "--content", str(records), "--output", str(site)]
    watched = [records, ROOT / "theme", ROOT / "plugins", ROOT / "docs", ROOT / "pelicanconf.py"]
    if language:
        command += ["--language", language]
    _end(watching.serve(site, port, command, watched, _report(language), open_browser=not no_browser))


@task(help={"passed": "tham số cho pytest / arguments for pytest"}, iterable=["passed"])
def test(context: object, passed: list[str]) -> None:
    """Chạy các phép thử; phần trình duyệt cần Chromium / Run the tests; those in a browser need Chromium.

    Ví dụ / Example:  python3 tasks.py test tests/unit -k lock
    """
    from plugins.browsing import testing

    _end(testing.run(ROOT, passed))


@task(help={"output": "thư mục ảnh / folder for the pictures (build/screenshots)", "content": _CONTENT, "language": _LANGUAGE})
def screenshots(context: object, output: str = "", content: str = "", language: str = "") -> None:
    """Dựng trang rồi chụp mỗi loại trang / Build the site, then take a picture of every kind of page.

    Ví dụ / Example:  python3 tasks.py screenshots --output build/screenshots
    """
    from plugins.browsing import screenshots as shooting

    site = ROOT / "build" / "screenshots-site"
    _build("pelicanconf.py", _report(language), content=content, output=str(site), language=language)
    shooting.take(site, Path(output or ROOT / "build" / "screenshots"), print)


@task(
    help={
        "light": "bản nhẹ, ảnh chỉ có cỡ nhỏ / light: pictures in their small size only",
        "since": "tệp ZIP của phiên bản trước / ZIP of an earlier edition",
        "output": _OUTPUT,
        "dist": "thư mục chứa bản gói / folder for the ZIP (dist)",
        "content": _CONTENT,
        "language": _LANGUAGE,
    }
)
def bundle(context: object, light: bool = False, since: str = "", output: str = "", dist: str = "", content: str = "", language: str = "") -> None:
    """Dựng trang rồi gói thành một tệp ZIP để mang đi / Build the site and pack it into one ZIP to take away.

    Ví dụ / Example:  python3 tasks.py bundle --since dist/so-giao-ban-2025-10-01-5f3a9c1e.zip
    """
    from plugins.offline import command

    translate, previous = _translate(language), Path(since) if since else None
    if previous and (fault := command.fault(previous, translate)):
        print(fault, file=sys.stderr)
        sys.exit(2)
    _date_by_commit(content)
    folder = Path(output or ROOT / "output")
    _build("pelicanconf.py", _report(language), content=content, output=str(folder), language=language)
    _end(command.run(folder, Path(dist or ROOT / "dist"), previous, light, translate, sys.stdout))


@task()
def handbook(context: object) -> None:
    """Chụp lại các ảnh của sổ tay từ biểu mẫu đang chạy / Take the handbook's pictures from the form as it runs.

    Ví dụ / Example:  python3 tasks.py handbook
    """
    from plugins.browsing import handbook_pictures
    from plugins.editing import edit as editing

    with editing.on_a_copy(ROOT / "content") as address:
        handbook_pictures.take(address, ROOT / "docs" / "handbook" / "images", print)


@task()
def messages(context: object) -> None:
    """Gom câu chữ giao diện vào các tệp dịch / Gather the messages of the interface into the translators' files.

    Ví dụ / Example:  python3 tasks.py messages
    """
    from plugins.wording import catalog

    catalog.update(ROOT)
    _end("\n".join(catalog.faults(ROOT)))


@task(
    help={
        "output": _OUTPUT,
        "site_url": "địa chỉ của trang trên mạng, nếu là bản publish / address of the site, where it was published",
        "without_nu": "không chạy bộ kiểm Nu (cần Java) / leave out the Nu checker (it needs Java)",
        "without_npm": "không hỏi stylelint, Lighthouse dù máy có / leave out stylelint and Lighthouse even where they are there",
        "format": "dạng kết quả: text, json / form of the result: text, json (text)",
        "language": _LANGUAGE,
    }
)
def audit(
    context: object,
    output: str = "",
    site_url: str = "",
    without_nu: bool = False,
    without_npm: bool = False,
    format: str = "text",
    language: str = "",
) -> None:
    """Soi cả trang đã dựng: liên kết, chính sách, HTML, người khuyết tật, trọng lượng / Look at a finished site from every side.

    Ví dụ / Example:  python3 tasks.py audit --output output
    """
    from plugins.auditing import command
    from plugins.browsing import chromium

    asked = command.Request(
        folder=Path(output or ROOT / "output"),
        address=site_url,
        chromium=chromium.ensure(),
        flags=chromium.flags(),
        with_nu=not without_nu,
        rules=None if without_npm else ROOT / ".stylelintrc.json",
        cache=ROOT / ".cache",
        format=format,
    )
    _end(command.run(asked, _translate(language), sys.stdout))


@task()
def docs(context: object) -> None:
    """Viết lại phần tra cứu trong docs/ theo mã nguồn / Write the references in docs/ anew from the code.

    Ví dụ / Example:  python3 tasks.py docs
    """
    from plugins.editing import reference

    for path in reference.write(ROOT):
        print(path)


@task(help={"words": "số hội nghị và thư mục / number of meetings and folder", "seed": "hạt giống / seed (1)"}, iterable=["words"])
def corpus(context: object, words: list[str], seed: int = 1) -> None:
    """Viết một kho giả, lớn tuỳ ý, để đo / Write a synthetic archive of any size, for measuring.

    Ví dụ / Example:  python3 tasks.py corpus 1000 build/corpus
    """
    from plugins.measuring import corpus as synthetic

    _end(synthetic.command(words, seed, _report("")))


@task(help={"passed": "các trang đã lưu và tuỳ chọn; xem import --help / saved pages and options; see import --help"}, iterable=["passed"], name="import")
def import_pages(context: object, passed: list[str]) -> None:
    """Đưa các trang đã lưu thành bản nháp để xem lại / Turn saved pages into drafts to be reviewed.

    Ví dụ / Example:  python3 tasks.py import trang-da-luu/ --report build/nhap.html

    Các tuỳ chọn / Options:  --into THƯ_MỤC, --review, --yes-above 0.9, --report TỆP, --add-sources, --fetch, --no-journal, --language en  (docs/importer.md)
    """
    from plugins.importer import command

    _end(command.main(passed, _translate(command.language(passed))))


@task(
    help={
        "build": "đo việc dựng trang / time builds",
        "search": "đo giá của việc tìm / measure what a search costs",
        "search_quality": "đo chất lượng tìm / score the search",
        "importer": "đo độ đúng của import / score the importer",
        "check": "đo thời gian của check / time check",
        "size": "số hội nghị, nhận nhiều cỡ / number of meetings, or several: 1000,10000 (1000)",
        "rounds": "số vòng / rounds (3)",
        "faults": "--importer: liệt kê chỗ sai / list what is wrong",
        "rivals": "--build: bên cạnh ai / beside whom: hugo, pelican (hugo,pelican)",
        "pages_only": "--build: không đo cả trang / do not time the whole site",
    }
)
def bench(
    context: object,
    build: bool = False,
    search: bool = False,
    search_quality: bool = False,
    importer: bool = False,
    check: bool = False,
    size: str = "1000",
    rounds: int = 3,
    rivals: str = "hugo,pelican",
    pages_only: bool = False,
    faults: bool = False,
) -> None:
    """Đo, bên cạnh chương trình khác / Measure, side by side with other programs.

    Ví dụ / Example:  python3 tasks.py bench --build --size 1000,10000 --rounds 5
    """
    if not (build or search or search_quality or importer or check):
        print("đo gì? / measure what?  --build, --search, --search-quality, --importer, --check", file=sys.stderr)
        _end(2)
    if build:
        from plugins.measuring import build_bench

        _end(build_bench.command(ROOT, size, rounds, rivals, not pages_only))
    if search:
        from plugins.measuring import search_bench

        _end(search_bench.main([size]))
    if search_quality:
        from plugins.measuring import search_quality as quality

        _end(quality.main([]))
    if importer:
        from plugins.importer import bench as importer_bench

        _end(importer_bench.main(["--faults"] if faults else []))
    if check:
        from plugins.measuring import check_bench

        _end(check_bench.command(ROOT, [int(one) for one in size.split(",")], rounds))


commands: list[Task] = [
    build, serve, check, new, edit, import_pages, publish, permalinks, bundle, audit, test, screenshots, handbook, messages, docs, corpus, bench,
]  # fmt: skip


def __getattr__(name: str) -> Collection:
    """What Invoke asks for, and nobody else."""
    from plugins.building import command_line

    if name == "namespace":
        return command_line.collection(commands)
    raise AttributeError(name)


def main(arguments: list[str], at_hand: AtHand | None = None) -> None:
    """``at_hand`` is what a process that stands by has in memory (plugins/building/at_hand.py)."""
    from types import SimpleNamespace

    from plugins.building import command_line

    command_line.run(commands, __doc__, arguments, SimpleNamespace(at_hand=at_hand))


if __name__ == "__main__":
    from plugins.building import ending

    ending.at_once(lambda: main(sys.argv[1:]))
