"""The catalogue of messages: gathered from templates and code, carried over into the PO files, and checked.

Gettext needs nobody to remember anything: what is not translated, no longer used, or lost a placeholder is a fault that
:func:`faults` names and a test refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from .messages import DOMAIN, SOURCE_LANGUAGE, po_path

LANGUAGES = ("en",)
_METHODS = [("theme/templates/**.html", "jinja2"), ("plugins/**.py", "python")]
_OPTIONS = {"theme/templates/**.html": {"silent": "false", "newstyle_gettext": "true"}}
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[\d.]*[a-z%]")


def extract(root: Path) -> Catalog:
    """Every message of the project at ``root``, with the files it occurs in."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8")
    found = extract_from_dir(root, _METHODS, _OPTIONS, comment_tags=("Translators:",), directory_filter=_is_source)
    for file, _line, message, comments, context in found:
        # No line numbers: they would change a catalogue with every edit above them.
        catalog.add(message, locations=[(Path(file).as_posix(), 0)], auto_comments=comments, context=context)
    return catalog


def update(root: Path) -> None:
    """Writes the template catalogue of ``root`` and brings each PO file up to it: new messages empty, unused ones gone."""
    catalog = extract(root)
    locale = root / "theme" / "locale"
    (locale / f"{DOMAIN}.pot").write_bytes(_serialized(catalog))
    for language in LANGUAGES:
        path = po_path(language, locale)
        translated = _read(path, language)
        translated.update(catalog, no_fuzzy_matching=True)
        translated.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_serialized(translated))


def faults(root: Path) -> list[str]:
    """What is wrong with the PO files of ``root``, one sentence each; empty where every message has a sound translation."""
    catalog = extract(root)
    return [fault for language in LANGUAGES for fault in _faults_of(catalog, language, root / "theme" / "locale")]


def _faults_of(catalog: Catalog, language: str, locale: Path) -> Iterator[str]:
    translated = _read(po_path(language, locale), language)
    known = {_key(message) for message in catalog if message.id}
    for message in translated:
        if message.id and _key(message) not in known:
            yield f"{language}: unused: {message.id!r}"
    for message in catalog:
        if message.id:
            yield from _faults_of_message(message, translated.get(message.id, message.context), language)


def _faults_of_message(source: Message, translation: Message | None, language: str) -> Iterator[str]:
    strings = _strings(translation.string or "") if translation else ()
    if translation is None or not all(strings):
        yield f"{language}: not translated: {source.id!r}"
        return
    if translation.fuzzy:
        yield f"{language}: fuzzy: {source.id!r}"
    for string in strings:
        if _placeholders(string) != _placeholders(_strings(source.id)[-1]):
            yield f"{language}: placeholders differ: {source.id!r} - {string!r}"


def _placeholders(text: str) -> set[str]:
    """Named ones by name and others as they stand; ``{name}`` counts as one too. A doubled per cent sign is none."""
    percent = {match[1] or match[0] for match in _PLACEHOLDER.finditer(text) if match[0] != "%%"}
    return percent | set(re.findall(r"\{\w*\}", text))


def _strings(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _key(message: Message) -> tuple[object, str | None]:
    return _strings(message.id), message.context


def _is_source(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "__"))


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def _serialized(catalog: Catalog) -> bytes:
    """The catalogue as PO: sorted, and with a header that holds no moment of writing."""
    body = BytesIO()
    write_po(body, catalog, width=120, sort_output=True, omit_header=True, include_lineno=False)
    return _header(catalog).encode() + body.getvalue()


def _header(catalog: Catalog) -> str:
    fields = {"Language": str(catalog.locale or ""), "Content-Type": "text/plain; charset=utf-8", "MIME-Version": "1.0"}
    if catalog.locale:
        fields["Plural-Forms"] = catalog.plural_forms
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'# Vietnamese (language {SOURCE_LANGUAGE}) is the source; see {__name__}.\nmsgid ""\nmsgstr ""\n{lines}\n'
