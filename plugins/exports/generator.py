"""The bridge to Pelican: hands templates what pages offer, and writes the data files, the pages about them, and the feeds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from pelican.writers import Writer

from plugins.archive import urls
from plugins.archive.archive import Archive
from plugins.archive.outputs import Revision
from plugins.archive.problems import N_
from plugins.archive.sharing import processes_of, shared

from . import amending
from .changes import changed_pages
from .feeds import feeds
from .files import FOLDER, DataFiles, Job
from .offering import OfferGenerator
from .offers import Exports
from .sitemap import robots, sitemaps
from .splicing import NotThere
from .tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """``about`` is a message."""

    name: str
    path: str
    size: int
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """Template ``data.html``."""

    section: str
    title: str
    description: str
    whole: tuple[DataFile, ...]
    tables: tuple[tuple[DataFile, Table], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingListView:
    """Template ``reading_list.html``."""

    section: str
    title: str
    description: str


# Files that hold the whole archive, and a message about each.
_WHOLE = {
    "archive.sqlite": N_("Tất cả các bảng và toàn văn, tìm được bằng SQL hay Datasette"),
    "archive.json": N_("Tất cả các bảng"),
    "meetings.jsonl": N_("Mỗi dòng một hội nghị, kèm toàn văn từng đoạn"),
    "popolo.json": N_("Người, tổ chức và chức danh theo chuẩn Popolo"),
    "meetings.bib": N_("Trích dẫn mọi hội nghị, dạng BibTeX"),
    "meetings.ris": N_("Trích dẫn mọi hội nghị, dạng RIS"),
    "meetings.csl.json": N_("Trích dẫn mọi hội nghị, dạng CSL-JSON"),
    "datapackage.json": N_("Mô tả các bảng CSV theo chuẩn Frictionless Data Package"),
}


_TABLES = {
    "meetings": N_("Hội nghị"),
    "participations": N_("Ai chủ trì, phát biểu, dự, với chức danh hôm đó"),
    "mentions": N_("Ai được nhắc tới mà không dự"),
    "people": N_("Người"),
    "organizations": N_("Tổ chức"),
    "clusters": N_("Cụm, khối thi đua"),
    "cluster_years": N_("Cụm theo năm: số hội nghị, thành viên"),
    "leads": N_("Cụm trưởng, cụm phó theo năm"),
    "documents": N_("Văn bản được viện dẫn"),
    "citations": N_("Hội nghị nào viện dẫn văn bản nào"),
    "tasks": N_("Nhiệm vụ đánh số"),
    "images": N_("Ảnh và chú thích"),
    "sources": N_("Bài nguồn"),
    "notes": N_("Ghi chú biên tập"),
    "corrections": N_("Chỉnh sửa"),
    "records": N_("Tệp hồ sơ và mã băm SHA-256 của từng tệp"),
}


_KEPT = "exports/files"


class ExportGenerator(OfferGenerator):
    """Writes du-lieu/, and where ``SITEURL`` is set and ``PUBLISH_FEEDS`` is true also feeds/, sitemap.xml and robots.txt.

    Those need absolute addresses, so that a copy without an address, as on a memory card, goes without.
    """

    def generate_output(self, writer: Writer) -> None:
        exports: Exports = self.context["exports"]
        data = DataFiles(exports, self.context["gathered"].bodies)
        revision: Revision | None = self.context["revision"]
        paths = self._revised(data, revision) if revision else self._whole(data)
        self._page(writer, urls.DATA, "data", _data_view(data.tables, [Path(self.output_path), *([revision.site] if revision else [])]))
        title = N_("Danh sách của bạn")
        self._page(writer, urls.READING_LIST, "reading_list", ReadingListView(section="", title=title, description=""))
        if exports.has_feeds and not revision:
            paths += self._sitemaps()
        self.context["keep"](_KEPT, paths)

    def _whole(self, data: DataFiles) -> list[str]:
        """Writes every file but for those that list pages; gives their paths."""
        return self._share([*data.jobs(), *([self._feeds] if data.exports.has_feeds else [])])

    def _revised(self, data: DataFiles, revision: Revision) -> list[str]:
        """Writes the files that tell something else of the texts than they did, and carries the others over; gives the paths of all."""
        bodies = self.context["gathered"].bodies
        has_news = data.exports.has_feeds and amending.is_told(revision, bodies)
        try:
            written = self._share([*amending.jobs(data.exports, revision, bodies), *([self._feeds] if has_news else [])])
        except NotThere:  # as where pages were made first, and these files were left as they were
            written = self._whole(data)
        paths = revision.kept(_KEPT)
        for path in set(paths) - set(written):
            revision.carry(path)
        return paths

    def _share(self, jobs: Sequence[Job]) -> list[str]:
        """Does the jobs with every processor; gives the paths of the files."""
        site = Path(self.output_path)
        (site / FOLDER).mkdir(parents=True, exist_ok=True)
        return [path for paths in shared(lambda job: job(site), jobs, workers=processes_of(self.settings)) for path in paths]

    def _feeds(self, _site: Path) -> list[str]:
        exports: Exports = self.context["exports"]
        written = feeds(exports.archive, exports.channels, self.context["gathered"].bodies, exports.site, exports.site_url)
        return [self._put(path, text.encode("utf-8")) for path, text in written]

    def _sitemaps(self) -> list[str]:
        exports: Exports = self.context["exports"]
        pages = public_pages(Path(self.output_path), exports.archive, self.context["standing"].carried)
        files = [*sitemaps(pages, changed_pages(exports.archive), exports.site_url), ("robots.txt", robots(exports.site_url))]
        return [self._put(path, content) for path, content in files]

    def _put(self, path: str, content: bytes) -> str:
        target = Path(self.output_path, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return path

    def _page(self, writer: Writer, path: str, template: str, view: object) -> None:
        writer.write_file(path, self.get_template(template), self.context, view=view, root=urls.root(path), page_path=path)


def _data_view(tables: tuple[Table, ...], sites: Sequence[Path]) -> DataView:
    """``sites`` are the folders in which files lie: the one that is being made, and behind it that of the last site."""

    def file(name: str, about: str) -> DataFile:
        path = urls.data(name)
        return DataFile(name=name, path=path, size=_size(path, sites), about=about)

    return DataView(
        section="",
        title=N_("Dữ liệu của kho"),
        description="",
        whole=tuple(file(name, about) for name, about in _WHOLE.items()),
        tables=tuple((file(f"{table.name}.csv", _TABLES[table.name]), table) for table in tables),
    )


def _size(path: str, sites: Sequence[Path]) -> int:
    return next(file.stat().st_size for file in (site / path for site in sites) if file.exists())


def public_pages(output: Path, archive: Archive, carried: Collection[str] = ()) -> list[str]:
    """Output paths of the pages that a sitemap lists, sorted: all that were written, or ``carried`` over from the last site, but for the
    one that says "not found" and those that only lead on to another. Raises RuntimeError where a record's page is not yet written: a
    sitemap that lacks pages would pass unnoticed.
    """
    written = {path.relative_to(output).as_posix() for path in output.rglob("*.html")} | {path for path in carried if path.endswith(".html")}
    missing = {urls.meeting(id) for id in archive.meetings} - written
    if missing:
        raise RuntimeError(f"plugins.exports must stand behind the plugins that write pages; missing: {min(missing)}")
    return sorted(written - {urls.NOT_FOUND} - {redirect.old for redirect in archive.redirects})
