"""What went wrong in a template or an expression -> a problem with its line, in words for clerks."""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser

from zhibi.errors import Location, Problem
from zhibi.sandbox.budget import RefusedError
from zhibi.sandbox.builtin import TEST_NAMES
from zhibi.sandbox.environment import MissingNameError
from zhibi.sandbox.filters import FILTERS
from zhibi.sandbox.rules import RefusedSourceError, forbidden
from zhibi.values import UnprintableError

_FROM_PLAN = frozenset({"任务", "指标", "统计", "单位统计"})


def template_problem(
    error: Exception, at: Location, context: Mapping[str, Any], *, own_lines: bool = False
) -> Problem:
    """Return the problem for what a template raised; `own_lines` when its lines are lines of `at.file`."""
    line = _line_of(error) if own_lines else 0
    place = Location(at.file, line, 1) if line else at
    match error:
        case RefusedSourceError():
            return Problem(place, "模板", error.message or "", error.hint)
        case jinja2.TemplateSyntaxError():
            return Problem(place, "模板", *_syntax_words(error.message or ""), context=error.message or "")
        case jinja2.UndefinedError():
            return _undefined_problem(error, place, context)
        case RefusedError():
            return Problem(place, "模板", error.message, error.hint)
        case SecurityError():
            refusal = forbidden(line)
            return Problem(place, "模板", refusal.message or "", refusal.hint)
        case UnprintableError():
            return Problem(place, "模板", str(error), "请在数据里补上，或在模板里先用 {% if %} 判断")
        case _:
            return Problem(place, "模板", *_other_words(error), context=type(error).__name__)


def _other_words(error: Exception) -> tuple[str, str]:
    match error:
        case MemoryError():
            return "内存不够，算不出来", "请检查次数和长度是不是写错了，或把公文拆成几份"
        case RecursionError():
            return "这里一层套一层，太深了", "请检查括号和宏，分几步写"
        case SyntaxError():
            return "这里的写法太复杂，或套得太深", "请检查括号和截取 [从:到] 的写法，循环不要套太多层"
        case jinja2.TemplateRuntimeError() if "No filter" in str(error) or "No test" in str(error):
            return _syntax_words(str(error))
        case ValueError() | TypeError() if "unpack" in str(error):
            return "逗号隔开的名称与每一项的个数对不上", "请检查 for 或 set 后面写了几个名称"
        case _:
            return "这里算不出来", "请检查这里的写法，以及用到的数据是不是数"


_ENGLISH = "；Jinja 自带的可以用 join、length、map、select、sort、sum 等"

_SYNTAX = (
    (
        r"Unexpected end of template",
        "{{% if %}} 或 {{% for %}} 没有收尾",
        "请补上 {% endif %} 或 {% endfor %}",
    ),
    (r"unknown tag '(.+?)'", "不认识“{0}”这个标记", "可以用 if、for、set、macro，收尾用 endif、endfor 等"),
    (r"No filter named '(.+?)'", "没有名叫“{0}”的过滤器", "可以用：" + "、".join(FILTERS) + _ENGLISH),
    (r"No test named '(.+?)'", "is 后面不能写“{0}”", "可以写：" + "、".join(TEST_NAMES)),
    (r"unexpected char '([“”‘’])'", "花括号里用了中文引号{0}", "请改成半角引号，如 '字' 或 \"字\""),
    (r"unexpected char '([（）［］｛｝，：；｜＝＋＜＞])'", "花括号里用了全角的“{0}”", "请改成半角"),
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
    said = str(error)
    match = re.search(r"attribute '(.+?)'|'(.+?)' is undefined", said)
    name = next((group for group in match.groups() if group), "") if match else ""
    if not name:
        if number := re.search(r"has no element (\d+)", said):
            message = f"没有第 {int(number[1]) + 1} 项（序号从 0 数起，写的是 {number[1]}）"
            return Problem(at, "模板", message, "请检查序号，或在数据里补上")
        return Problem(at, "模板", "用到了没有的数据", "请检查名称和序号")
    if name in _FROM_PLAN:
        return Problem(
            at, "模板", f"用到了“{name}”，但没有指明计划文件", "请在数据里写：计划: 文件名.yaml", text=name
        )
    if name == "实际":
        message = f"指标没有这一期的“{name}”数"
        return Problem(
            at, "模板", message, "请在计划文件的“指标”里补上，按季写：实际: {1: …, 2: …}", text=name
        )
    owner = error.owner if isinstance(error, MissingNameError) else None
    if owner is not None and owner is context.get("指标"):
        return Problem(
            at, "模板", f"计划的“指标”里没有“{name}”", _near(name, list(owner or ()), "指标里有"), text=name
        )
    own = [str(key) for key in owner] if isinstance(owner, Mapping) else []
    close = difflib.get_close_matches(name, own, n=1, cutoff=0.5)
    close = close or difflib.get_close_matches(name, _names(context), n=1, cutoff=0.5)
    hint = f"您是不是想写“{close[0]}”？" if close else "请在数据里补上，或改正名称"
    return Problem(at, "模板", f"用到了“{name}”，数据里没有", hint, text=name)


_LISTED = 12
"""Most names that a message lists."""


def _near(name: str, known: list[str], which: str) -> str:
    """Say which of `known` is meant, or which there are."""
    if not known:
        return "请在计划文件里写上“指标”"
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    more = "等" if len(known) > _LISTED else ""
    listed = "、".join(one[:20] for one in known[:_LISTED])
    return f"您是不是想写“{close[0]}”？" if close else f"{which}：{listed}{more}"


def _names(context: Mapping[str, Any]) -> Iterable[str]:
    for key, value in context.items():
        if not key.startswith("_"):
            yield key
        if isinstance(value, Mapping):
            yield from (str(inner) for inner in value)


def _line_of(error: Exception) -> int:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    running, compiling = 0, 0
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == "<template>":
            running = line
        compiling = _compiled_line(frame.f_locals) or compiling
    return running or compiling


def _compiled_line(names: Mapping[str, Any]) -> int:
    """Return the template's line that a function of Jinja's lexer, parser or compiler is at."""
    parser, node = names.get("self"), names.get("node")
    if isinstance(parser, Parser):
        return parser.stream.current.lineno
    line = node.lineno if isinstance(node, nodes.Node) else names.get("lineno")
    return line if isinstance(line, int) else 0
