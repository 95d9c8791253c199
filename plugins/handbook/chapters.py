"""Chapters: Markdown files of docs/handbook/ in the order of their numbers, then the references of docs/ made from the code."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown
from markdown.extensions.toc import TocExtension
from markdown.treeprocessors import Treeprocessor

from plugins.archive import urls
from plugins.archive.text import slugify

HOME = urls.handbook("bat-dau")
CHAPTERS = "handbook"
REFERENCES = ("fields.md", "problems.md")
_PICTURES = (".png", ".webp", ".svg")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"^\d+-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """``label`` stands in the list of chapters, ``path`` is an output path."""

    label: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterView:
    """Template ``handbook.html``; ``html`` is made of the program's own files and therefore not sanitised."""

    section: str
    title: str
    description: str
    html: str
    chapters: tuple[Chapter, ...]
    path: str
    before: Chapter | None
    after: Chapter | None


def pages(docs: Path) -> Iterator[tuple[str, ChapterView]]:
    """Output path and view of each chapter."""
    files = sources(docs)
    chapters = tuple(Chapter(label=_title(file), path=address(file)) for file in files)
    for number, (file, chapter) in enumerate(zip(files, chapters, strict=True)):
        view = ChapterView(
            section="",
            title=chapter.label,
            description="",
            html=_html(file),
            chapters=chapters,
            path=chapter.path,
            before=chapters[number - 1] if number else None,
            after=chapters[number + 1] if number + 1 < len(chapters) else None,
        )
        yield chapter.path, view


def sources(docs: Path) -> list[Path]:
    return [*sorted((docs / CHAPTERS).glob("[0-9]*.md")), *(docs / name for name in REFERENCES if (docs / name).is_file())]


def pictures(docs: Path) -> list[Path]:
    return sorted(file for file in (docs / CHAPTERS).glob("images/*") if file.suffix in _PICTURES)


def address(file: Path) -> str:
    """The output path of a chapter: docs/handbook/2-nam-phut.md gives so-tay/nam-phut.html."""
    return urls.handbook(_NUMBER.sub("", file.stem))


def _title(file: Path) -> str:
    found = _TITLE.search(file.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{file} has no title")
    return found[1]


class _Links(Treeprocessor):
    """Links between files become links between pages; pictures lie beside the page."""

    def run(self, root: etree.Element) -> None:
        for link in root.iter("a"):
            target, mark, anchor = link.get("href", "").partition("#")
            if target.endswith(".md") and "://" not in target:
                link.set("href", Path(address(Path(target))).name + mark + anchor)
            elif "://" in target:
                link.set("rel", "external noopener noreferrer")
        for image in root.iter("img"):
            image.set("src", Path(image.get("src", "")).name)
            image.set("loading", "lazy")


def _html(file: Path) -> str:
    slug = TocExtension(slugify=lambda text, _separator: slugify(text), toc_depth="2-3")
    converter = Markdown(extensions=["tables", "fenced_code", "sane_lists", slug], output_format="html")
    # After inline patterns have made the links.
    converter.treeprocessors.register(_Links(converter), "chapter-links", 1)
    return converter.convert(_TITLE.sub("", file.read_text(encoding="utf-8"), count=1))
