"""A page reviewed in the terminal, field by field, with the words each suggestion rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from plugins.archive.dates import PartialDate
from plugins.archive.problems import N_, Translate

from .examining import Examined
from .fields import Field
from .report import MATCHES, shown

Ask = Callable[[str], str]


@dataclass(slots=True)
class Reviewer:
    """Asks about each field that is not sure enough; ``ask`` reads one line of the editor's answer."""

    console: Console
    ask: Ask
    translate: Translate
    yes_above: float | None = None

    def __call__(self, examined: Examined) -> list[Field] | None:
        """The fields as the editor wants them, each now certain; None where he leaves the page out."""
        self._show(examined)
        kept: list[Field] = []
        for field in examined.fields:
            if self.yes_above is not None and field.confidence >= self.yes_above and not _is_open(field):
                kept.append(replace(field, confidence=1.0))
                continue
            answer = self._asked(field)
            if answer is None:
                return None
            kept += answer
        if not any(field.name == "date" for field in kept):
            kept += self._day()
        return kept

    def _show(self, examined: Examined) -> None:
        title = next((str(f.value) for f in examined.fields if f.name == "title"), examined.key)
        self.console.print(Panel(Text(title), subtitle=Text(f"{examined.key} · {examined.encoding} · {examined.family or '?'}")))
        for contradiction in examined.contradictions:
            self.console.print(Text("! " + self.translate(contradiction.message) % dict(contradiction.values), style="bold yellow"))

    def _asked(self, field: Field) -> list[Field] | None:
        table = Table.grid(padding=(0, 1))
        table.add_row(Text(field.name, style="bold"), Text(shown(field.value)))
        table.add_row(Text(f"{field.confidence:.2f}"), Text(f"«{field.quote}»", style="dim"))
        if field.reason:
            table.add_row("", Text(self.translate(field.reason), style="yellow"))
        for name, status, label in field.matches:
            table.add_row("", Text(f"{name}: {self.translate(MATCHES[status])}{f' → {label}' if label else ''}", style="dim"))
        self.console.print(table)
        answer = self.ask(self.translate(N_("[Enter] nhận · s bỏ trường · e sửa · q bỏ cả trang: "))).strip()
        if answer.lower() == "q":
            return None
        if answer.lower() == "s":
            return []
        if answer.lower() == "e":
            typed = self.ask(f"{field.name}: ").strip()
            return (
                [replace(field, value=typed, confidence=1.0)]
                if typed and (field.name != "date" or _is_date(typed))
                else self._day()
                if field.name == "date"
                else []
            )
        if _is_open(field):
            return self._day()
        # A cluster that has no record yet cannot be named in one: it stays a comment until it has.
        return [
            field
            if field.name == "cluster" and any(status != "known" for _, status, _ in field.matches)
            else replace(field, confidence=1.0)
        ]

    def _day(self) -> list[Field]:
        """The day, asked for until it is one or the editor does not know it."""
        while True:
            typed = self.ask(self.translate(N_("Ngày họp (năm-tháng-ngày; bỏ trống nếu không rõ): "))).strip()
            if not typed:
                return []
            if _is_date(typed):
                return [Field("date", typed, "", 1.0)]
            self.console.print(Text(self.translate(N_("viết ví dụ 2025-10-09")), style="red"))


def _is_open(field: Field) -> bool:
    return field.name == "date" and str(field.value).startswith("-")


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
