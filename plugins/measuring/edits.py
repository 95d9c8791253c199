"""What editors do every day, done at one record again and again: the rows of "Built again" and of "Served"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from plugins.archive import urls


class Shown(NamedTuple):
    """Words that a page of the site has since an edit, and had not before."""

    page: str
    words: str


@dataclass(frozen=True, slots=True)
class Editor:
    """Edits the files of a meeting and of an organization, each time otherwise, whichever site is built of them."""

    meeting: Path
    organization: Path
    _times: count[int] = field(default_factory=count)

    @classmethod
    def of(cls, content: Path) -> Editor:
        """At the meeting in the middle, so that there is as much before it as after it."""
        meetings = sorted((content / "meetings").rglob("*.md"))
        return cls(meetings[len(meetings) // 2], min((content / "organizations").glob("*.md")))

    def another_text(self) -> Shown:
        words = f"thêm câu-{next(self._times)}"
        return _written(self.meeting, f"{self._text()}\nBiên tập viên {words}.\n", words)

    def another_title(self) -> Shown:
        words = f"tên-{next(self._times)}"
        return _written(self.meeting, self._retitled(words), words)

    def another_meeting(self) -> Shown:
        number = next(self._times)
        return _written(self.meeting.with_name(f"{self.meeting.stem}-moi-{number}.md"), self._retitled(f"mới-{number}"), f"mới-{number}")

    def another_office(self) -> Shown:
        words = f"quyền-{next(self._times)}"
        return _written(self.meeting, self._text().replace("role: ", f"role: {words} ", 1), words)

    def another_name(self) -> Shown:
        """Of an organization, which meetings go on naming as before."""
        words = f"nay-là-{next(self._times)}"
        renamed = self.organization.read_text(encoding="utf-8").replace("name: ", f"name: {words} ", 1)
        return _written(self.organization, renamed, words)._replace(page=urls.organization(self.organization.stem))

    def nothing(self) -> None:
        """An editor who builds again, to be sure."""

    def _retitled(self, words: str) -> str:
        return self._text().replace('title: "', f'title: "({words}) ', 1)

    def _text(self) -> str:
        return self.meeting.read_text(encoding="utf-8")


def _written(file: Path, text: str, words: str) -> Shown:
    file.write_text(text, encoding="utf-8", newline="\n")
    return Shown(urls.meeting(file.stem), words)


SEEN: Mapping[str, Callable[[Editor], Shown]] = {
    "one edited meeting": Editor.another_text,
    "one new title": Editor.another_title,
    "one new meeting": Editor.another_meeting,
}
"""Of "Built again", which goes on with nothing at all."""
EDITS: Mapping[str, Callable[[Editor], object]] = {**SEEN, "nothing changed": Editor.nothing}
SERVED: Mapping[str, Callable[[Editor], Shown]] = {**SEEN, "one other office": Editor.another_office, "one renamed organization": Editor.another_name}
"""An editor who looks at the page waits for whatever was edited."""
