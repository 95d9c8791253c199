"""What can keep a site from being built, apart from the records: said to the editor in one sentence, with an exit status."""

from __future__ import annotations

from plugins.archive.problems import Refusal

SUCCESS = 0
FAILURE = 1
USAGE = 2
BUSY = 75
"""As sysexits.h has it: what was asked for cannot be done now, and may be done a little later."""
INTERRUPTED = 130


class BuildError(Refusal):
    """Says why no site was built."""

    status = FAILURE


class UsageError(BuildError):
    """What was asked for cannot be done as it was asked; another argument is needed."""

    status = USAGE


class Busy(BuildError):
    """Another build is at work in the same place."""

    status = BUSY
