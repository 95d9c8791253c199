"""The words of the interface: gettext in Vietnamese (the source) and English, and how dates, periods and numbers are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .formats import filters
from .messages import gettext_functions, translations

if TYPE_CHECKING:
    from jinja2 import Environment
    from pelican.generators import Generator

__all__ = ["filters", "gettext_functions", "install", "register", "translations"]


def install(environment: Environment, language: str, *, plain: bool = True) -> None:
    """Gives ``environment`` the functions ``_``, ``gettext``, ``ngettext`` (values are escaped) and the filters of ``language``.

    The functions are our own rather than the extension's, which looks each message up again in every page. With ``plain`` False its
    templates are compiled by Jinja's own compiler: the same pages, at twice the price.
    """
    from .compiling import PlainCompiler  # Jinja is not needed for what the command line says
    from .components import remembered

    environment.auto_reload = False  # a build shows a template as it was when the build began; to look after each for every page takes time
    environment.globals.update(gettext_functions(language))
    environment.filters.update(filters(language), remembered=remembered)
    if plain:
        environment.code_generator_class = PlainCompiler


def _install_in_generator(generator: Generator) -> None:
    install(generator.env, generator.settings["DEFAULT_LANG"], plain=generator.settings.get("WRITER_WORKERS") != 0)


def register() -> None:
    from pelican import signals

    signals.generator_init.connect(_install_in_generator)
