"""An archive as a Hugo site: the same meetings, lists by cluster, organization, person, document, year and quarter, related meetings."""

from __future__ import annotations

import json
from pathlib import Path

from plugins.archive.archive import Archive
from plugins.archive.records import Meeting, Role

_TAXONOMIES = {"cluster": "clusters", "organization": "organizations", "person": "people", "document": "documents", "year": "years", "quarter": "quarters"}
_CONFIG = {
    "baseURL": "https://vi-du.example/",
    "title": "Sổ",
    "languageCode": "vi",
    "taxonomies": _TAXONOMIES,
    "disableKinds": ["RSS", "sitemap", "robotsTXT"],
    "relativeURLs": True,
    "pagination": {"pagerSize": 150},
    "related": {"threshold": 1, "indices": [{"name": name, "weight": 50} for name in ("clusters", "people", "documents")]},
}
_LAYOUTS = {
    "baseof.html": """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{{ .Title }} – {{ .Site.Title }}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/theme/site.css"></head><body><a href="#noi-dung">Đến nội dung</a>
<header><a href="/">{{ .Site.Title }}</a><nav><a href="/clusters/">Cụm</a> <a href="/organizations/">Tổ chức</a> <a href="/people/">Người</a>
<a href="/documents/">Văn bản</a> <a href="/years/">Lịch</a></nav></header><main id="noi-dung">{{ block "main" . }}{{ end }}</main>
<footer><p>Kho tư liệu hội nghị</p><ul><li>Giới thiệu</li><li>Cách trích dẫn</li></ul></footer></body></html>""",
    "single.html": """{{ define "main" }}<nav><ol><li><a href="/">Trang đầu</a></li>{{ range .GetTerms "clusters" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ol></nav>
<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p><aside><dl><dt>Ngày diễn ra</dt><dd><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "02/01/2006" }}</time>
{{ range .GetTerms "quarters" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</dd><dt>Cụm</dt><dd>{{ range .GetTerms "clusters" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</dd>
<dt>Chủ trì</dt><dd>{{ range .Params.chairs }}<p><a href="/people/{{ .id }}/">{{ .name }}</a> {{ .position }}{{ range .organizations }}, <a href="/organizations/{{ .id }}/">{{ .name }}</a>{{ end }}</p>{{ end }}</dd>
<dt>Đơn vị đăng cai</dt><dd>{{ range .Params.hosts }}<a href="/organizations/{{ .id }}/">{{ .name }}</a>{{ end }}</dd><dt>Địa điểm</dt><dd>{{ .Params.venue }}</dd></dl></aside>
<article>{{ .Content }}</article><section><h2>Văn bản viện dẫn</h2><ul>{{ range .GetTerms "documents" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ len .Pages }} bản ghi</li>{{ end }}</ul></section>
<section><h2>Nguồn</h2>{{ range .Params.sources }}<p><a href="{{ . }}" rel="external">{{ . }}</a></p>{{ end }}</section>
<section><h2>Hội nghị liên quan</h2><ol>{{ range first 5 (.Site.RegularPages.Related .) }}{{ partial "row.html" . }}{{ end }}</ol></section>
{{ range .GetTerms "clusters" }}{{ with .Pages.Next $ }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .Pages.Prev $ }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}{{ end }}""",
    "term.html": """{{ define "main" }}<nav><ol><li><a href="/">Trang đầu</a></li><li><a href="../">{{ .Data.Plural }}</a></li></ol></nav><h1>{{ .Title }}</h1><p>{{ len .Pages }} hội nghị</p>
{{ range (.Paginate (.Pages.GroupByDate "2006")).PageGroups }}<section><h3>{{ .Key }}</h3><ol>{{ range .Pages }}{{ partial "row.html" . }}{{ end }}</ol></section>{{ end }}
{{ template "_internal/pagination.html" . }}{{ end }}""",
    "taxonomy.html": """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.Alphabetical }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}""",
    "index.html": """{{ define "main" }}<h1>{{ len .Site.RegularPages }} hội nghị</h1><ol>{{ range first 8 .Site.RegularPages.ByDate.Reverse }}{{ partial "row.html" . }}{{ end }}</ol>{{ end }}""",
    "list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ end }}""",
}
_ROW = """<li><p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "02/01/2006" }}</time></p><div><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p>{{ .Params.cluster_label }}. Chủ trì: {{ delimit .Params.chair_names ", " }}</p></div></li>"""


def write(archive: Archive, folder: Path) -> None:
    """Writes the Hugo site of an archive below ``folder``."""
    layouts = folder / "layouts" / "_default"
    _put(folder / "hugo.json", json.dumps(_CONFIG, ensure_ascii=False))
    for name, layout in _LAYOUTS.items():
        _put(layouts / name, layout)
    _put(folder / "layouts" / "partials" / "row.html", _ROW)
    for kind, records in (("clusters", archive.clusters), ("organizations", archive.organizations), ("people", archive.people), ("documents", archive.documents)):
        for id, record in records.items():
            _put(folder / "content" / kind / id / "_index.md", json.dumps({"title": record.label}, ensure_ascii=False))
    for meeting in archive.meetings.values():
        header = json.dumps(_header(archive, meeting), ensure_ascii=False, indent=1)
        _put(folder / "content" / "ban-ghi" / f"{meeting.id}.md", f"{header}\n\n{meeting.body}\n")


def _header(archive: Archive, meeting: Meeting) -> dict[str, object]:
    chairs = meeting.with_role(Role.CHAIR)
    bodies = [o for p in meeting.participations for o in p.organizations]
    return {
        "title": meeting.title,
        "date": str(meeting.date.first_day),
        "summary": meeting.summary,
        "venue": meeting.venue,
        "clusters": [meeting.cluster] if meeting.cluster else [],
        "cluster_label": archive.clusters[meeting.cluster].label if meeting.cluster else "",
        "organizations": sorted({*bodies, *meeting.hosts, *([meeting.union] if meeting.union else [])}),
        "people": sorted({p.person for p in meeting.participations if p.person}),
        "documents": [c.document for c in meeting.citations],
        "years": [str(meeting.date.year)],
        "quarters": [f"{meeting.date.year}-q{meeting.date.quarter}"] if meeting.date.quarter else [],
        "chairs": [
            {"id": p.person, "name": p.name, "position": p.position, "organizations": [_link(archive, o) for o in p.organizations]} for p in chairs
        ],
        "chair_names": [p.name for p in chairs],
        "hosts": [_link(archive, o) for o in meeting.hosts],
        "sources": [source.url for source in meeting.sources],
    }


def _link(archive: Archive, id: str) -> dict[str, str]:
    return {"id": id, "name": archive.organizations[id].name}


def _put(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8", newline="\n")
