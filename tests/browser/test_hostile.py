"""Records made of hostile pieces, opened by a reader: nothing runs, nothing is fetched, and the text is what the sanitiser let through."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from plugins.archive import text
from plugins.archive.loading import load
from plugins.archive.records import Meeting
from plugins.archive.rereading import markdown
from plugins.meetings.bodies import BodyRenderer

PIECES = st.sampled_from(
    ["<script>alert(1)</script>", "</script><script>alert(2)</script>", "<img src=x onerror=alert(3)>", "<svg/onload=alert(4)>", "<iframe srcdoc='<script>alert(5)</script>'>",
     "\"><b onmouseover=alert(6) style=position:fixed;inset:0>", "' autofocus onfocus=alert(7) x='", "[a](javascript:alert(8))", "![a](http://a.example/9.png)",
     "<meta http-equiv=refresh content=0;url=//a.example>", "<base href=//a.example>", "<form action=//a.example><button>", "<style>*{display:none}</style>", "<a id=noi-dung name=forms>",
     "]]>", "-->", "<!--", "{{ 7*7 }}", "{% raw %}", "&lt;script&gt;", "&#60;b&#62;", "&KH;", "\u00a0", "*", "_", "`", "[", "](", ")", "|", "\\", "</main></body></html>", "<textarea>",
     "<title>", "<noscript>", "chữ", "Nghị quyết số 57-NQ/TW", "javascript:alert(10)", "//a.example", "=cmd|' /C calc'!A0", "${alert(11)}", "<plaintext>", "<xmp>", "<math><mtext></form>"]
)  # fmt: skip
LINES = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
BODIES = st.lists(
    st.tuples(st.sampled_from(["", "## ", "> ", "1. ", "- ", "| a |\n|---|\n| "]), LINES).map("".join), min_size=1, max_size=5
).map("\n\n".join)
RECORDS = st.lists(st.tuples(LINES, LINES, LINES, BODIES), min_size=12, max_size=12)


@given(RECORDS)
# Each example is a site: what fails is small enough to read as it is.
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_reader_of_hostile_records_meets_only_text(
    browser: Browser, run_tasks, tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    for number, record in enumerate(records):
        _write(folder / "content" / "meetings" / "2030" / f"2030-01-{number + 1:02}-hop.md", *record)
    archive, problems = load(folder / "content")
    assert [problem.render() for problem in problems.errors] == []
    done = run_tasks("publish", "--site-url", "https://so.example", "--content", folder / "content", "--output", folder / "site")
    assert done.returncode == 0, done.stderr
    context = browser.new_context()
    for meeting in archive.meetings.values():
        _open(context.new_page(), folder / "site" / "ban-ghi" / f"{meeting.id}.html", meeting, markdown(archive.content, meeting))
    for path in ("index.html", "hoi-nghi.html", "nguoi.html", "tim-kiem.html?q=alert"):
        _open(context.new_page(), folder / "site" / path.partition("?")[0], query=path.partition("?")[2])
    context.close()


def _write(file: Path, title: str, name: str, note: str, body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fields = {
        "title": title,
        "date": file.name[:10],
        "union": "Liên hiệp hội Sông Mây",
        "venue": note,
        "summary": note,
        "tags": [name],
        "attendance": name,
    }
    fields |= {
        "chairs": [{"name": f"A {name}", "role": note}],
        "images": [{"caption": name}],
        "notes": [note],
        "sources": [{"site": name, "title": title}],
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    file.write_text("---\n" + "\n".join(lines) + f"\n---\n{body}\n", encoding="utf-8", newline="\n")


def _open(page: Page, file: Path, meeting: Meeting | None = None, written: str = "", query: str = "") -> None:
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "data:", "about:")) else None)
    page.goto(file.as_uri() + (f"?{query}" if query else ""))
    if query:
        page.wait_for_timeout(500)  # the search answers after the page is there
    if meeting is not None:
        _compare(page, meeting, written)
    # Nothing closed the page before its end, or swallowed what follows.
    assert page.evaluate("document.querySelector('body > footer').compareDocumentPosition(document.querySelector('main'))") == 2, file.name
    page.close()
    assert faults == []


def _compare(page: Page, meeting: Meeting, written: str) -> None:
    """The heading is the title, and every passage of the body stands in the page as it left the sanitiser."""
    assert _flat(page.evaluate("document.querySelector('h1').textContent")) == _flat(meeting.title)
    body = BodyRenderer(lambda html: html).render(written)
    assert body.passages
    for anchor, content in body.passages:
        if anchor:
            shown = page.evaluate(_SHOWN, anchor)
            assert any(_flat(content) in _flat(text) for text in shown), anchor
    allowed = page.evaluate(
        "[...document.querySelectorAll('main script, main iframe, main base, main style, main object, main meta')].length"
    )
    assert allowed == 0


# A passage in the page; and without pictures that became links, of whose names the text of a body says nothing.
_SHOWN = """(id) => {
    const part = document.getElementById(id);
    if (!part || !part.closest("main")) return [];
    const bare = part.cloneNode(true);
    bare.querySelectorAll("a[rel]").forEach((link) => link.remove());
    return [part.textContent, bare.textContent];
}"""


def _flat(value: str) -> str:
    """Entities that an editor typed may show as what they stand for, and only that."""
    return re.sub(r"\s+", "", text.clean(html.unescape(value)))
