"""Looks at a built site as a stranger would: nothing is known here of how it was made, only what it must keep to.

:func:`audit` gives the results, :mod:`auditing.reporting` shows them. Never part of a build.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from . import formats, hosts, links, markup, npm, nu, policy, sight, weights
from .findings import Result
from .site import read


def audit(
    folder: Path, *, address: str = "", browser: Browser | None = None, jar: Path | None = None, tools: npm.Tools | None = None
) -> list[Result]:
    """Everything that was looked at in a built site, and what was found.

    ``address`` is where the site stands on the web, if anywhere. Without ``browser`` nothing is looked at in one; without ``jar``, the
    Nu checker, pages are only checked for unclosed elements; without ``tools`` those of npm are not asked.
    Raises :class:`site.NoSite` where there is no built site.
    """
    site = read(folder, address)
    results = [links.check(site), policy.check(site), markup.check(site), formats.check(site), weights.check(site), hosts.check(site)]
    if jar is not None:
        results.append(nu.check(site, jar))
    if browser is not None:
        results.extend(sight.check(site, browser))
    if tools is not None:
        results.extend(npm.check(site, tools))
    return results
