"""What is tried against the archive, class by class, and what becomes of it: `python -m tests.site.hostile_inputs` writes docs/security.md."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from plugins.archive.loading import load
from plugins.archive.rereading import markdown
from plugins.meetings.bodies import BodyRenderer

HEAD = "---\ntitle: Hội nghị thử\ndate: 2030-04-18\nsources: https://vi-du.example/bai\n"

# A line or more of a header, and the problem it must end as.
HEADERS: dict[str, tuple[str, str]] = {
    "100,000 lists in lists": ("x: " + "[" * 100_000, "yaml-depth"),
    "50,000 mappings in mappings": ("x: " + "{a: " * 50_000, "yaml-depth"),
    "50,000 entries on one line": ("x:\n  " + "- " * 50_000 + "a", "yaml-depth"),
    "50,000 keys of keys": ("? " * 50_000 + "a", "yaml-depth"),
    "billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "yaml-alias"),
    "a tag that builds Python objects": ("venue: !!python/object/apply:os.system ['true']", "yaml-tag"),
    "a tag of another kind": ("venue: !!binary aGk=", "yaml-tag"),
    "a merge key": ("<<: {venue: a}", "field-unknown"),
    "100,000 tags": ("tags: [" + "a," * 100_000 + "]", "list-too-long"),
    "30,000 unknown fields": ("".join(f"k{n}: a\n" for n in range(30_000)), "list-too-long"),
    "4,000 unknown fields in a list": (
        "participants:\n" + "".join(f"  - {{k{n}: a, l{n}: b, m{n}: c, n{n}: d}}\n" for n in range(1000)),
        "header-faulty",
    ),
    "a title of 400,000 letters": ("venue: " + "a" * 400_000, "text-too-long"),
    "the number 10 with a leading zero": ("period: 012", "mapping-expected"),
    "a time where text is meant": ("period: {review: 8:30}", "period-invalid"),
    "a page in place of a text": ("venue: {a: b}", "text-expected"),
    "an id that is a path": ("id: ../../a", "id-invalid"),
    "an id that Windows keeps": ("id: con", "id-invalid"),
    "a former id that is a path": ("former_ids: ['../a']", "id-invalid"),
    "a former id that is a page": ("former_ids: [index.html]", "id-invalid"),
    "an address that is a script": ("leads: [{year: 2030, url: 'javascript:alert(1)'}]", "field-unknown"),
    "a path for a page": ("save_as: index.html", "field-unknown"),
    "draft: true": ("draft: true", "field-unknown"),
    "published: false": ("published: false", "time-invalid"),
    "a day before its month": ("date_end: 05/04/2030", "date-invalid"),
    "an escape for a control character": ('venue: "a\\bb"', "control-character"),
    "an escape for a line separator": ('venue: "a\\Lb"', "control-character"),
    "an escape for half a surrogate": ('venue: "a\\ud800b"', "yaml"),
    "a tab before a field": ("\tvenue: a", "yaml-character"),
    "a field twice": ("venue: a\nvenue: b", "field-duplicate"),
    "a field misspelt": ("chair: a", "field-unknown"),
    "31 February": ("date_end: 2030-02-31", "date-invalid"),
    "a date in two orders": ("date_end: 10/4/2030", "date-invalid"),
    "the year 99999": ("date_end: 99999-01-01", "date-invalid"),
    "Arabic digits": ("date_end: ٢٠٣٠-٠٤-١٨", "date-invalid"),
}

# A whole file, and the problem.
BYTES: dict[str, tuple[bytes, str]] = {
    "UTF-16": (f"{HEAD}---\nBài".encode("utf-16"), "encoding"),
    "UTF-16 without a mark": (f"{HEAD}---\nBài".encode("utf-16-le"), "encoding"),
    "windows-1258": (f"{HEAD}---\nBai".encode("cp1258", "replace").replace(b"H?i", b"H\xf4\xf2i"), "encoding"),
    "Latin-1": ("---\ntitle: Hôi nghi thu\ndate: 2030-04-18\n---\nBài".encode("latin-1"), "encoding"),
    "TCVN3": (b"---\ntitle: H\xe9i ngh\xde th\xf6\ndate: 2030-04-18\n---\n", "encoding"),
    "NUL": (f"{HEAD}---\nB\0i".encode(), "control-character"),
    "an escape that colours terminals": (f"{HEAD}---\nB\x1b[31mi".encode(), "control-character"),
    "a next-line mark": (f"{HEAD}---\nB\x85i".encode(), "control-character"),
    "a line separator": (f"{HEAD}---\nB\u2028i".encode(), "control-character"),
    "an Arabic letter mark": (f"{HEAD}---\nB\u061ci".encode(), "control-character"),
    "hidden tag letters": (f"{HEAD}---\nB\U000e0041i".encode(), "control-character"),
    "half a surrogate": (HEAD.encode() + b"---\nB\xed\xa0\x80i", "encoding"),
    "too long a form of a letter": (HEAD.encode() + b"---\nB\xc0\xafi", "encoding"),
    "decomposed letters": (unicodedata.normalize("NFD", f"{HEAD}---\nHội").encode(), "not-nfc"),
    "right-to-left override": (f"{HEAD}---\nB\u202ei".encode(), "invisible-character"),
    "zero-width space": (f"{HEAD}---\nB\u200bi".encode(), "invisible-character"),
    "a conflict": (f"{HEAD}---\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n".encode(), "conflict-marker"),
    "nothing": (b"", "header-missing"),
    "white space": (b" \n\t\n", "header-missing"),
    "10 MB": (HEAD.encode() + b"---\n" + b"a" * 10_000_000, "file-too-large"),
}

# A body; it is refused, or rendered as text.
BODIES: dict[str, str] = {
    "[ × 20,000": "[" * 20_000,
    "![ × 20,000": "![" * 20_000,
    "[a](  × 5,000": "[a](" * 5_000,
    "[a][  × 5,000": "[a][" * 5_000,
    "[ × 5,000 ] × 5,000": "[" * 5_000 + "]" * 5_000 + ":",
    "300 [ in each of 800 paragraphs": ("![" * 300 + "\n\n") * 800,
    "> × 50,000": ">" * 50_000 + " a",
    "> and space × 50,000": "> " * 50_000 + "a",
    "5,000 lists on one line": "- " * 5_000 + "a",
    "100,000 numbered lists on one line": "1. " * 100_000 + "a",
    "100 lists by indentation": "".join(" " * 4 * n + "- a\n" for n in range(100)),
    "* × 20,000": "*" * 20_000,
    "_ × 20,000": "_" * 20_000,
    "a* × 100,000": "a*" * 100_000,
    "***a** × 4,000": "***a** " * 4_000,
    "` × 20,000": "`" * 20_000,
    "100,000 entities": "&amp;" * 100_000,
    "& × 100,000": "&" * 100_000,
    "5,000 nested tags": "<b>" * 5_000,
    "5,000 comments": "<!--" * 5_000,
    "20,000 line breaks": "a  \n" * 20_000,
    "100,000 lines": "a\n" * 100_000,
    "5,000 headings": "# a\n" * 5_000,
    "4,900 rows of a table": "a|b\n-|-\n" + "a|b\n" * 4_900,
    "a table of 500 columns": "|".join("a" * 500) + "\n" + "|".join(["-"] * 500) + "\n" + ("|".join("a" * 500) + "\n") * 300,
    "a word of 490,000 letters": "a" * 490_000,
    "480,000 spaces": "a" + " " * 480_000 + "b",
    "lines of nothing but 48 spaces": (" " * 48 + "\n") * 4_900,
    "tabs": "\t" * 20_000,
    "160,000 opening quotation marks": "“" * 160_000,
    "10,000 numbers of documents": "57-NQ/TW " * 10_000,
    "30,000 half dates": "ngày 12/" * 30_000,
    "link definitions": "".join(f"[a{n}]: b\n" for n in range(4_900)),
    "backslashes": "\\" * 100_000,
}


def outcome(content: Path) -> tuple[list[str], list[str]]:
    """The codes that keep the records of a folder from being published, and those of warnings; without the first, bodies were rendered."""
    archive, problems = load(content)
    codes, warnings = (sorted({problem.code for problem in found}) for found in (problems.errors, problems.warnings))
    for meeting in archive.meetings.values():
        if not codes and meeting.body_line:
            BodyRenderer(lambda html: html).render(markdown(content, meeting), lambda type, number: "x.html")
    return codes, warnings


def _files() -> Iterator[tuple[str, str, bytes]]:
    """Class, input and the file that holds it."""
    for name, (line, _) in HEADERS.items():
        yield "header", name, f"{HEAD}{line}\n---\nBài thử.\n".encode()
    for name, (data, _) in BYTES.items():
        yield "bytes", name, data
    for name, body in BODIES.items():
        yield "body", name, f"{HEAD}---\n{body}\n".encode()


def table(folder: Path) -> str:
    """Every input, and what became of it, as Markdown."""
    rows = ["| Class | Input | What became of it |", "|---|---|---|"]
    for number, (kind, name, data) in enumerate(_files()):
        content = folder / str(number)
        file = content / "meetings" / "2030" / "2030-04-18-hop.md"
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        codes, warned = outcome(content)
        said = ", ".join(f"`{code}`" for code in (codes or warned))
        result = f"refused: {said}" if codes else f"published as text, with a warning: {said}" if warned else "published as text"
        rows.append(f"| {kind} | {name.replace('|', chr(92) + '|')} | {result} |")
    return "\n".join(rows) + "\n"


START = "<!-- made by: python -m tests.site.hostile_inputs -->\n"
END = "<!-- end -->\n"


def write(page: Path) -> None:
    """Puts the table in its place."""
    before, _, rest = page.read_text(encoding="utf-8").partition(START)
    with tempfile.TemporaryDirectory() as folder:
        page.write_text(before + START + table(Path(folder)) + END + rest.partition(END)[2], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[2] / "docs" / "security.md")
