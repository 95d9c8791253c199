"""What compiled templates call while they write: escaped texts, macros with a short way, and what stands in a call of one.

The compiler that names them in the Python that it makes: :mod:`wording.compiling`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from plugins.archive.dates import PartialDate

REMEMBERED = 32768
LONG = 200
"""Characters; a text that is longer is not met again."""


class Texts(dict[str, str]):
    """Escaped texts by what they were: names, paths and messages stand on many pages, and most texts on one page more than once."""

    def __missing__(self, text: str) -> str:
        if len(text) > LONG:
            return escape(text)
        if len(self) >= REMEMBERED:
            self.clear()
        escaped = self[text] = escape(text)
        return escaped


texts = Texts()


def written(value: object) -> str:
    """The value as it stands in a page: markup as it is, anything else escaped."""
    if type(value) is Markup:
        return value
    if type(value) is str:
        return texts[value]
    return str(value) if type(value) in _PLAIN else escape(value)


_PLAIN = frozenset({int, PartialDate})
"""Numbers and dates hold nothing to escape."""


def joined(*pieces: object) -> Markup:
    """The pieces as they stand in a page, one after the other."""
    return str.__new__(Markup, "".join(map(written, pieces)))


class Fields(dict[str, Any]):
    """A dict that a template writes out to hand it on; its entries are attributes, too."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Component(Macro):
    """A macro, with a short way for calls without keywords, as nearly all are; ``write`` is a shorter one for what goes straight into a page."""

    def __init__(self, environment: Environment, function: Callable[..., str], *described: Any) -> None:
        super().__init__(environment, function, *described)
        self._write = function
        self._is_wide = self.catch_kwargs or self.catch_varargs
        self._absent = tuple((missing,) * count for count in range(self._argument_count, -1, -1))
        """By the number of arguments given, what stands for the others."""
        function.__defaults__ = self._absent[0]
        self.write: Callable[..., str] = self if self._is_wide or self.caller else function

    def __call__(self, *arguments: Any, **named: Any) -> str:
        """What it writes, as markup."""
        given = len(arguments)
        if self._is_wide or given > self._argument_count or len(named) != self.caller or (named and "caller" not in named):
            return super().__call__(*arguments, **named)
        return str.__new__(Markup, self._write(*arguments, *self._absent[given], *named.values()))

    def write_around(self, caller: Passage, *arguments: Any) -> str:
        """What goes into a page for ``{% call %}`` with nothing but arguments in their order."""
        given = len(arguments)
        if self._is_wide or given > self._argument_count or not self.caller:
            return super().__call__(*arguments, caller=caller)
        return self._write(*arguments, *self._absent[given], caller)


class Passage:
    """What stands between ``{% call %}`` and ``{% endcall %}``: a macro without arguments, and without the cost of making one."""

    __slots__ = ("write",)

    def __init__(self, write: Callable[[], str]) -> None:
        self.write = write

    def __call__(self) -> Markup:
        return str.__new__(Markup, self.write())


def remembered(macro: Macro) -> Callable[..., str]:
    """The macro, which keeps what it wrote: for one that many pages call with the same arguments, and that looks at nothing else.

    Arguments are told apart as dict keys are, and markup from text; of large records that means by identity (``eq=False``).
    """
    kept = lru_cache(maxsize=REMEMBERED, typed=True)(macro)
    kept.write = kept  # type: ignore[attr-defined]  # what compiled templates ask of a component
    kept.write_around = lambda caller, *arguments: macro(*arguments, caller=caller)  # type: ignore[attr-defined]  # as above
    return kept
