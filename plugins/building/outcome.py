"""What can keep a site from being built, apart from the records: said to the editor in one sentence, with an exit status."""

from __future__ import annotations

from plugins.archive.problems import Translate

SUCCESS = 0
FAILURE = 1
USAGE = 2
INTERRUPTED = 130


class BuildError(Exception):
    """Says why no site was built. ``message`` is a msgid with named values, translated where it is shown."""

    status = FAILURE

    def __init__(self, message: str, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(message % values)

    def render(self, translate: Translate = str) -> str:
        return translate(self.message) % self.values


class UsageError(BuildError):
    """What was asked for cannot be done as it was asked; another argument is needed."""

    status = USAGE
