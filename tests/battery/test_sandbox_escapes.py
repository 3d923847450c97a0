"""Escapes from the sandbox: row 70 of the fault table, each through a body, a column and a 取数.

A success would be a file read, a process started, an attribute reached that begins with `_`, Python printed,
or more than five seconds. What is refused says so in Chinese with file and line.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.battery.template_office import BODY_LINE, DATA, HEAD, check, problems, watching, write_office
from zhibi.errors import Problem

EXPRESSIONS = (
    "''.__class__",
    "''.__class__.__mro__[1].__subclasses__()",
    "''['__class__']",
    "''['__cl' ~ 'ass__']",
    "名.__class__.__init__.__globals__",
    "名['__cl' ~ 'ass__']",
    "名 | attr('__class__')",
    "各项 | map(attribute='__class__') | list",
    "各项 | map(attribute='__cl' ~ 'ass__') | join",
    "各项 | map('attr', '__class__') | list",
    "各项 | groupby('__class__')",
    "各项 | sort(attribute='__class__')",
    "各项 | selectattr('__class__') | list",
    "各项 | sum(attribute='__class__')",
    "[名] | join(attribute='__class__')",
    "'{0.__class__}'.format(名)",
    "'{0.__class__}'.format_map({'0': 名})",
    "('{0.__class__.__init__}' | format(名))",
    "'%s' % 名.__class__",
    "'%(x)s' % {'x': 任务}",
    "cycler.__init__.__globals__.os.popen('touch 密件').read()",
    "lipsum.__globals__['os'].popen('touch 密件').read()",
    "joiner.__init__.__globals__.os.system('touch 密件')",
    "namespace.__init__.__globals__",
    "namespace(a=1)",
    "dict(a=1)",
    "self",
    "self.__init__.__globals__",
    "self._TemplateReference__context",
    "range.__self__",
    "range.__class__",
    "range",
    "range(3)",
    "open('密件')",
    "__import__('os').system('touch 密件')",
    "__builtins__",
    "__budget",
    "__values",
    "context",
    "environment",
    "config",
    "caller",
    "varargs",
    "任务[1].__class__",
    "任务.__len__()",
    "任务[1].clear()",
    "任务[1].update({'内容': '改'})",
    "各项.append('丙')",
    "各项.__add__(各项)",
    *("名.at", "名.at.file"),
    "任务[1].place_of('序号')",
    "名.quoted",
    "名.encode('utf-8')",
    "名.translate({20113: 'x' * 1000})",
    "名.__format__('>1000000000')",
    "名.ljust(10 ** 9)",
    "名.center(10 ** 9)",
    "名.zfill(10 ** 9)",
    "名.expandtabs(10 ** 9)",
    "'%1000000000d' % 1",
    "'{:>1000000000}'.format(1)",
    "'%1000000000d' is divisibleby 3",
    "'a' * 10 ** 9",
    "[1] * 10 ** 9",
    "10 ** 10 ** 8",
    "2 ** 1000",
    "1e308 * 10",
    "-1e308 * 1e10",
    "(-8) ** 0.5",
    "[任务, 1] ~ ''",
    *("任务 | string", "任务 | pprint", "任务 | tojson", "任务 | xmlattr"),
    "任务[1] ~ ''",
    "任务[1] | trim",
    "任务 | replace('a', 'b')",
    "任务[1] | 一行",
    "[任务] | 顿号",
    "任务 | 汉字",
    "任务 | 年月日",
    *("名 | safe", "名 | forceescape", "名 | random", "名 | urlize"),
    "名 is filter",
    "名 is callable",
    "名 is sameas 名",
    "任务[1].items",
    "任务[1].keys()",
    "名.upper",
    "名.split",
    "名 | map('upper')",
    "名()",
    "任务[1]()",
    "(1).real",
    "(1).__class__",
    "true.__class__",
    "none.__class__",
    "[].__class__.__base__",
    "{}.__class__.__base__",
    "().__class__.__bases__[0]",
    "(1, 2)[0:1].__class__",
    "无此名称.__class__",
)
STATEMENTS = (
    "{% include '密件' %}",
    "{% include ['密件'] ignore missing %}",
    "{% include 名 %}",
    "{% import '密件' as x %}",
    "{% from '密件' import x %}",
    "{% from '密件' import x with context %}",
    "{% extends '密件' %}",
    "{% block x %}{% endblock %}",
    "{% autoescape false %}{{ 名 }}{% endautoescape %}",
    "{% filter replace('a', 'b') %}a{% endfilter %}",
    "{% set __values = [] %}{{ 名 }}",
    "{% set __budget = 1 %}{{ 名 }}",
    "{% set 任务.x = 1 %}",
    "{% set x = namespace() %}",
    "{% macro __init__() %}{% endmacro %}",
    "{% macro f(__x) %}{% endmacro %}",
    "{% macro f() %}{{ varargs }}{% endmacro %}{{ f(1) }}",
    "{% macro f() %}{{ kwargs }}{% endmacro %}{{ f(a=1) }}",
    "{% macro f() %}{% endmacro %}{{ f }}",
    "{% macro f() %}{% endmacro %}{{ f.__init__ }}",
    "{% macro f() %}{% endmacro %}{{ f._func }}",
    "{% macro f() %}{% endmacro %}{{ f.name }}",
    "{% for x in 任务 %}{{ loop }}{% endfor %}",
    "{% for x in 任务 %}{{ loop.__init__ }}{% endfor %}",
    "{% for x in 任务 %}{{ loop._iterable }}{% endfor %}",
    "{% for x in 任务 %}{{ loop(任务) }}{% endfor %}",
    "{% for x in 任务 %}{{ loop.cycle }}{% endfor %}",
    "{% for x in 任务 recursive %}{{ loop(任务) }}{% endfor %}",
    "{% for __x in 任务 %}{% endfor %}",
    "{% with __x = 1 %}{{ __x }}{% endwith %}",
    "{% call f() %}{% endcall %}",
    "{% do 任务 %}",
    "{% debug %}",
)
PYTHON = re.compile(r"<[a-zA-Z_]|object at|built-in|Undefined|dict_[kiv]|Traceback|\w+Error|0x[0-9a-f]{6}")
"""What only Python says."""

TABLE = """---
版本: 1
说明: 试验
字段:
  名: {{类型: 文字}}
  各项: {{类型: 文字列表}}
  计划: {{类型: 计划}}
表:
  表:
    行: 任务
    栏:
      - {{名: 甲, 值: 项.内容}}
      - 名: 乙
        值: {expression}
---
::表 表
"""
TABLE_LINE = 14


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def refused_at(found: Sequence[Problem], file: str, line: int, payload: str) -> None:
    """Hold one refusal to its contract."""
    here = [problem for problem in found if (problem.at.file, problem.at.line) == (file, line)]
    assert len(here) == 1, (payload, [str(problem) for problem in found])
    said = f"{here[0].message}{here[0].suggestion}"
    assert re.search("[一-鿿]{3}", here[0].message), said
    assert here[0].suggestion, said
    assert not PYTHON.search(said), said


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("沙箱")
    (folder / "templates").mkdir()
    for place in (folder, folder / "templates"):
        (place / "密件").write_text("不可见", encoding="utf-8")
    return folder


@pytest.mark.parametrize("payload", [*(f"{{{{ {one} }}}}" for one in EXPRESSIONS), *STATEMENTS])
def test_no_escape_through_a_body(folder: Path, payload: str) -> None:
    began = time.process_time()
    with watching("密件") as seen:
        found = problems(write_office(folder, f"甲\n{payload}\n"))
    assert seen == []
    assert time.process_time() - began < 5
    refused_at(found, "templates/试验.jinja", BODY_LINE + 1, payload)


def test_no_escape_through_a_column(folder: Path, rounds: Callable[[int, int], int]) -> None:
    chosen = random.Random(70).sample(EXPRESSIONS, rounds(35, len(EXPRESSIONS)))
    for payload in chosen:
        began = time.process_time()
        with watching("密件") as seen:
            found = problems(write_office(folder, "", head=TABLE.format(expression=quoted(payload))))
        assert seen == [], payload
        assert time.process_time() - began < 5, payload
        refused_at(found, "templates/试验.jinja", TABLE_LINE, payload)


def test_no_escape_through_words_that_data_fetch(folder: Path) -> None:
    payloads = [*(f"{{{{ {one} }}}}" for one in EXPRESSIONS), *STATEMENTS]
    lines = "".join(f"  - {{取数: {quoted('甲' + one)}}}\n" for one in payloads)
    with watching("密件") as seen:
        found = problems(write_office(folder, data=f"正文:\n{lines}"))
    assert seen == []
    first = DATA.count("\n") + 2
    for number, payload in enumerate(payloads):
        refused_at(found, "数据.yaml", first + number, payload)
    assert len(found) == len(payloads)


def test_names_that_begin_with_a_line_are_reached_by_no_chain(
    folder: Path, rounds: Callable[[int, int], int]
) -> None:
    source = random.Random(70)
    bases = (
        "''",
        "名",
        "任务",
        "任务[1]",
        "各项",
        "range",
        "1",
        "{}",
        "loop",
        "指标",
        "(1, 2)",
        "名.split",
        "f",
    )
    names = (
        "__class__",
        "__init__",
        "__globals__",
        "__mro__",
        "__dict__",
        "_fields",
        "__getattribute__",
        "_x",
    )
    steps: tuple[Callable[[str], str], ...] = (
        lambda name: f".{name}",
        lambda name: f"['{name}']",
        lambda name: f"['{name[:3]}' ~ '{name[3:]}']",
        lambda name: f".get('{name}').{name}",
        lambda name: f" | map(attribute='{name}') | list",
        lambda name: f" | default('') | attr('{name}')",
    )
    for _ in range(rounds(40, 1500)):
        chain = source.choice(bases)
        for _ in range(source.randint(1, 3)):
            chain += source.choice(steps)(source.choice(names))
        payload = f"{{% macro f() %}}{{% endmacro %}}{{% for x in 任务 %}}{{{{ {chain} }}}}{{% endfor %}}"
        found = problems(write_office(folder, f"\n{payload}\n"))
        refused_at(found, "templates/试验.jinja", BODY_LINE + 1, payload)


def test_what_is_printed_once_cannot_be_forged_or_torn(folder: Path) -> None:
    """What macros and set blocks print holds references to values; nothing may write or cut one."""
    start = "{% macro f() %}{{ 名 }}{% endmacro %}{% set 块 %}{{ 名 }}{% endset %}"
    for tearing in (
        *("f() ~ '7;'", "f() + '7'", "f() * 2", "f()[0]", "f()[1:]", "f() | replace('0', '1')", "f() | list"),
        *("块 | reverse", "块 | trim", "[块] | join", "[块, 块] | 顿号", "块 | 一行", "块.upper()", "块 % 1"),
    ):
        found = problems(write_office(folder, f"{start}\n{{{{ {tearing} }}}}\n"))
        refused_at(found, "templates/试验.jinja", BODY_LINE + 1, tearing)
    whole = check(write_office(folder, start + "{{ f() }}、{{ 块 }}、{{ '\\\\0;' }}、\\\\0;\n"))
    assert not isinstance(whole, tuple)
    assert "云川区" in str(whole.paper.flow)


def test_the_general_head_is_in_order(folder: Path) -> None:
    """The payloads are refused for what they are: without them the same office passes."""
    assert not isinstance(check(write_office(folder, "甲{{ 名 }}\n")), tuple)
    assert not isinstance(check(write_office(folder, "", head=TABLE.format(expression="项.序号"))), tuple)
    assert HEAD.startswith("---")
