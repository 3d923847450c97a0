"""The environment that templates and expressions run in: no loader, no files, an allow list for everything.

Source of a template in, code out that asks this environment before each operator, comparison, look-up and call.
"""

from __future__ import annotations

import operator
from functools import partial
from typing import Any

import jinja2
from jinja2 import Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.lexer import TokenStream
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range

from zhibi.sandbox.budget import Budget, RefusedError
from zhibi.sandbox.guards import built, calculate, checked, compare, cut, is_flat, joined, refuse_captured
from zhibi.sandbox.rules import MAX_TOKENS, admit, too_many_tokens
from zhibi.sandbox.tasks import Tasks
from zhibi.values import shown

BUDGET = "__budget"
"""Where the paper's budget stands among the names of a template; none can be written that begins with `_`."""

_ATTRIBUTES: tuple[tuple[type, frozenset[str]], ...] = (
    (dict, frozenset({"get", "items", "keys", "values"})),
    (
        str,
        frozenset(
            {"startswith", "endswith", "removeprefix", "removesuffix", "strip", "split", "upper", "lower"}
        ),
    ),
    (
        LoopContext,
        frozenset(
            {"index", "index0", "revindex", "revindex0", "first", "last", "length"}
            | {"previtem", "nextitem", "depth", "depth0", "cycle", "changed"}
        ),
    ),
)
"""What templates may ask values for beside their items; the tests hold it to this."""


_MACRO_STEPS = 10
"""Steps that a call of a macro costs beside its own: it is that much slower than a turn of a loop."""


def budget_of(context: Context) -> Budget:
    """Return the budget of the paper that is being made."""
    budget = context.parent[BUDGET]
    assert isinstance(budget, Budget)
    return budget


class MissingNameError(jinja2.UndefinedError):
    """What is raised of a name that `owner` does not have."""

    def __init__(self, owner: object, message: str | None = None) -> None:
        super().__init__(message)
        self.owner = owner


class _Generator(CodeGenerator):
    """Writes comparisons, slices, joins and literals as questions to the environment."""

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        self.write("environment.compare_chain(context, ")
        self.visit(node.expr, frame)
        for operand in node.ops:
            self.write(f", {operand.op!r}, ")
            self.visit(operand.expr, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.join_words(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.cut_out(context, ")
        self.visit(node.node, frame)
        self.write(", slice(")
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            if bound is None:
                self.write("None")
            else:
                self.visit(bound, frame)
            self.write(", ")
        self.write("))")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self.write("environment.built((")
        for pair in node.items:
            self.write("(")
            self.visit(pair.key, frame)
            self.write(", ")
            self.visit(pair.value, frame)
            self.write("), ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with allow lists; every refusal is Chinese."""

    code_generator_class = _Generator
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)
    built = staticmethod(built)

    def __init__(self, **settings: Any) -> None:
        # Nothing is worked out while a template is compiled: no clock and no count would see it.
        super().__init__(undefined=jinja2.StrictUndefined, optimized=False, **settings)
        self.globals = {"range": safe_range}

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        stream = super()._tokenize(source, name, filename, state)
        stream._iter = _counted(stream._iter)
        return stream

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        return super()._generate(admit(source, self), *rest, **more)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an item, or one of the few attributes that are allowed."""
        _refuse_undefined(obj)
        refuse_captured(obj)
        if attribute.startswith("_"):
            raise SecurityError(attribute)
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, tuple) and attribute in getattr(obj, "_fields", ()):
            return getattr(obj, attribute)  # What groupby makes has two named parts.
        if any(isinstance(obj, kind) and attribute in names for kind, names in _ATTRIBUTES):
            return getattr(obj, attribute)
        if hasattr(type(obj), attribute) and not isinstance(obj, dict):
            raise SecurityError(attribute)
        missing: Any = partial(MissingNameError, obj)
        return self.undefined(obj=obj, name=attribute, exc=missing)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item by its key or number."""
        _refuse_undefined(obj)
        _refuse_undefined(argument)
        refuse_captured(obj, argument)
        if isinstance(obj, dict) and not isinstance(argument, str) and is_flat(argument):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=shown(argument))
        if isinstance(obj, Tasks) and (
            isinstance(argument, int) or (isinstance(argument, str) and argument.isdecimal())
        ):
            return obj.numbered(argument)
        if isinstance(obj, list | tuple | range | str) and isinstance(argument, int):
            inside = -len(obj) <= argument < len(obj)
            return (
                obj[argument] if inside else self.undefined(f"{type(obj).__name__} has no element {argument}")
            )
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        message = f"“{shown(obj)}”里不能这样取“{shown(argument)}”"
        raise RefusedError(message, "请写键名或序号，如 指标['投入']、任务[4]")

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a macro, range, or a method that `getattr` let pass."""
        _refuse_undefined(obj)
        budget = budget_of(context)
        budget.step()
        owner = getattr(obj, "__self__", None)
        if isinstance(obj, Macro):
            budget.step(_MACRO_STEPS)
            with budget.enter():
                return super().call(context, obj, *args, **kwargs)
        if isinstance(owner, LoopContext):
            return super().call(context, obj, *args, **kwargs)
        if obj is not safe_range and not isinstance(owner, str | dict):
            raise RefusedError(f"“{shown(obj)}”不能带括号调用", "能调用的只有宏和 range")
        refuse_captured(*args)
        if not all(is_flat(argument) for argument in args):
            raise RefusedError("括号里要是字词或数", "请检查括号里的内容")
        budget.handle(owner)
        try:
            result = super().call(context, obj, *args, **kwargs)
            budget.handle(result)
            return result
        except (TypeError, ValueError, OverflowError):
            given = "、".join(shown(argument) for argument in args)
            raise RefusedError(f"括号里的“{given}”不对", "range 里写整数，最多 10 万个") from None

    def call_binop(self, context: Context, sign: str, left: Any, right: Any) -> Any:
        """Work out an operator when the result is not too large."""
        result = calculate(sign, self.binop_table[sign], left, right)
        budget_of(context).handle(result)
        return result

    def call_unop(self, context: Context, sign: str, value: Any) -> Any:
        """Work out a sign in front of a number."""
        _refuse_undefined(value)
        if not isinstance(value, int | float):
            raise RefusedError(f"“{shown(value)}”不是数", "数据里的数先加 | int 或 | float")
        return checked(operator.neg(value) if sign == "-" else value)

    @staticmethod
    def join_words(context: Context, parts: tuple[Any, ...]) -> str:
        """Join values that stand between `~`."""
        text = joined(parts)
        budget_of(context).handle(text)
        return text

    @staticmethod
    def cut_out(context: Context, value: Any, part: slice) -> Any:
        """Return a slice such as 名称[:4]."""
        result = cut(value, part)
        budget_of(context).handle(result)
        return result

    @staticmethod
    def compare_chain(context: Context, first: Any, *rest: Any) -> bool:
        """Compare as in 1 <= 季度 <= 4; `rest` holds signs and values in turn."""
        for sign, value in zip(rest[::2], rest[1::2], strict=True):
            budget_of(context).handle(value)
            if isinstance(first, list | tuple) and isinstance(value, list | tuple):
                budget_of(context).step(len(value))
            if not compare(sign, first, value):
                return False
            first = value
        return True


def _refuse_undefined(value: Any) -> None:
    if isinstance(value, Undefined):
        str(value)  # Raises what is undefined.


def _counted(tokens: Any) -> Any:
    """Yield the tokens of a template, not too many."""
    for number, token in enumerate(tokens):
        if number > MAX_TOKENS:
            raise too_many_tokens(token.lineno)
        yield token
