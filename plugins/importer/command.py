"""``tasks.py import``: arguments, progress, and what the editor is told at the end."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from plugins.archive.problems import N_, Translate

from . import report
from .batch import Batch
from .fields import SURE
from .journal import Journal, Outcome
from .reviewing import Reviewer
from .sources import find

_EXAMPLE = """Ví dụ / Examples:
  python3 tasks.py import "trang cu/" --into content --report bao-cao.html
  python3 tasks.py import bai.html --review
  python3 tasks.py import luu-tru.warc.gz --yes-above 0.9
"""


def main(argv: list[str], translate: Translate = str) -> int:
    """Imports every source; 0 where all went well, 1 where a page could not be read, 2 where the arguments make no sense."""
    asked = parser().parse_args(argv)
    console = Console(stderr=True)
    if not 0 <= (asked.yes_above if asked.yes_above is not None else SURE) <= 1:
        console.print(translate(N_("--yes-above: một số từ 0 đến 1")), markup=False)
        return 2
    if asked.report and (reason := _refused(Path(asked.report))):
        console.print(translate(N_("không ghi được báo cáo %(path)s (%(reason)s)")) % {"path": asked.report, "reason": reason}, markup=False)
        return 2
    batch = Batch(
        content=Path(asked.into),
        journal=Journal(None if asked.no_journal else _journal_file(asked)),
        sure=asked.yes_above if asked.yes_above is not None and not asked.review else SURE,
        review=Reviewer(console, lambda prompt: console.input(Text(prompt)), translate, asked.yes_above) if asked.review else None,
        add_sources=asked.add_sources,
    )
    try:
        outcomes = _run(batch, asked, console, translate)
    except (KeyboardInterrupt, EOFError):
        console.print(translate(N_("Đã dừng; chạy lại đúng lệnh ấy để làm tiếp.")), markup=False)
        return 130
    if asked.report:
        Path(asked.report).write_text(report.html(outcomes, translate, sure=batch.sure), encoding="utf-8")
    _tell(outcomes, console, translate, batch)
    return 1 if any(outcome.status == "failed" for outcome in outcomes) or not outcomes else 0


def language(argv: list[str]) -> str:
    """The language asked for; empty where none is."""
    return str(parser().parse_args(argv).language)


def parser() -> argparse.ArgumentParser:
    """The options of ``import``, which tasks.py hands on as they are."""
    made = argparse.ArgumentParser(
        prog="tasks.py import", epilog=_EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Nhập bài từ trang cũ thành bản nháp / Import old pages as draft records.",
    )  # fmt: skip
    made.add_argument(
        "sources", nargs="+", metavar="SOURCE", help="tệp HTML, văn bản, .docx, MHTML, WARC/WACZ, ZIP hoặc thư mục / file or folder"
    )
    made.add_argument("--into", default="content", help="thư mục nội dung / content folder (content)")
    made.add_argument("--review", action="store_true", help="hỏi từng trường / review field by field")
    made.add_argument(
        "--yes-above", type=float, metavar="X", help="nhận mọi gợi ý chắc từ X trở lên / take every suggestion at least this sure (0.7)"
    )
    made.add_argument("--report", metavar="FILE", help="ghi báo cáo HTML / write an HTML report")
    made.add_argument(
        "--add-sources",
        action="store_true",
        help="thêm bài trùng làm nguồn của bản ghi đã có / add a second report to the record it repeats",
    )
    made.add_argument("--fetch", action="store_true", help="cho phép tải trang từ mạng / allow sources on the web")
    made.add_argument("--language", default="", help="ngôn ngữ: vi, en / language: vi, en")
    made.add_argument("--no-journal", action="store_true", help="không ghi nhật ký để làm tiếp / keep no journal to go on from")
    return made


def _refused(file: Path) -> str:
    """Why the report cannot be written, asked before any page is read; empty where it can. Makes the folder that it is to lie in."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("a", encoding="utf-8").close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _journal_file(asked: argparse.Namespace) -> Path:
    """One journal for one set of sources and one content folder, kept with other things made by commands."""
    names = "\n".join([str(Path(asked.into).resolve()), *(str(Path(s).resolve()) if "://" not in s else s for s in asked.sources)])
    return Path(asked.into).resolve().parent / ".cache" / "importer" / f"{hashlib.sha256(names.encode()).hexdigest()[:16]}.jsonl"


def _run(batch: Batch, asked: argparse.Namespace, console: Console, translate: Translate) -> list[Outcome]:
    sources = find(asked.sources, fetch=asked.fetch)
    if batch.review is not None:
        return list(batch.run(sources))
    done: list[Outcome] = []
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(translate(N_("Đang nhập")), total=None)
        for outcome in batch.run(sources):
            done.append(outcome)
            progress.update(
                task,
                advance=1,
                description=f"{translate(N_('Đang nhập'))} {len(done)}: {os.path.basename(outcome.key)[-40:]}".replace("[", "("),
            )
            if not console.is_terminal and len(done) % 100 == 0:
                console.print(f"{translate(N_('Đang nhập'))} {len(done)}", markup=False)
    return done


def _tell(outcomes: list[Outcome], console: Console, translate: Translate, batch: Batch) -> None:
    for outcome in outcomes:
        fault = f": {report.told(outcome.examined.fault, translate)}" if outcome.examined and outcome.examined.fault else ""
        if outcome.status != "written" or len(outcomes) <= 20:
            console.print(
                f"{translate(report.STATUSES[outcome.status])}: {outcome.key}{f' → {outcome.path}' if outcome.path else ''}{fault}",
                markup=False,
                soft_wrap=True,
                highlight=False,
            )
    counts = Counter(outcome.status for outcome in outcomes)
    told = ", ".join(f"{translate(label)}: {counts[status]}" for status, label in report.STATUSES.items() if counts[status])
    console.print(told or translate(N_("không có trang nào để nhập")), markup=False, highlight=False)
