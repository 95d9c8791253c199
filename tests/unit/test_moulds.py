"""What a page is made of besides what it reads: another template, value or common word makes another mould."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, meta

from plugins.building.moulds import Moulds, _source_and_parts

SOURCES = {
    "page.html": '{% extends "base.html" %}{% from "parts/list.html" import list %}{% block x %}{{ list() }}{% endblock %}',
    "base.html": "{%- import 'parts/foot.html' as foot -%}{% block x %}{% endblock %}",
    "parts/list.html": "{% macro list() %}x{% endmacro %}",
    "parts/foot.html": "{% macro foot() %}x{% endmacro %}",
    "other.html": "x",
}


def mould(name: str = "page.html", own: object = 1, context: dict[str, object] | None = None, **sources: str) -> bytes:
    environment = Environment(loader=DictLoader({**SOURCES, **{key.replace("__", "/") + ".html": text for key, text in sources.items()}}))
    made = Moulds()
    made.share(context or {"site": "Kho"}, {"SETTING": 1})
    return made.of(environment.get_template(name), {"view": own})


def test_a_page_is_of_another_mould_with_another_part_of_its_template() -> None:
    assert mould() == mould(other="y")
    others = [mould(base="y"), mould(parts__list="{% macro list() %}y{% endmacro %}"), mould(parts__foot="y"), mould(own=2), mould(context={"site": "x"})]
    assert len({mould(), *others}) == 6 and all(others)


def test_where_a_template_names_another_only_at_work_every_template_counts() -> None:
    for tag in ("{% include name %}", '{% include ["other.html"] %}', '{% extends "ot" ~ "her.html" if x else "base.html" %}'):
        assert mould(page=tag) != mould(page=tag, other="y")


def test_settings_and_what_is_followed_are_not_looked_at() -> None:
    assert mould(context={"site": "Kho", "SETTING": 2, "problems": object()}) == mould()


def test_what_cannot_be_compared_has_no_mould() -> None:
    assert mould(own=lambda: 1) == b"" and mould(context={"x": (one for one in ())}) == b"" and mould(own="x" * 5_000_000) == b""


@pytest.mark.parametrize("path", sorted((Path(__file__).resolve().parents[2] / "theme/templates").rglob("*.html")), ids=lambda path: path.stem)
def test_the_templates_name_what_jinja_finds_in_them(path: Path, root: Path) -> None:
    environment = Environment(loader=FileSystemLoader(root / "theme/templates"))
    name = path.relative_to(root / "theme/templates").as_posix()
    source, parts = _source_and_parts(environment, name)
    assert parts == set(meta.find_referenced_templates(environment.parse(source)))
