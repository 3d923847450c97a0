"""Stage 3: a template's body and the names it sees -> body text in our light markup.

Values never enter the markup: `{{ … }}` leaves a numbered reference (`\\7;`) that the parser looks up, so
nothing a clerk types can be read as markup. The sandbox has no loader, no files and no network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from zhibi.errors import Location, Problem, ReportError
from zhibi.sandbox import BUDGET, Budget, budget_of, make_environment, time_limit
from zhibi.sandbox.guards import measure, words
from zhibi.sandbox.rules import MAX_TOKENS, too_many_tokens
from zhibi.templates.problems import template_problem
from zhibi.templates.reading import Template
from zhibi.values import printable

_VALUES = "__values"
_COMPILED = 4096
"""Expressions that are kept ready: a table asks the same ones for every row."""
_PRINT_STEPS = 8
"""Steps that printing a value costs."""
_PIECES = 4
"""Pieces that the lexer cuts a token into, blanks included."""
_ESCAPE = re.compile(r"\\([^\w\s])?")
MAX_INSERTS = 1_000
"""Most directives (`::正文`, `::表` …) that one body prints, for each may bring the whole data in."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Markup text and the values its references (`\\7;`) stand for."""

    file: str
    text: str
    values: tuple[Any, ...]


@jinja2.pass_context
def _refer(context: Context, value: Any) -> Any:
    """Put a value aside and print its reference instead; what a macro printed passes through."""
    budget = budget_of(context)
    if isinstance(value, Markup):
        budget.write(len(value))
        return value
    values: list[Any] = context.parent[_VALUES]
    values.append(_printable(value, budget))
    return Markup(f"\\{len(values) - 1};")


@jinja2.pass_context
def _print(context: Context, value: Any) -> str:
    return words(_printable(value, budget_of(context)))


def _printable(value: Any, budget: Budget) -> Any:
    found = str(value) if isinstance(value, jinja2.Undefined) else printable(value)
    budget.step(_PRINT_STEPS)
    budget.write(len(found) if isinstance(found, str) else measure(found))
    return found


_BODY = make_environment(_refer, autoescape=True)
_WORDS = make_environment(_print, autoescape=False)


@lru_cache(maxsize=_COMPILED)
def _compiled_words(source: str) -> jinja2.Template:
    return _WORDS.from_string(source)


@lru_cache(maxsize=_COMPILED)
def _compiled_expression(source: str) -> Callable[[Mapping[str, Any]], Any]:
    return _WORDS.compile_expression(source, undefined_to_none=False)


def _with_budget(context: Mapping[str, Any]) -> tuple[dict[str, Any], Budget]:
    """Return the names of a template and the paper's budget, a fresh one for names that come without."""
    names = {**new_budget(), **context}
    return names, names[BUDGET]


def new_budget() -> dict[str, Any]:
    """Return what the names of a paper carry so that all its templates share one budget."""
    return {BUDGET: Budget()}


def render_body(template: Template, context: Mapping[str, Any]) -> Rendered:
    """Run a template's body; raise `ReportError` with the template's line when it fails."""
    names, budget = _with_budget(context)
    values: list[Any] = []
    source = "\n" * (template.body_line - 1) + template.body
    at = Location(template.file, template.body_line, 1)
    try:
        with time_limit(budget):
            compiled = _BODY.from_string(_mark_lines(source))
            text = compiled.render({**names, _VALUES: values})
    except Exception as error:
        raise ReportError([template_problem(error, at, context, own_lines=True)]) from error
    if text.count("::") > MAX_INSERTS:
        message = f"模板印出的 :: 指令太多（超过 {MAX_INSERTS} 处）"
        raise ReportError([Problem(at, "模板", message, "请检查循环里的 ::正文 和 ::表")])
    return Rendered(template.file, text, tuple(values))


def _mark_lines(source: str) -> str:
    """Put `\\@5;` before each line of plain template text, so that the parser knows where it is.

    The template's own escapes are written out in the same breath (`\\#` as `\\=23;`), so that no
    backslash of its text can reach the references that values leave.
    """
    out: list[str] = []
    fresh = True
    for number, (line, kind, token) in enumerate(_BODY.lex(source)):
        if number > _PIECES * MAX_TOKENS:
            raise too_many_tokens(line)
        if kind == "data":
            token = _ESCAPE.sub(_write_escape, token.replace("\t", " "))  # Word would print a tab stop.
            lines = [f"\\@{line + offset};{text}" for offset, text in enumerate(token.split("\n"))]
            out.append("\n".join(lines if fresh else [token.split("\n", 1)[0], *lines[1:]]))
        else:
            out.append(token)
        fresh = token.endswith("\n")
    return "".join(out)


def _write_escape(match: re.Match[str]) -> str:
    return f"\\={ord(match[1]):x};" if match[1] else "\\=!;"


def render_words(source: str, context: Mapping[str, Any], at: Location) -> str:
    """Run a one-line template such as `{{ 年度 }}年工作总结` and return its words."""
    names, budget = _with_budget(context)
    if budget.told:
        return source  # One problem says that the time is up, not one for each 取数.
    try:
        with time_limit(budget):
            return _compiled_words(str(source)).render(names)
    except Exception as error:
        budget.told = budget.spent
        raise ReportError([template_problem(error, at, context)]) from error


def evaluate(expression: str, context: Mapping[str, Any], at: Location) -> Any:
    """Evaluate an expression such as `项.内容`; an undefined result is a problem at `at`."""
    names, budget = _with_budget(context)
    try:
        with time_limit(budget):
            result = _compiled_expression(str(expression))(names)
            if isinstance(result, jinja2.Undefined):
                str(result)
            budget.write(measure(result))
            if isinstance(result, list | tuple):
                budget.step(len(result) * _PRINT_STEPS)
    except Exception as error:
        raise ReportError([template_problem(error, at, context)]) from error
    return result
