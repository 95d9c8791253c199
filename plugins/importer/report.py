"""A whole batch on one page of HTML: source and record side by side, nothing run, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from plugins.archive.problems import N_, Translate

from .fields import SURE, Field
from .journal import Outcome

STATUSES = {
    "written": N_("đã ghi bản nháp"), "source-added": N_("đã thêm làm nguồn"), "duplicate": N_("đã có trong kho"), "left-out": N_("bỏ qua"), "failed": N_("không đọc được"),
}  # fmt: skip
MATCHES = {"known": N_("đã có"), "near": N_("gần giống"), "new": N_("mới"), "ambiguous": N_("nhiều người trùng tên")}
# Not where they are used: the extractor of messages does not look into f-strings.
_HEADINGS = {"source": N_("Nguồn"), "fields": N_("Gợi ý"), "contradictions": N_("Chỗ mâu thuẫn"), "record": N_("Cả bản ghi")}
_LANGUAGE = N_("vi")
"""What the reader's language is called in HTML: each catalogue says its own."""
_STYLE = """
:root{color-scheme:light dark;--line:#b9b2a4;--mark:#fff0b8;--soft:#6b6558;--bad:#a4161a;--good:#2d6a4f}
@media(prefers-color-scheme:dark){:root{--line:#4d4a43;--mark:#5a4a10;--soft:#b5ae9f;--bad:#ff8a80;--good:#95d5b2}}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:90rem;padding:1rem}
.page{border-top:2px solid var(--line);padding:1rem 0}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}
@media(max-width:60rem){.sides{grid-template-columns:1fr}}
.source{max-height:40rem;overflow:auto;border-inline-start:3px solid var(--line);padding-inline-start:1rem}
.source p{margin:.4rem 0}.caption,.image{color:var(--soft);font-style:italic}
mark{background:var(--mark);color:inherit}
dt{font-weight:600;margin-top:.6rem}dd{margin:0;overflow-wrap:anywhere}
.quote,.key{color:var(--soft);font-size:.9em;overflow-wrap:anywhere}
.unsure,.failed{color:var(--bad)}.written{color:var(--good)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85em}
"""


def html(outcomes: Sequence[Outcome], translate: Translate, *, sure: float = SURE) -> str:
    """The report as one file."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    title = escape(translate(N_("Báo cáo nhập bài")))
    counts = Counter(outcome.status for outcome in outcomes)
    summary = "; ".join(f"{escape(translate(label))}: {counts[status]}" for status, label in STATUSES.items() if counts[status])
    pages = "\n".join(_page(outcome, translate, sure) for outcome in outcomes)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(translate(_LANGUAGE))}">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'sha256-{digest}\'">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{summary}</p>\n{pages}\n</body>\n</html>\n'
    )


def _page(outcome: Outcome, translate: Translate, sure: float) -> str:
    examined = outcome.examined
    title = next((str(f.value) for f in examined.fields if f.name == "title"), "") if examined else ""
    status = translate(STATUSES[outcome.status])
    head = f'<h2>{escape(title or outcome.key)}</h2>\n<p class="key">{escape(outcome.key)}</p>\n<p class="{outcome.status}">{escape(status)}{": " + escape(outcome.path) if outcome.path else ""}</p>'
    if examined is None or examined.fault:
        return (
            f'<section class="page">{head}\n<p class="failed">{escape(told(examined.fault, translate) if examined else "")}</p></section>'
        )
    warnings = "".join(f"<li>{escape(translate(c.message) % dict(c.values))}</li>" for c in examined.contradictions)
    listed = f"<h3>{_heading('contradictions', translate)}</h3><ul>{warnings}</ul>" if warnings else ""
    fields = "".join(_field(f, translate, sure) for f in examined.fields)
    record = (
        f'<details><summary>{_heading("record", translate)}</summary><pre lang="vi">{escape(outcome.record)}</pre></details>'
        if outcome.record
        else ""
    )
    quotes = [f.quote for f in examined.fields]
    left = "".join(f'<p class="{escape(kind)}">{_marked(text, quotes)}</p>' for kind, text in examined.shown)
    return (
        f'<section class="page">{head}\n<div class="sides"><div class="source"><h3>{_heading("source", translate)}</h3><div lang="vi">{left}</div></div>\n'
        f"<div><h3>{_heading('fields', translate)}</h3><dl>{fields}</dl>{listed}{record}</div></div></section>"
    )


def _heading(name: str, translate: Translate) -> str:
    return escape(translate(_HEADINGS[name]))


def _field(field: Field, translate: Translate, sure: float) -> str:
    unsure = field.confidence < sure
    names = "; ".join(
        f"{name}: {translate(MATCHES[status])}{f' ({label})' if label and status != 'new' else ''}"
        for name, status, label in field.matches
    )
    lines = [
        f'<dd{" class=unsure" if unsure else ""}>{escape(shown(field.value))} <span class="quote">{field.confidence:.2f}{" " + escape(translate(field.reason)) if field.reason else ""}</span></dd>'
    ]
    lines += [f'<dd class="quote">«{escape(field.quote)}»</dd>'] if field.quote else []
    lines += [f'<dd class="quote">{escape(names)}</dd>'] if names else []
    return f"<dt>{escape(field.name)}</dt>{''.join(lines)}"


def told(fault: str, translate: Translate) -> str:
    """A fault in the editor's language; what stands in brackets behind it is for the maintainer, as it is."""
    head, bracket, detail = fault.partition(" (")
    return translate(head) + bracket + detail


def shown(value: Any) -> str:
    """A field's value in one line, for reading."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown(item)}" for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(shown(item) for item in value)
    return str(value)


def _marked(text: str, quotes: Iterable[str]) -> str:
    """Text with the evidence marked; everything escaped."""
    spans = []
    for quote in quotes:
        piece = quote.rstrip("…").split(" … ")[0]
        at = text.find(piece) if len(piece) > 7 else -1
        if at >= 0:
            spans.append((at, at + len(piece)))
    made, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            made += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
            done = end
    return "".join([*made, escape(text[done:])])
