"""Translations, read from the PO files as translators left them; nothing compiled is kept in the tree."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from markupsafe import Markup, escape

SOURCE_LANGUAGE = "vi"
DOMAIN = "sogiaoban"
LOCALE = Path(__file__).resolve().parents[2] / "theme" / "locale"


def po_path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def translations(language: str, locale: Path = LOCALE) -> NullTranslations:
    """The catalogue of ``language``; for Vietnamese the strings stand for themselves. Raises FileNotFoundError for a language
    without a PO file: a site half in another language must not pass unseen."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    path = po_path(language, locale)
    return _read(path, language, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, language: str, _changed: int) -> GNUTranslations:
    """Every generator of Pelican asks for them, twice, and to read them takes as long as all else that it does before it begins."""
    from babel.messages.mofile import write_mo  # takes a moment to load, and most commands speak Vietnamese
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalog = read_po(file, locale=language, domain=DOMAIN)
    compiled = BytesIO()
    write_mo(compiled, catalog)  # leaves out what is marked fuzzy
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext_functions(language: str, locale: Path = LOCALE) -> dict[str, Callable[..., Markup]]:
    """``_``, ``gettext`` and ``ngettext`` for code without a template: named placeholders, whose values are escaped.

    A per cent sign in a message is written twice, as in templates, with or without placeholders. A message is text and no HTML: templates
    also ask for labels that are a record's own words where no message fits, and those must not pass for markup, nor for a format.
    """
    catalog = translations(language, locale)
    messages: dict[str, Markup] = {}  # a page asks for a hundred, nearly all of them asked for before

    def gettext(message: str, /, **values: object) -> Markup:
        found = messages.get(message)
        if found is None:
            found = messages[message] = escape(catalog.gettext(message))
        return found % values if values else found.replace("%%", "%") if "%%" in found else found

    @lru_cache(maxsize=4096)
    def counted(singular: str, plural: str, count: int) -> Markup:
        return escape(catalog.ngettext(singular, plural, count)) % {"num": count}

    def ngettext(singular: str, plural: str, count: int, /, **values: object) -> Markup:
        return escape(catalog.ngettext(singular, plural, count)) % {"num": count, **values} if values else counted(singular, plural, count)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}
