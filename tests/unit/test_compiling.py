"""Templates compiled plainly show what Jinja shows."""

from __future__ import annotations

from collections import namedtuple
from itertools import count
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from plugins import wording

TEMPLATES = Path(__file__).resolve().parents[2] / "theme" / "templates"
Thing = namedtuple("Thing", ["label", "path"])

MACROS = """
{% macro card(id, title, plain=False) %}<{{ id }}>{{ title|tidy }}{% if plain %}!{% endif %}{{ caller() }}{% endmacro %}
{% macro link(root, thing, more=None) %}{{ root }}{{ thing.path }}:{{ thing.label }}{% if more %}+{{ more }}{% endif %}{% endmacro %}
{% macro open(a, b) %}{{ a }}{{ b }}{% for one in varargs %}{{ one }}{% endfor %}{{ kwargs|length }}{{ kwargs.get("c") }}{% endmacro %}
{% macro perhaps(a) %}{{ a }}{% if caller is defined %}{{ caller() }}{% endif %}{% endmacro %}
"""
IMPORT = '{% from "macros.html" import card, link, open, perhaps %}'


def environment(language: str = "vi", plain: bool = True, **templates: str) -> Environment:
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, loader=DictLoader({"macros.html": MACROS, **templates})
    )
    wording.install(made, language, plain=plain)
    return made


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "source",
    [
        "{{ thing.label }} {{ text }} {{ markup }} {{ number }} {{ none }} {{ pair[1] }} {{ table['key'] }} {{ pair[:1] }}",
        "{{ _('Hội nghị') }}|{{ _('Quý %(q)s', q=text) }}|{{ _('Quý %(q)s', q=markup) }}|{{ _('Quý %(q)s', q=number|roman) }}",
        "<a title=\"{{ _('Quý %(q)s', q=text) }}\">{% set x = _('Quý %(q)s', q=text) %}{{ x }}{{ x|tidy }}{{ x ~ text }}</a>",
        "{{ _(label) }} {{ _(thing.label) }} {{ ngettext('%(num)s bản ghi', '%(num)s bản ghi', number) }} {{ ngettext('cụm', 'cụm', 1) }}",
        "{{ _('%(first)s – %(last)s: chưa có bản ghi', first=1, last='<b>') }}",
        IMPORT + "{% call card('a', _('Hội nghị')) %}{{ text }}{% endcall %}{% call card(text, markup, plain=True) %}x{% endcall %}",
        IMPORT + "{{ link('../', thing) }}{{ link('../', thing, text) }}",
        IMPORT + "{{ link('../', thing, more=markup) }}{{ link(thing=thing, root=text) }}",
        IMPORT + "{{ link('', {'label': text, 'path': number}) }}",
        IMPORT + "{% set x = {'path': 'p', 'label': _('Cụm')} %}{{ link('', x) }}{{ x['path'] }}",
        IMPORT + "{% for link in pair %}{{ link }}{% endfor %}{{ link('', thing) }}{% set open = thing.label %}{{ open }}{{ open.upper() }}",
        IMPORT + "{% set kept = link|remembered %}{{ kept('', thing) }}{{ kept('', thing, text) }}{{ kept('', thing)|upper }}",
        IMPORT + "{% set link = link|remembered %}{{ link('<', thing) }}{% if number %}{% set link = card %}{% endif %}",
        IMPORT + "{% if number %}{% from 'macros.html' import open as link %}{% endif %}{{ link(text, 2) }}{% block a %}{{ card is defined }}{% endblock %}",
        IMPORT + "{% block a %}{{ link('', thing) }}{% call card('a', 'b') %}{{ link('', thing, text) }}{% endcall %}{% endblock %}",
        IMPORT + "{% macro own(link, card) %}{{ link }}{{ card }}{{ perhaps(1) }}{% endmacro %}{{ own(text, 2) }}",
        IMPORT + "{% import 'macros.html' as link %}{{ link.perhaps(text) }}{{ [_('Cụm'), _('Cụm') ~ text]|join('<') }}",
        IMPORT + "{% set kept = perhaps|remembered %}{% call kept(1) %}{{ text }}{% endcall %}{% call open(1, 2) %}{% endcall %}",
        IMPORT + "{% macro own(a) %}{{ caller(a) }}{{ caller(text, y=2)|upper }}{% endmacro %}{% call(x, y='<') own(1) %}{{ x }}{{ y }}{% endcall %}",
        IMPORT + "{{ open(1, 2, 3, c=text) }}{{ open(1, b=2, c=markup) }}{{ perhaps(text) }}{% call perhaps(1) %}{{ text }}{% endcall %}",
        "{% for one in pair if one %}{{ loop.index }}{{ one }}{% if not loop.last %}, {% endif %}{% else %}-{% endfor %}",
        "{{ thing.label is defined }} {{ thing.colour is defined }} {{ colour is defined }} {{ {'a': 1}.b is defined }}",
        "{{ pair|join(', ') }} {{ text|upper }} {{ '<b>' }} {{ 'a' ~ text }} {{ {'a': text}|tojson }} {{ table.get('none', 'x') }}",
        "{% block a %}{{ text }}{% endblock %} {{ self.a() }} {% block b %}{{ super is defined }}{% endblock %}",
        "{% macro own(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ own(1) }}{{ own(a=text, b=2) }}{{ own(text)|length }}",
        "{% extends 'base.html' %}{% block main %}{{ super() }}{{ text }}{% endblock %}",
        "{% extends 'base.html' %}{% set shown = text %}{% block main %}{% for one in pair %}{{ one }}{{ shown }}{% endfor %}{% endblock %}",
        "a{% if number %}{% include 'base.html' %}{% endif %}{% set kept %}{{ text }}{% block b %}{{ number }}{% endblock %}{% endset %}{{ kept }}",
        "<b class=\"a{{ ' on' if number }}{{ ' off' if none }}\">{{ (text if none) is defined }}",
        "{{ text|tidy }}{{ markup|tidy }}{{ text|heading }}{{ 'x'|tidy ~ text }}{{ text * 99 }}{{ text * 99 }}",
    ],
)
def test_the_same_text_as_from_jinja(source: str, language: str) -> None:
    values = {
        "text": "a & <b> “c”",
        "markup": Markup("<i>&amp;</i>"),
        "label": "Chủ trì",
        "number": 3,
        "none": None,
        "pair": ("<", Markup("&lt;")),
        "table": {"key": "value"},
        "thing": Thing("<Nhãn>", "p.html"),
    }
    base = "{% block main %}base {{ text }}{% endblock %}"
    stock, plain = (environment(language, plain, **{"base.html": base}).from_string(source).render(values) for plain in (False, True))
    assert plain == stock


@pytest.mark.parametrize("plain", [True, False])
def test_a_remembered_macro_is_run_once_for_the_same_arguments(plain: bool) -> None:
    kept = "{% macro slow(a) %}<{{ count() }}{{ a }}>{% endmacro %}{% set slow = slow|remembered %}"
    made = environment(plain=plain, **{"kept.html": kept})
    made.globals["count"] = count().__next__
    calls = "{{ slow('&') }}{{ slow('&') }}{{ slow(2) }}{{ slow(pair) }}{{ slow(pair) }}"
    template = made.from_string("{% from 'kept.html' import slow %}" + calls)
    assert template.render(pair=(3, 4)) == "<0&amp;><0&amp;><12><2(3, 4)><2(3, 4)>"


def test_a_remembered_macro_tells_markup_from_text_that_reads_the_same() -> None:
    kept = "{% macro shown(a) %}{{ a }}{% endmacro %}{% set shown = shown|remembered %}"
    template = environment(**{"kept.html": kept}).from_string("{% from 'kept.html' import shown %}{{ shown(markup) }} {{ shown(text) }}")
    assert template.render(markup=Markup("&amp;"), text="&amp;") == "&amp; &amp;amp;"


def test_a_page_comes_in_few_pieces() -> None:
    """Each of them goes through every template that extends another."""
    base = "a{{ text }}b{% block main %}{% endblock %}{% if text %}c{% endif %}{{ text }}"
    made = environment(**{"base.html": base})
    template = made.from_string("{% extends 'base.html' %}{% block main %}{% for one in text %}<{{ one }}>{% endfor %}{% endblock %}")
    assert list(template.generate(text="xyz")) == ["axyzb<x><y><z>cxyz"]


def test_what_is_imported_is_looked_up_once_when_the_template_is_loaded() -> None:
    made = environment()
    template = made.from_string(IMPORT + "{% block a %}{{ link('', thing) }}{% endblock %}")
    made.loader = None
    made.cache.clear()
    assert [template.render(thing=Thing(label, "p")) for label in "ab"] == ["p:a", "p:b"]


def test_messages_stand_in_the_compiled_template() -> None:
    made = environment("en")
    template = made.from_string("{{ _('Hội nghị') }} {{ _('Quý %(q)s', q=q) }}")
    made.globals["_"] = None
    assert template.render(q="<") == "Meetings Quarter &lt;"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ thing.colour }}", AttributeError),
        ("{% if thing.colour %}{% endif %}", AttributeError),
        ("{{ colour }}", UndefinedError),
        ("{{ colour.red }}", UndefinedError),
        ("{{ table['none'] }}", KeyError),
        ("{{ {'a': 1}.b }}", AttributeError),
        (IMPORT + "{{ link(1, thing, 2, 3) }}", TypeError),
        (IMPORT + "{{ link(1, thing, colour=3) }}", TypeError),
        (IMPORT + "{{ link(1) }}", UndefinedError),
        (IMPORT + "{{ card(1, '') }}", UndefinedError),
        ("{% from 'macros.html' import none_such %}{{ none_such() }}", UndefinedError),
    ],
)
def test_what_is_not_there_is_a_fault(source: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        environment().from_string(source).render(thing=Thing("a", "b"), table={})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_template_of_the_theme_compiles(language: str) -> None:
    made = Environment(autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(TEMPLATES))
    wording.install(made, language)
    assert all(made.get_template(name) for name in made.list_templates(extensions=["html"]))
