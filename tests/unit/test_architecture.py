"""The walls of the house, checked on the syntax tree."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.archive import urls

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = ROOT / "plugins"
ROOMS = sorted(folder.name for folder in PLUGINS.iterdir() if (folder / "__init__.py").is_file() and folder.name != "archive")
ON_A_BARE_PYTHON = ("__init__.py", "environment.py", "locking.py")
"""Modules of plugins/building that run before any library is installed."""

# What only the type checker reads, and the checker itself, which is run and not imported.
FOR_TYPES = {"mypy", "types-markdown", "types-pyyaml"}
# The name under which a distribution is imported, where it is another.
DISTRIBUTIONS = {"bs4": "beautifulsoup4", "PIL": "pillow", "yaml": "pyyaml", "markupsafe": "jinja2", "docutils": "pelican"}
LOADED_BY_PYTEST = {"pytest-xdist"}


def imports(module: Path) -> Iterator[str]:
    """Full dotted names of what a module imports; relative ones are resolved, wherever in the module they stand."""
    package = module.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def foreign(names: Iterator[str]) -> set[str]:
    """Top-level names that are neither ours nor the standard library's."""
    tops = {name.split(".")[0] for name in names}
    return {top for top in tops if top not in sys.stdlib_module_names and top not in {"plugins", "tests", "tasks", "pelicanconf"}}


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_no_sibling(room: str) -> None:
    reached = {name.split(".")[1] for module in modules(PLUGINS / room) for name in imports(module) if name.startswith("plugins.")}
    assert reached <= {room, "archive"}


def test_archive_imports_only_the_standard_library_yaml_and_pydantic() -> None:
    reached = {name for module in modules(PLUGINS / "archive") for name in imports(module)}
    assert {name for name in reached if name.startswith("plugins.") and not name.startswith("plugins.archive")} == set()
    assert foreign(iter(reached)) <= {"yaml", "pydantic", "pydantic_core"}


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"auditing", "browsing", "measuring"}))  # those look at sites, and make none
def test_addresses_are_known_in_one_place(room: str) -> None:
    known = {urls.meeting(""), urls.cluster(""), urls.organization(""), urls.person(""), urls.document(""), urls.page(""), urls.year(1)}
    known |= {urls.data(""), urls.feed(""), urls.instrument(""), urls.handbook("")}
    folders = "|".join(sorted(re.escape(path.partition("/")[0]) for path in known))
    spelt = re.compile(rf"(?:{folders})(?:/[\w.-]*|\.html)")
    found = [
        (module.name, node.value)
        for module in modules(PLUGINS / room)
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and spelt.fullmatch(node.value)
    ]
    assert found == []


@pytest.mark.parametrize("name", ON_A_BARE_PYTHON)
def test_what_runs_before_installation_needs_no_library(name: str) -> None:
    reached = set(imports(PLUGINS / "building" / name))
    assert foreign(iter(reached)) == set()
    own = {module for module in reached if module.startswith("plugins.")}
    assert own <= {f"plugins.building.{other.removesuffix('.py')}" for other in ON_A_BARE_PYTHON}


def test_every_import_is_a_requirement_and_every_requirement_is_imported() -> None:
    imported = {top for folder in (PLUGINS, ROOT / "tests") for module in modules(folder) for top in foreign(imports(module))}
    imported |= foreign(imports(ROOT / "tasks.py")) | foreign(imports(ROOT / "pelicanconf.py"))
    wanted = {DISTRIBUTIONS.get(top, top.replace("_", "-")) for top in imported} - {"pydantic-core", "jinja2", "blinker"}
    assert wanted | LOADED_BY_PYTEST == set(direct_requirements()) - FOR_TYPES


def direct_requirements() -> dict[str, str]:
    """Name and version of each line of requirements.in."""
    text = (ROOT / "requirements.in").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)$", text, re.MULTILINE))


def test_every_requirement_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| ([a-z0-9-]+) \|", page, re.MULTILINE)) == sorted(direct_requirements())


def test_requirements_are_pinned_with_checksums_and_agree_with_their_source() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))
    assert {name: pinned.get(name) for name in direct_requirements()} == direct_requirements()
    unpinned = [line for line in text.splitlines() if re.match(r"[a-z]", line) and "==" not in line]
    assert unpinned == []
    for entry in re.split(r"\n(?=[a-z])", text)[1:]:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


@pytest.mark.parametrize("module", modules(PLUGINS), ids=lambda path: path.relative_to(PLUGINS).as_posix())
def test_module_says_what_it_is_for(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body
