"""How templates become Python: with the messages already in them, and without what Jinja does for guests.

Jinja looks up each message, attribute and macro anew wherever a template names it, in ways that also serve templates by strangers,
in any language, from any loader. Ours are all of one kind (autoescape on, StrictUndefined, objects with attributes, imports without
context), so that the same templates can be compiled to plainer Python, which writes the same bytes in less than half of the time. The
generator of that Python is Jinja's own extension point ``Environment.code_generator_class``; an environment left alone compiles the
stock way.

What differs: a missing attribute raises AttributeError where Jinja raises UndefinedError, and ``x.y`` is never ``x["y"]`` but for a
dict that is written out in a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from . import binding, components

_GIVE_MARKUP = frozenset({"tidy", "heading"})
"""Filters of ours (see :mod:`spacing`) that give markup, whatever they get."""


class PlainCompiler(CodeGenerator):
    """Jinja's generator, with plainer Python for attributes, items, calls, macros, imports and output."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {components.__name__} import Component, Fields, Passage, texts, written")
        self.writeline(f"from {__package__} import binding")
        self.writeline("modules = {}")
        self.optimizer = None  # would put plain dicts in the place of ours; what is constant in the text itself is folded without it
        worded = _Worded(self.environment).visit(node)
        settled = binding.settled(worded)
        self._macros = binding.macros(worded)
        self._written: nodes.Expr | None = None
        self._markup: dict[Markup, str] = {}
        self._write_settled(settled)
        super().visit_Template(binding.Settler(settled).visit(worded), frame)
        for value, name in self._markup.items():
            self.writeline(f"{name} = {value!r}")

    def _write_settled(self, settled: Mapping[str, tuple[str, str]]) -> None:
        for alias, (template, name) in settled.items():
            self.import_aliases[alias] = f"imported_{alias}"
            self.writeline(f"imported_{alias} = binding.imported(environment, {template!r}, {self.name!r}, {name!r})")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """What stands in a template or a block is handed over in one piece: every piece would go through all the templates that extend one another."""
        if frame.buffer is not None:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"if {frame.buffer}: yield concat({frame.buffer})")  # one piece alone need not be joined, that is copied, at the end

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        if isinstance(node.value, Markup):
            self.write(self._constant(node.value))
        else:
            super().visit_Const(node, frame)

    def visit_TemplateData(self, node: nodes.TemplateData, frame: Frame) -> None:
        self.write(self._constant(Markup(node.data)))

    def _constant(self, value: Markup) -> str:
        """A name for markup that is always the same: it is made once, when the template is loaded."""
        return self._markup.setdefault(value, f"markup_{len(self._markup)}")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        self.write(f"[{node.attr!r}]" if is_block else f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        if isinstance(node.node, nodes.Getattr) and node.name == "defined":
            self.write("hasattr(")
            self.visit(node.node.node, frame)
            self.write(f", {node.node.attr!r})")
        else:
            super().visit_Test(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self.write("Fields(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        goes_around = forward_caller and self._is_plain_call(node)
        self.visit(node.node, frame)
        self.write(".write_around(caller, " if goes_around else ".write(" if node is self._written else "(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller and not goes_around else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        node, names = macro_ref.node, tuple(argument.name for argument in macro_ref.node.args)
        catches = macro_ref.accesses_kwargs, macro_ref.accesses_varargs, macro_ref.accesses_caller
        if isinstance(node, nodes.CallBlock) and not names and not any(catches):
            self.write("Passage(macro)")
        else:
            self.write(f"Component(environment, macro, {getattr(node, 'name', None)!r}, {names!r}, {', '.join(map(str, catches))}, True)")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context or not isinstance(node.template, nodes.Const):
            super()._import_common(node, frame)
            return
        name = node.template.value
        module = f"environment.get_template({name!r}, {self.name!r})._get_default_module()"
        self.write(f"(modules.get({name!r}) or modules.setdefault({name!r}, {module}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if isinstance(node, nodes.CondExpr) and node.expr2 is None:
            node.expr2 = nodes.Const("")  # as Undefined is written, which takes longer to make
        if self._is_plain_call(node) or (isinstance(node, nodes.Filter) and node.name in _GIVE_MARKUP):
            self._written = node
        else:  # as `written` does, without a call for what nearly all of it is
            self.write("(v if (t := type(v := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if node is not self._written:
            self.write(")) is Markup else texts[v] if t is str else written(v))")

    def _is_plain_call(self, node: nodes.Expr) -> bool:
        """Whether a macro or what stands in ``{% call %}`` is called, and with nothing but arguments in their order."""
        if not isinstance(node, nodes.Call) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return False
        called = node.node
        name = called.importname if isinstance(called, nodes.ImportedName) else called.name if isinstance(called, nodes.Name) else None
        return name in self._macros or name == "caller"


class _Worded(NodeTransformer):
    """Puts messages in their places: a message without values becomes a constant, one with values text with the values between."""

    def __init__(self, environment: Environment) -> None:
        self._gettext = _gettext(environment)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        said = _said(node)
        if said is None:
            return self.generic_visit(node)
        if not said.values:
            return nodes.Const(self._gettext(said.message), lineno=node.lineno)
        return nodes.Call(nodes.ImportedName(f"{components.__name__}.joined"), self._pieces(node), [], None, None, lineno=node.lineno)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        node.nodes = [piece for child in node.nodes for piece in self._pieces(child)]
        return node

    def _pieces(self, node: nodes.Expr) -> list[nodes.Expr]:
        said = _said(node)
        if said is None or not said.values:
            return [self.visit(node)]
        self.generic_visit(node)
        values = {pair.key: pair.value for pair in said.values}
        text = self._gettext(said.message, **{name: Markup(f"\0{name}\0") for name in values})
        pieces = enumerate(text.split("\0"))
        return [values[str(piece)] if index % 2 else nodes.TemplateData(str(piece), lineno=node.lineno) for index, piece in pieces if piece]


def _gettext(environment: Environment) -> Callable[..., str]:
    found = environment.globals["_"]
    if not callable(found):
        raise TypeError("the templates have no gettext")
    return found


class _Said(NamedTuple):
    """A message as a template says it: ``_("…")`` or ``_("…", name=value)``."""

    message: str
    values: list[nodes.Keyword]


def _said(node: nodes.Node) -> _Said | None:
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_"):
        return None
    if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const) or node.dyn_args or node.dyn_kwargs:
        return None
    return _Said(node.args[0].value, node.kwargs)
