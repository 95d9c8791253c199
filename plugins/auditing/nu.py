"""The Nu HTML checker of the W3C: fetched once with its checksum verified, run by the machine's Java."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from plugins.archive.problems import N_

from .findings import Finding, Result, Weight, finding, result
from .site import Site

VERSION = "26.9.27"
SOURCE = f"https://registry.npmjs.org/vnu-jar/-/vnu-jar-{VERSION}.tgz"
SHA256 = "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7"
_MEMBER = "package/build/dist/vnu.jar"
_SECONDS = 600
# A page opened as a file has no origin for the checker, so that 'self' allows it nothing; a browser is asked instead.
_FILTERED = ".*Resource violates Content Security Policy.*"


class NoChecker(Exception):
    """The Nu checker cannot be had here; says why."""


def ensure(cache: Path) -> Path:
    """The checker's file, kept in ``cache``; ``VNU_JAR`` may name another. Raises :class:`NoChecker`."""
    if shutil.which("java") is None:
        raise NoChecker("java")
    if named := os.environ.get("VNU_JAR"):
        return Path(named)
    jar = cache / f"vnu-{VERSION}.jar"
    if not jar.is_file():
        _fetch(jar)
    return jar


def _fetch(jar: Path) -> None:
    try:
        with urllib.request.urlopen(SOURCE, timeout=120) as answer:
            data = answer.read()
    except OSError as error:
        raise NoChecker(f"{SOURCE}: {error}") from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise NoChecker(f"{SOURCE}: SHA-256 {hashlib.sha256(data).hexdigest()} != {SHA256}")
    with tarfile.open(fileobj=io.BytesIO(data)) as package:
        member = package.extractfile(_MEMBER)
        if member is None:  # a folder of that name
            raise NoChecker(f"{SOURCE}: {_MEMBER}")
        content = member.read()
    jar.parent.mkdir(parents=True, exist_ok=True)
    beside = jar.with_suffix(f".{os.getpid()}")
    beside.write_bytes(content)
    os.replace(beside, jar)


def check(site: Site, jar: Path) -> Result:
    """Every page and every stylesheet of our own."""
    pages = [path for path in site.files if path.endswith(".html")]
    styles = [path for path in site.files if path.endswith(".css")]
    found = [*_run(site, jar, pages, "markup-invalid"), *_run(site, jar, styles, "style-invalid", "--css")]
    return result(N_("Nu: HTML và CSS đúng chuẩn"), len(pages) + len(styles), found)


def _run(site: Site, jar: Path, paths: list[str], code: str, *options: str) -> Iterator[Finding]:
    # All names of a large site would not fit on one command line.
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(jar.resolve()),
        "--format",
        "json",
        "--exit-zero-always",
        "--filterpattern",
        _FILTERED,
        *options,
    ]
    for start in range(0, len(paths), 500):
        done = subprocess.run([*command, *paths[start : start + 500]], cwd=site.folder, capture_output=True, timeout=_SECONDS, check=False)
        try:
            messages = json.loads(done.stderr)["messages"]
        except ValueError as error:
            raise NoChecker(done.stderr.decode(errors="replace")[:500] or str(done.returncode)) from error
        yield from (_finding(site, message, code) for message in messages)


def _finding(site: Site, message: dict[str, Any], code: str) -> Finding:
    file = Path(unquote(urlsplit(message.get("url", "")).path))
    root = site.folder.resolve()
    path = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
    weight = Weight.NOTE if message["type"] == "info" and message.get("subType") != "warning" else Weight.FAULT
    return finding(path, message.get("lastLine", 0), code, value=message.get("message", ""), weight=weight)
