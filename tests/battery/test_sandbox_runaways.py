"""Runaways: row 69 of the fault table. Each ends early, by itself, with the line it ran away at."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.battery.template_office import BODY_LINE, DATA, HEAD, check, problems, write_office
from zhibi.errors import Location, ReportError
from zhibi.sandbox import budget
from zhibi.sandbox.budget import MAX_LENGTH, MAX_OUTPUT, MAX_STEPS, Budget, RefusedError, time_limit
from zhibi.templates import Template, evaluate, new_budget, render_body, render_words

LONG = "'x' * 1000000"
DOUBLING = "\n".join(
    ["{% set a0 = (1, 2) %}", *(f"{{% set a{one + 1} = (a{one}, a{one}) %}}" for one in range(60))]
)
WORDS = "\n".join(
    ["{% set a0 = 'ab' %}", *(f"{{% set a{one + 1} = a{one} ~ a{one} %}}" for one in range(60))]
)
LISTS = "\n".join(["{% set a0 = [1] %}", *(f"{{% set a{one + 1} = a{one} + a{one} %}}" for one in range(60))])
NESTED = "{% for i in range(100000) %}{% for j in range(100000) %}{% for k in range(100000) %}"
END = "{% endfor %}"

RUNAWAYS: dict[str, tuple[str, int]] = {
    "loops in loops": (f"{NESTED}{END * 3}", 1),
    # A turn costs one step, printing another: the one that finds nothing left is a turn.
    "loops that print": (f"甲\n{NESTED}\n{{{{ i }}}}{END * 3}", 2),
    "loops of text": (f"{{% for i in range(100000) %}}{'长' * 1000}{END}", 1),
    "text in a set block": (
        f"{{% set x %}}{{% for i in range(100000) %}}{'长' * 1000}{END}{{% endset %}}",
        1,
    ),
    "a text printed over and over": (
        f"{{% set s = {LONG} %}}\n{{% for i in range(999) %}}{{{{ s }}}}{END}",
        2,
    ),
    "a macro that calls itself": ("{% macro f() %}\n{{ f() }}{% endmacro %}\n{{ f() }}", 2),
    "macros that call each other": (
        "{% macro f(g) %}{{ g(g) }}{% endmacro %}\n{% macro h(g) %}{{ g(g) }}{% endmacro %}\n{{ f(h) }}",
        2,
    ),
    "a macro that calls itself twice": (
        "{% macro f(n) %}{% if n %}\n{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(90) }}",
        2,
    ),
    "a long text": ("\n{{ 'a' * 10 ** 9 }}", 2),
    "a long list": ("\n{{ [0] * 10 ** 9 }}", 2),
    "a large power": ("\n{{ 10 ** 10 ** 8 }}", 2),
    "powers of powers": ("\n{{ 9 ** 9 ** 9 ** 9 }}", 2),
    "a large product": ("\n{{ 10 ** 29 * 10 ** 29 }}", 2),
    "words doubled": (f"{WORDS}\n{{{{ a60 }}}}", 20),
    "lists doubled": (f"{LISTS}\n{{{{ a60 }}}}", 21),
    "lists that hold each other, compared": (f"{DOUBLING}\n{{{{ a60 == (a59, a59) }}}}", 62),
    "lists that hold each other, as keys": (f"{DOUBLING}\n{{{{ {{a60: 1}} }}}}", 62),
    "lists that hold each other, asked for": (f"{DOUBLING}\n{{{{ 任务[1][a60] }}}}", 62),
    "lists that hold each other, got": (f"{DOUBLING}\n{{{{ 任务[1].get(a60) }}}}", 62),
    "lists that hold each other, sorted": (f"{DOUBLING}\n{{{{ [a60, a60] | sort }}}}", 62),
    "lists that hold each other, made unique": (f"{DOUBLING}\n{{{{ [a60, a60] | unique | list }}}}", 62),
    "lists that hold each other, joined": (f"{DOUBLING}\n{{{{ a60 | join }}}}", 62),
    "lists that hold each other, printed": (f"{DOUBLING}\n{{{{ a60 | 顿号 }}}}", 62),
    "a long join": (f"{{% set s = [{LONG}] * 1000 %}}\n{{{{ s | join }}}}", 2),
    "a long 顿号": (f"{{% set s = [{LONG}] * 1000 %}}\n{{{{ s | 顿号 }}}}", 2),
    "a long replacement": (f"{{% set s = {LONG} %}}\n{{{{ s | replace('', s) }}}}", 2),
    "a wide batch": ("\n{{ [1] | batch(10 ** 9, 0) | list }}", 2),
    "many slices": ("\n{{ [1] | slice(10 ** 9) | list }}", 2),
    "a long range": ("\n{{ range(10 ** 9) | sum }}", 2),
    "sums in loops": (f"\n{{% for i in range(99999) %}}{{% set x = range(99999) | sum %}}{END}", 2),
    "sorts in loops": (f"\n{{% for i in range(99999) %}}{{% set x = range(99999) | sort %}}{END}", 2),
    "long texts cut in loops": (
        f"{{% set s = {LONG} %}}\n{{% for i in range(99999) %}}{{% set x = s.split('x') %}}{END}",
        2,
    ),
    "long texts searched in loops": (
        f"{{% set s = {LONG} %}}\n{{% for i in range(99999) %}}{{% set x = 'xy' in s %}}{END}",
        2,
    ),
    "long lists compared in loops": (
        f"{{% set s = range(99999) | list %}}\n{{% for i in s %}}{{% set x = s == s %}}{END}",
        2,
    ),
    "a deep bracket": (f"甲\n{{{{ {'(' * 5000}1{')' * 5000} }}}}", 2),
    "a deep list": (f"甲\n{{{{ {'[' * 150}1{']' * 150} }}}}", 2),
    "a long sum": (f"甲\n{{{{ {'1 + ' * 3000}1 }}}}", 2),
    "a long chain": (f"甲\n{{{{ 名{'[0]' * 3000} }}}}", 2),
    "deep ifs": (f"甲\n{'{% if 名 %}' * 200}乙{'{% endif %}' * 200}", 2),
    "too many words": (f"甲\n{'{{ 1 }}' * 70_000}", 2),
    "a long number": (f"甲\n{{{{ {'1' * 5000} }}}}", 2),
    "many directives": (f"{{% for i in range(5000) %}}\n::正文 正文\n{END}", 1),
}


SLOW = frozenset(
    {"loops that print", "a macro that calls itself twice", "sorts in loops", "too many words"}
    | {"long texts cut in loops", "long texts searched in loops", "long lists compared in loops"}
)
"""Those that take seconds, for the full battery."""


@pytest.mark.parametrize("name", RUNAWAYS)
def test_a_runaway_ends_with_its_line(tmp_path: Path, name: str, rounds: Callable[[int, int], int]) -> None:
    if name in SLOW and not rounds(0, 1):
        pytest.skip("in the full battery")
    body, line = RUNAWAYS[name]
    file = write_office(tmp_path, body, "正文: [甲]\n")
    began = time.process_time()
    (problem,) = problems(file)
    assert time.process_time() - began < 20
    assert (problem.at.file, problem.at.line) == ("templates/试验.jinja", BODY_LINE + line - 1), str(problem)
    assert re.search("[一-鿿]{3}", problem.message)
    assert problem.suggestion
    assert "秒" not in problem.message, "the clock ended it: another machine would say another line"


def test_a_paper_has_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many small expressions use up the budget as one large one does, and only one problem says so."""
    at = Location("甲.yaml", 3, 1)
    names = {**new_budget(), "各项": list(range(100_000))}
    turns = "{% for i in 各项 %}{% endfor %}"
    for _ in range(MAX_STEPS // 100_000):
        assert render_words(turns, names, at) == ""
    with pytest.raises(ReportError, match="循环、调用和印出的次数太多") as caught:
        render_words(turns, names, at)
    assert caught.value.problems[0].at == at
    assert render_words(turns, names, at) == turns, "said once"
    with pytest.raises(ReportError):
        evaluate("各项 | sum", names, at)
    assert render_words(turns, {"各项": [1]}, at) == "", "another paper has its own"


def test_one_message_for_ten_thousand_fetches(tmp_path: Path) -> None:
    lines = "".join(
        f"  - {{取数: '{{% for i in range(99999) %}}{{% endfor %}}{number}'}}\n" for number in range(60)
    )
    found = problems(write_office(tmp_path, data=f"正文:\n{lines}"))
    assert [problem.at.line for problem in found] == [DATA.count("\n") + 2 + 30]


def test_a_large_table_stays_within_the_budget(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    """Ten thousand rows of eight columns, with a loop over all of them, are no runaway."""
    count = rounds(1_000, 10_000)
    head = HEAD.removesuffix("---\n") + (
        "表:\n  表:\n    行: 任务\n    条件: 项.序号 | int > 0 and 任务 | length\n    栏:\n"
        + "".join(f"      - {{名: 栏{one}, 值: \"项.内容 ~ '第' ~ 项.序号 ~ '项'\"}}\n" for one in range(8))
        + "---\n"
    )
    body = "{% for 项 in 任务 %}- {{ 项.内容 }}{{ loop.index }}\n{% endfor %}\n::表 表\n"
    file = write_office(tmp_path, body, head=head)
    tasks = "".join(f"  - {{序号: {one + 1}, 内容: 抓落实, 责任单位: 局}}\n" for one in range(count))
    (tmp_path / "计划.yaml").write_text(f"版本: 1\n名称: 计划\n年度: 2026\n任务:\n{tasks}", encoding="utf-8")
    found = check(file)
    assert not isinstance(found, tuple), str(found[0])
    assert f"抓落实第{count}项" in str(found.paper.flow)


@contextmanager
def seconds(count: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """Give names whose budget has `count` seconds and no end of steps."""
    names: dict[str, object] = new_budget()
    (own,) = names.values()
    assert isinstance(own, Budget)
    own.seconds, own.steps = count, 10**12
    began = time.monotonic()
    yield names
    assert time.monotonic() - began < count + 3


def test_the_clock_ends_what_counting_does_not_see(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "甲\n{% for i in range(100000) %}{% for j in range(100000) %}\n{% set x = 1 %}{% endfor %}{% endfor %}"
    template = Template("试", "试.jinja", None, body, 5)  # type: ignore[arg-type]
    with seconds(0.3, monkeypatch) as names, pytest.raises(ReportError, match="秒，已停下") as caught:
        render_body(template, names)
    assert caught.value.problems[0].at.line in {6, 7}
    with pytest.raises(ReportError, match="秒，已停下"):
        evaluate("1", names, Location("甲", 1, 1))


def test_an_alarm_of_others_goes_on() -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(RefusedError, match="秒"), time_limit(Budget(seconds=0.05)):
            time.sleep(1)
        assert rung == []
        time.sleep(0.3)
        assert rung == [signal.SIGALRM]
        with time_limit(Budget()), pytest.raises(RefusedError), time_limit(Budget(seconds=0.05)):
            time.sleep(1)
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_thread_counts_its_time_without_an_alarm() -> None:
    said: list[str] = []
    names = new_budget()

    def work() -> None:
        said.append(render_words("{{ 1 + 1 }}", names, Location("甲", 1, 1)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said == ["2"]
    assert signal.getsignal(signal.SIGALRM) is not budget._ring


def test_too_little_memory_is_a_problem_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*parts: object) -> object:
        raise MemoryError

    monkeypatch.setattr("zhibi.sandbox.environment.calculate", no_memory)
    template = Template("试", "试.jinja", None, "甲\n{{ 1 + 1 }}", 5)  # type: ignore[arg-type]
    with pytest.raises(ReportError, match=r"试\.jinja:6:1 错误：内存不够"):
        render_body(template, {})


def test_bounds_are_what_the_manual_says() -> None:
    assert (MAX_STEPS, MAX_OUTPUT, MAX_LENGTH, budget.MAX_SECONDS) == (3_000_000, 20_000_000, 1_000_000, 20.0)
