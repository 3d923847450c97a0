"""Random expressions and bodies: words, numbers and lists, or a problem with its line; never Python, never a fault."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

from zhibi.errors import Location, ReportError
from zhibi.sandbox.builtin import FILTER_NAMES, TEST_NAMES
from zhibi.templates import Template, evaluate, new_budget, render_body, render_words
from zhibi.values import UnprintableError, cell_value

AT = Location("甲.yaml", 3, 5)
PYTHON = re.compile(
    r"<\w|object at|built-in|None|True|False|Undefined|dict_|\{'|\['|\('|\binf|\bnan|\de[+-]?\d"
)
LEAVES = (
    *(
        "名",
        "空",
        "各项",
        "任务",
        "任务[1]",
        "指标",
        "数",
        "小数",
        "无此",
        "项",
        "''",
        "'甲'",
        "'3'",
        "'3.5'",
        "0",
        "1",
        "-1",
    ),
    *(
        "2.5",
        "10 ** 30",
        "1e300",
        "true",
        "false",
        "none",
        "[]",
        "{}",
        "[1, 'a']",
        "{'甲': 1}",
        "(1, 2)",
        "range(3)",
    ),
    *("range(99999)", "'%d'", "'{}'", "'x' * 999999", "[0] * 999999", "loop", "文句"),
)
SIGNS = ("+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", ">=", "in", "not in", "and", "or")
TAILS = (
    *(
        ".内容",
        ".items()",
        ".keys()",
        ".get('内容')",
        ".upper()",
        ".split('甲')",
        ".startswith('甲')",
        ".at",
        ".x",
    ),
    *(
        "[0]",
        "[-1]",
        "['内容']",
        "[1:]",
        "[::-1]",
        "[:99999]",
        "()",
        "(1)",
        ".format(1)",
        ".__class__",
        "[名]",
        "[各项]",
    ),
)
ARGUMENTS = (
    *("", "", "", "(1)", "('内容')", "(attribute='内容')", "('甲', '乙')", "(10 ** 9)", "(名)", "(各项, 3)"),
    *("('trim')", "(none)"),
)
BODIES = (
    "甲\n{{ @ }}\n",
    "{% for x in @ %}\n{{ x }}{{ loop.index }}{% endfor %}",
    "{% set x %}{{ @ }}{% endset %}\n{{ x }}",
    "{% macro f(x) %}\n{{ x }}{% endmacro %}{{ f(@) }}",
    "{% if @ %}{{ @ }}{% endif %}",
)


def expression(source: random.Random, depth: int) -> str:
    """Return a random expression."""
    if depth == 0:
        return source.choice(LEAVES)
    inner = expression(source, depth - 1)
    match source.randrange(7):
        case 0:
            return f"({inner} {source.choice(SIGNS)} {expression(source, depth - 1)})"
        case 1 | 2:
            return f"({inner} | {source.choice(FILTER_NAMES)}{source.choice(ARGUMENTS)})"
        case 3:
            return f"({inner} is {source.choice(TEST_NAMES)}{source.choice(('', ' 2', ' 名', ' 各项'))})"
        case 4:
            return f"({inner} if {expression(source, depth - 1)} else 名)"
        case 5:
            return f"[{inner}, {expression(source, depth - 1)}]"
        case _:
            return f"{inner}{source.choice(TAILS)}"


def names() -> dict[str, Any]:
    """Return the names that a paper's expressions see."""
    task = {"内容": "抓平台", "序号": "1", "责任单位": ("局",), "进展": {"完成": ""}}
    return {
        **new_budget(),
        "名": "云川区",
        "空": None,
        "各项": ["甲", "乙"],
        "任务": (task, dict(task)),
        "数": 3,
        "小数": 0.1,
        "指标": {"投入": {"目标": "3.9"}},
        "项": task,
        "文句": {"取数": "甲"},
    }


def clean(words: Any) -> None:
    """Hold what is printed to being no Python."""
    if isinstance(words, list):
        for inner in words[:1000]:
            clean(inner)
    elif isinstance(words, str):
        assert not PYTHON.search(words[:10_000]), words[:200]
    else:
        assert words == {"取数": "甲"}, repr(words)[:200]


def in_chinese(message: str) -> None:
    assert re.search("[一-鿿]{2}", message), message


def refused(error: ReportError, lines: Sequence[int] = (AT.line,)) -> None:
    """Hold a refusal to its contract."""
    for problem in error.problems:
        assert problem.at.line in lines, str(problem)
        assert problem.suggestion
        in_chinese(problem.message)


def test_random_expressions(rounds: Callable[[int, int], int]) -> None:
    source, passed = random.Random(20), 0
    count = rounds(200, 4_000)
    for _ in range(count):
        typed = expression(source, source.randint(0, 4))
        began = time.process_time()
        try:
            clean(cell_value(evaluate(typed, names(), AT)))
            passed += 1
        except UnprintableError as error:
            in_chinese(str(error))
        except ReportError as error:
            refused(error)
        assert time.process_time() - began < 5, typed
    assert passed > count // 10


def test_random_words_and_bodies(rounds: Callable[[int, int], int]) -> None:
    source, passed = random.Random(21), 0
    count = rounds(100, 2_000)
    for _ in range(count):
        text = source.choice(BODIES).replace("@", expression(source, source.randint(0, 3)))
        began = time.process_time()
        try:
            clean(render_words(text, names(), AT))
            passed += 1
        except ReportError as error:
            refused(error)
        try:
            rendered = render_body(Template("试", "试.jinja", None, text, 7), names())  # type: ignore[arg-type]
            for value in rendered.values[:1000]:
                clean(value)
            marks = re.findall(r"\\(\d+);", rendered.text)
            assert [int(mark) for mark in marks] == sorted({int(mark) for mark in marks})
            assert all(int(mark) < len(rendered.values) for mark in marks)
        except ReportError as error:
            refused(error, range(7, 11))
        assert time.process_time() - began < 10, text
    assert passed > count // 20
