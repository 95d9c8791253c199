"""The words of the interface: gettext in Vietnamese (the source) and English, and how dates, periods and numbers are written."""

from __future__ import annotations

from jinja2 import Environment
from pelican import signals
from pelican.generators import Generator

from .formats import filters
from .messages import gettext_functions, translations

__all__ = ["filters", "gettext_functions", "install", "register", "translations"]


def install(environment: Environment, language: str) -> None:
    """Gives ``environment`` the functions ``_``, ``gettext``, ``ngettext`` (values are escaped) and the filters of ``language``.

    The functions are our own rather than the extension's, which looks each message up again in every page.
    """
    environment.globals.update(gettext_functions(language))
    environment.filters.update(filters(language))


def _install_in_generator(generator: Generator) -> None:
    install(generator.env, generator.settings["DEFAULT_LANG"])


def register() -> None:
    signals.generator_init.connect(_install_in_generator)
