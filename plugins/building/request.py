"""What is to be built, as the command line asks for it. Nothing of Pelican is imported: often there is nothing to build."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.archive.problems import N_

from .outcome import UsageError

if TYPE_CHECKING:
    from .at_hand import AtHand


@dataclass(frozen=True, slots=True, kw_only=True)
class Haste:
    """What may be had sooner than the whole site, where it can be made quickly; what is left out is left to the next build."""

    pages_first: bool = False
    """The pages of the records, and nothing else."""
    own_first: bool = False
    """Of records that are new or were edited, their own pages alone: those that name them follow. Of another edit, the pages of the records."""
    at_hand: AtHand | None = None
    """What need not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to build; None leaves it to the settings. Relative paths are those of the working directory."""

    settings: Path
    content: Path | None = None
    output: Path | None = None
    language: str | None = None
    site_url: str | None = None
    """Where the site will stand on the web; None where it is not published."""

    def overrides(self) -> dict[str, Any]:
        """The settings that are asked for. Raises UsageError where they cannot be."""
        if self.site_url is not None and not self.site_url.startswith(("https://", "http://")):
            raise UsageError(N_("--site-url phải là địa chỉ đầy đủ, bắt đầu bằng https:// hoặc http://"))
        if self.content and not self.content.is_dir():  # Pelican itself would only show a trace
            raise UsageError(N_("không có thư mục nội dung %(path)s"), path=self.content)
        given = {
            "PATH": self.content and str(self.content.resolve()),
            "OUTPUT_PATH": self.output and str(self.output.resolve()),
            "DEFAULT_LANG": self.language,
            "SITEURL": self.site_url and self.site_url.rstrip("/"),
        }
        # Sorting and dates must not depend on the locale of the machine: both are done by our own code.
        return {"LOCALE": ["C"], **{key: value for key, value in given.items() if value}}
