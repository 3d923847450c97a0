"""Stages 1 and 3: a template file -> its front matter and body -> body text in our light markup.

A template is YAML front matter between two `---` lines, then a Jinja2 body. Values never enter the
markup: `{{ … }}` leaves a numbered reference (`\\7;`) that the parser looks up, so nothing a clerk
types can be read as markup. The sandbox has no loader, no files and no network.
"""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from zhibi import plain
from zhibi.errors import Location, Problem, ReportError, has_errors
from zhibi.filters import FILTERS
from zhibi.schema import ELEMENT_KEYS, template_schema, words
from zhibi.validator import validate
from zhibi.values import UnprintableError, printable
from zhibi.yaml_reader import parse_yaml, read_file

SUFFIX = ".jinja"
_VALUES = "__values"
_FENCE = "---"
_ESCAPE = re.compile(r"\\([^\w\s])?")
_FROM_PLAN = frozenset({"任务", "指标"})
_SAFE_FILTERS = (
    *(
        "abs",
        "batch",
        "count",
        "default",
        "first",
        "float",
        "groupby",
        "int",
        "join",
        "last",
        "length",
        "list",
    ),
    *("map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round", "select", "selectattr"),
    *("slice", "sort", "sum", "trim", "unique"),
)
# Filters that make or unmake HTML have no meaning in our markup and would let a value in as markup.


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of paper: `spec` is the validated front matter, `body` the Jinja2 source."""

    name: str
    file: str
    spec: plain.Mapping
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """Markup text and the values its references (`\\7;`) stand for."""

    file: str
    text: str
    values: tuple[Any, ...]


def read_template(path: Path, shown: str) -> tuple[Template | None, list[Problem]]:
    """Read and validate one template; return every problem of it."""
    text, problems = read_file(path, shown)
    if problems and not text:
        return None, problems
    lines = text.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        hint = "模板开头要有两行 ---，中间写 版本、说明、字段 等"
        return None, [*problems, Problem(Location(shown, 1, 1), "模板", "没有找到模板的说明部分", hint)]
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == _FENCE)
    schema = template_schema()
    spec, more = parse_yaml("\n".join(lines[1:end]), shown, words(schema), first_line=2)
    problems += more
    if spec is None:
        return None, problems
    problems += validate(spec, schema)
    if not has_errors(problems):
        problems += _unknown_elements(spec)
    return Template(path.stem, shown, spec, "\n".join(lines[end + 1 :]), end + 2), problems


def _unknown_elements(spec: plain.Mapping) -> list[Problem]:
    """Return a problem for each field that says 要素 and is none."""
    hint = "可以是：" + "、".join(ELEMENT_KEYS)
    return [
        Problem(plain.place_of(field["类型"], spec.at), "模板", f"没有叫“{name}”的要素", hint)
        for name, field in spec.get("字段", {}).items()
        if field["类型"] == "要素" and name not in ELEMENT_KEYS
    ]


@jinja2.pass_context
def _refer(context: Context, value: Any) -> Any:
    """Put a value aside and print its reference instead; what a macro printed passes through."""
    if isinstance(value, Markup):
        return value
    values: list[Any] = context[_VALUES]
    values.append(_printable(value))
    return Markup(f"\\{len(values) - 1};")


@jinja2.pass_context
def _print(context: Context, value: Any) -> Any:
    return _printable(value)


def _printable(value: Any) -> Any:
    return str(value) if isinstance(value, jinja2.Undefined) else printable(value)


def _environment(finalize: Any, *, autoescape: bool) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
        autoescape=autoescape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals = {"range": environment.globals["range"]}
    environment.filters = {name: environment.filters[name] for name in _SAFE_FILTERS} | dict(FILTERS)
    return environment


_BODY = _environment(_refer, autoescape=True)
_WORDS = _environment(_print, autoescape=False)


def render_body(template: Template, context: Mapping[str, Any]) -> Rendered:
    """Run a template's body; raise `ReportError` with the template's line when it fails."""
    values: list[Any] = []
    source = "\n" * (template.body_line - 1) + template.body
    at = Location(template.file, template.body_line, 1)
    try:
        marked = _mark_lines(source)
        text = _BODY.from_string(marked).render({**context, _VALUES: values})
    except Exception as error:
        raise ReportError([_jinja_problem(error, at, context, own_lines=True)]) from error
    return Rendered(template.file, text, tuple(values))


def _mark_lines(source: str) -> str:
    """Put `\\@5;` before each line of plain template text, so that the parser knows where it is.

    The template's own escapes are written out in the same breath (`\\#` as `\\=23;`), so that no
    backslash of its text can reach the references that values leave.
    """
    out: list[str] = []
    fresh = True
    for line, kind, token in _BODY.lex(source):
        if kind == "data":
            token = _ESCAPE.sub(_write_escape, token)
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
    try:
        return _WORDS.from_string(source).render(context)
    except Exception as error:
        raise ReportError([_jinja_problem(error, at, context)]) from error


def evaluate(expression: str, context: Mapping[str, Any], at: Location) -> Any:
    """Evaluate an expression such as `项.内容`; an undefined result is a problem at `at`."""
    try:
        result = _WORDS.compile_expression(expression, undefined_to_none=False)(**context)
        if isinstance(result, jinja2.Undefined):
            str(result)
    except Exception as error:
        raise ReportError([_jinja_problem(error, at, context)]) from error
    return result


def _jinja_problem(
    error: Exception, at: Location, context: Mapping[str, Any], *, own_lines: bool = False
) -> Problem:
    line = _line_of(error) if own_lines else 0
    place = Location(at.file, line, 1) if line else at
    match error:
        case jinja2.TemplateSyntaxError():
            return Problem(place, "模板", *_syntax_words(error.message or ""), context=error.message or "")
        case jinja2.UndefinedError():
            return _undefined_problem(error, place, context)
        case SecurityError():
            return Problem(place, "模板", "用了不允许的操作", "模板里只能取数据、用过滤器、判断和循环")
        case UnprintableError():
            return Problem(place, "模板", str(error), "请在数据里补上，或在模板里先用 {% if %} 判断")
        case ZeroDivisionError():
            return Problem(place, "模板", "这里除以了零", "请先用 {% if %} 判断除数")
        case _:
            why = f"{type(error).__name__}: {error}"
            hint = "请检查这里的写法，以及用到的数据是不是数"
            return Problem(place, "模板", "这里算不出来", hint, context=why)


_SYNTAX = (
    (
        r"Unexpected end of template",
        "{{% if %}} 或 {{% for %}} 没有收尾",
        "请补上 {% endif %} 或 {% endfor %}",
    ),
    (r"unknown tag '(.+?)'", "不认识“{0}”这个标记", "可以用 if、for、set、macro，收尾用 endif、endfor 等"),
    (r"No filter named '(.+?)'", "没有名叫“{0}”的过滤器", "可以用：" + "、".join((*FILTERS, *_SAFE_FILTERS))),
    (r"unexpected '(.+?)'", "这里不该有“{0}”", "请检查花括号和百分号是否成对"),
    (r"expected token '(.+?)', got '(.+?)'", "这里应当是“{0}”，写的是“{1}”", "请检查花括号里的写法"),
)


def _syntax_words(said: str) -> tuple[str, str]:
    for pattern, message, suggestion in _SYNTAX:
        if match := re.search(pattern, said):
            words = (
                group.replace("end of print statement", "}}").replace("end of template", "模板结尾")
                for group in match.groups()
            )
            return message.format(*words), suggestion
    return "写法不对", "请检查花括号、百分号和名称"


def _undefined_problem(error: Exception, at: Location, context: Mapping[str, Any]) -> Problem:
    match = re.search(r"attribute '(.+?)'|'(.+?)' is undefined", str(error))
    name = next((group for group in match.groups() if group), "") if match else ""
    if not name:
        return Problem(at, "模板", "用到了没有的数据", "请检查名称和序号", context=str(error))
    if name in _FROM_PLAN:
        return Problem(
            at, "模板", f"用到了“{name}”，但没有指明计划文件", "请在数据里写：计划: 文件名.yaml", text=name
        )
    if name == "实际":
        message = f"指标没有这一期的“{name}”数"
        return Problem(
            at, "模板", message, "请在计划文件的“指标”里补上，按季写：实际: {1: …, 2: …}", text=name
        )
    close = difflib.get_close_matches(name, _names(context), n=1, cutoff=0.5)
    hint = f"您是不是想写“{close[0]}”？" if close else "请在数据里补上，或改正名称"
    return Problem(at, "模板", f"用到了“{name}”，数据里没有", hint, text=name)


def _names(context: Mapping[str, Any]) -> Iterable[str]:
    for key, value in context.items():
        yield key
        if isinstance(value, Mapping):
            yield from (str(inner) for inner in value)


def _line_of(error: Exception) -> int:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>" and frame.lineno]
    return lines[-1] if lines else 0
