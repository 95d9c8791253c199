"""The command ``audit``: opens what the audit needs, shows what it finds, gives the exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from playwright.sync_api import Browser, sync_playwright

from plugins.archive.problems import N_, Translate

from . import audit, npm, nu, reporting
from .site import NoSite

CLEAN, FAULTS, USAGE = 0, 1, 2
_NO_SITE = N_("không có trang đã dựng ở %(path)s; chạy build trước")
_NO_FORMAT = N_("không có dạng kết quả «%(value)s»; chọn: %(choices)s")
_NO_NU = N_("KHÔNG chạy được bộ kiểm Nu (%(reason)s). Cài Java 11 trở lên, hoặc chạy lại với --without-nu: HTML khi ấy chỉ được kiểm sơ.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to audit. ``chromium`` is the path of a browser; None leaves out what needs one."""

    folder: Path
    address: str = ""
    chromium: Path | None
    flags: Sequence[str] = field(default_factory=list)
    with_nu: bool = True
    cache: Path
    """Where the Nu checker is kept."""
    rules: Path | None = None
    """stylelint's; None leaves out the tools from npm."""
    format: str = "text"


def run(request: Request, translate: Translate, stream: TextIO, errors: TextIO = sys.stderr) -> int:
    """Shows everything found in ``stream``; gives 0 where that is nothing but notes, 1 where there is a fault or a check could not be
    made, 2 where there is nothing to audit."""
    if request.format not in reporting.FORMATS:
        print(translate(_NO_FORMAT) % {"value": request.format, "choices": ", ".join(reporting.FORMATS)}, file=errors)
        return USAGE
    try:
        jar = nu.ensure(request.cache) if request.with_nu else None
        with _opened(request) as browser:
            results = audit(request.folder, address=request.address, browser=browser, jar=jar, tools=_tools(request))
    except NoSite as error:
        print(translate(_NO_SITE) % {"path": error}, file=errors)
        return USAGE
    except nu.NoChecker as error:
        print(translate(_NO_NU) % {"reason": error}, file=errors)
        return FAULTS
    reporting.show(results, request.format, translate, stream)
    return FAULTS if any(result.faults for result in results) else CLEAN


def _tools(request: Request) -> npm.Tools | None:
    if request.rules is None:
        return None
    found = npm.find(request.rules.parent)
    return npm.Tools(found=found, rules=request.rules, chromium=request.chromium, flags=request.flags)


@contextmanager
def _opened(request: Request) -> Iterator[Browser | None]:
    if request.chromium is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=request.chromium, args=list(request.flags))
        try:
            yield browser
        finally:
            browser.close()
