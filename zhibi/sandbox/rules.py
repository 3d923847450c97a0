"""What the source of a template may hold: the parsed tree in, the tree with counted loops out.

Everything that is not on the list of statements, and every name that begins with `_`, is refused with its line
before anything runs. Loops go through the filter `COUNTED`, which takes their turns off the paper's budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

COUNTED = "counted loop"
"""Name of the filter that loops go through; with its blank it can stand in no template."""

MAX_TOKENS = 200_000
"""Longest source, in words and signs between braces."""

MAX_DEPTH = 16
"""Deepest nesting of statements."""

_TAGS: dict[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.FilterBlock: "filter",
    nodes.ScopedEvalContextModifier: "autoescape",
}
_READS_FILES = frozenset({"include", "import", "from", "extends"})
_RESERVED = frozenset({"self", "varargs", "kwargs"})
"""Names behind which Jinja puts objects of its own."""


class RefusedSourceError(TemplateSyntaxError):
    """A template that holds what none may hold; message and hint are Chinese, the line is right."""

    def __init__(self, message: str, hint: str, line: int) -> None:
        self.hint = hint
        super().__init__(message, line)


def forbidden(line: int) -> RefusedSourceError:
    """Return the refusal of what only an attack asks for."""
    return RefusedSourceError("用了不允许的操作", "模板里只能取数据、用过滤器、判断和循环", line)


def too_many_tokens(line: int) -> RefusedSourceError:
    """Return the refusal of a source that is too long to be compiled."""
    message = f"花括号里的内容太多（超过 {MAX_TOKENS // 10_000} 万个字词）"
    return RefusedSourceError(message, "请把公文拆成几份", line)


def admit(tree: nodes.Template, environment: Environment) -> nodes.Template:
    """Refuse what is not allowed; make every loop count its turns and the text it prints."""
    for node in tree.find_all(nodes.Node):
        _judge(node)
    _refuse_deep(tree, 0)
    for loop in list(tree.find_all(nodes.For)):
        cost = nodes.Const(_length(loop.body), lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, COUNTED, [cost], [], None, None, lineno=loop.lineno)
        loop.iter.set_environment(environment)
    return tree


def _refuse_deep(node: nodes.Node, depth: int) -> None:
    """Refuse loops, conditions and macros that stand within each other deeper than Python takes."""
    if depth > MAX_DEPTH:
        message = f"循环、判断和宏套得太深（超过 {MAX_DEPTH} 层）"
        raise RefusedSourceError(message, "请分几步写", node.lineno)
    for inner in node.iter_child_nodes():
        if isinstance(inner, nodes.Stmt) and not isinstance(inner, nodes.Output):
            _refuse_deep(inner, depth + 1)


def _judge(node: nodes.Node) -> None:
    if tag := _TAGS.get(type(node)):
        hint = "模板不能读别的文件，请把内容写在这个模板里" if tag in _READS_FILES else "请直接写出内容"
        raise RefusedSourceError(f"模板里不能用 {tag}", hint, node.lineno)
    if isinstance(node, nodes.NSRef):
        hint = "set 只能设一个名称；循环里的数请用过滤器算，如 各项 | map(attribute='数') | sum"
        raise RefusedSourceError(f"不能给“{node.name}.{node.attr}”赋值", hint, node.lineno)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Tuple):
        raise RefusedSourceError("方括号里不能用逗号", "请写一个序号、键名或 [从:到]", node.lineno)
    if isinstance(node, nodes.For) and node.recursive:
        raise RefusedSourceError("循环不能用 recursive", "请写成一层层的循环", node.lineno)
    for name in _names(node):
        if name.startswith("_"):
            raise forbidden(node.lineno)
        if name in _RESERVED and not isinstance(node, nodes.Getattr):
            raise RefusedSourceError(f"不能用“{name}”这个名称", "请换一个名称", node.lineno)


def _names(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Name() | nodes.Macro():
            yield node.name
        case nodes.Getattr():
            yield node.attr
        case nodes.Getitem(arg=nodes.Const(value=str() as key)):
            yield key
        case nodes.Keyword():
            yield node.key


def _length(body: Iterable[Any]) -> int:
    """Return how much plain text one turn prints at most; loops within count their own."""
    size = 0
    for node in body:
        match node:
            case nodes.TemplateData():
                size += len(node.data)
            case nodes.If():
                branches = (node.body, node.else_, *(branch.body for branch in node.elif_))
                size += max(_length(branch) for branch in branches)
            case nodes.For() | nodes.Macro():
                pass
            case _:
                size += _length(node.iter_child_nodes())
    return size
