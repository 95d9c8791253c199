"""What the names of a template stand for, as far as that is settled before it shows anything.

Jinja looks imported macros up anew for every page, since it allows them to depend on it. Ours are imported without context from templates that are named
plainly: what they stand for is looked up once, when the template is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer


def imported(environment: Environment, template: str, importer: str | None, name: str) -> Any:
    """What a template exports under a name; where it exports nothing, what complains as soon as it is used."""
    module = environment.get_template(template, importer)._get_default_module()
    if hasattr(module, name):
        return getattr(module, name)
    return environment.undefined(f"the template {template!r} does not export the requested name {name!r}", name=name)


def macros(template: nodes.Template) -> set[str]:
    """The names that stand for macros, and for nothing else anywhere in the template."""
    named = {alias for one in template.find_all(nodes.FromImport) for _, alias in _pairs(one)}
    own = {one.name for one in template.body if isinstance(one, nodes.Macro)}
    kept = [one.target for one in template.find_all(nodes.Assign) if isinstance(one.node, nodes.Filter) and one.node.name == "remembered"]
    remembered = {one.name for one in kept if isinstance(one, nodes.Name)}
    places = {id(one) for one in kept}
    others = {one.name for one in template.find_all(nodes.Name) if one.ctx != "load" and id(one) not in places}
    return (named | own | remembered) - others


def settled(template: nodes.Template) -> Mapping[str, tuple[str, str]]:
    """For each name that stands for one import wherever the template uses it: from which template, and what it is called there."""
    imports = [one for one in template.body if isinstance(one, nodes.FromImport)]
    bound = Counter(_bound(template))
    return {alias: (source, name) for one in imports if (source := _source(one)) for name, alias in _pairs(one) if bound[alias] == 1}


class Settler(NodeTransformer):
    """Takes such imports out of a template; in place of the names stand :class:`jinja2.nodes.ImportedName`."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def visit_FromImport(self, node: nodes.FromImport) -> nodes.Node | None:
        if _source(node):
            node.names = [name for name, (_, alias) in zip(node.names, _pairs(node), strict=True) if alias not in self._names]
        return node if node.names else None

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        return nodes.ImportedName(node.name, lineno=node.lineno) if node.name in self._names else node


def _source(node: nodes.FromImport) -> str:
    """The template that is imported from, where it is named plainly and given no context; else nothing."""
    return node.template.value if isinstance(node.template, nodes.Const) and not node.with_context else ""


def _pairs(node: nodes.FromImport) -> list[tuple[str, str]]:
    """The names that are imported, with what they are called here."""
    return [name if isinstance(name, tuple) else (name, name) for name in node.names]


def _bound(template: nodes.Template) -> Iterator[str]:
    """The names that get a meaning, as often as they get one."""
    for one in template.find_all((nodes.FromImport, nodes.Import, nodes.Macro, nodes.Name)):
        if isinstance(one, nodes.FromImport):
            yield from (alias for _, alias in _pairs(one))
        elif isinstance(one, nodes.Import):
            yield one.target
        elif isinstance(one, nodes.Macro) or (isinstance(one, nodes.Name) and one.ctx != "load"):
            yield one.name
