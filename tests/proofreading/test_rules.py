"""Every proofreading rule against its own sentences, wrong and right, and against the example in its docstring.

A file `<module>.txt` beside this one holds the cases of a rule, one a line or, after `错：` or `对：`, the
indented lines of a 文稿 (its 正文 and whatever else it needs); a line such as 标题: … is one of a 文稿 too::

    错 the rule must speak
    改 what the words are after the mends that the program is sure of (optional, after 错)
    对 the rule must be silent
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests.proofreading.drafts import draft
from zhibi.checks import iter_rules
from zhibi.errors import Problem

HERE = Path(__file__).parent
LEAST_WRONG, LEAST_RIGHT = 4, 6
RULES = {rule.__name__.rpartition(".")[2]: rule for rule in iter_rules()}


@dataclass(frozen=True)
class Sentence:
    """One case: the words or the YAML, whether they are wrong, and what they are mended to."""

    words: str
    wrong: bool
    mended: str = ""

    @property
    def yaml(self) -> str:
        if "\n" in self.words or re.match(r"[\u4e00-\u9fff]+: ", self.words):
            return self.words if "正文:" in self.words else f"{self.words}\n正文: [有关情况如下。]\n"
        quoted = self.words.replace("'", "''")
        return f"正文:\n  - '{quoted}'\n"


def sentences_of(path: Path) -> Iterator[Sentence]:
    """Yield the cases of a file."""
    lines = [*path.read_text(encoding="utf-8").split("\n"), ""]
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if re.match(r"[错对]：\s*$", line):
            block = []
            while number < len(lines) and (lines[number].startswith(" ") or not lines[number]):
                block.append(lines[number][2:])
                number += 1
            yield Sentence("\n".join(block).rstrip() + "\n", line[0] == "错")
        elif match := re.match(r"([错对]) (.+)", line):
            mended = lines[number][2:] if lines[number].startswith("改 ") else ""
            number += bool(mended)
            yield Sentence(match[2], match[1] == "错", mended)
        else:
            assert not line or line.startswith("#"), f"{path.name}: {line}"


def findings(yaml: str, rule: ModuleType, folder: Path) -> list[Problem]:
    """Return what `rule` says about a 文稿."""
    return list(rule.check(draft(yaml, folder)))


def mend(words: str, problems: list[Problem]) -> str:
    """Return the one line of a case as the program would mend it."""
    start = len("  - '") + 1
    for problem in sorted(problems, key=lambda one: one.at, reverse=True):
        if problem.mended is not None:
            at = problem.at.column - start
            assert words[at : at + len(problem.text)] == problem.text
            words = words[:at] + problem.mended + words[at + len(problem.text) :]
    return words


CASES = {path.stem: list(sentences_of(path)) for path in sorted(HERE.glob("*.txt"))}
EACH = [(name, case) for name, cases in CASES.items() for case in cases]


def test_every_file_belongs_to_a_rule_and_has_enough_cases() -> None:
    assert set(CASES) <= set(RULES)
    few = {
        name: (sum(case.wrong for case in cases), sum(not case.wrong for case in cases))
        for name, cases in CASES.items()
        if sum(case.wrong for case in cases) < LEAST_WRONG
        or sum(not case.wrong for case in cases) < LEAST_RIGHT
    }
    assert few == {}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_is_wrong_and_leaves_what_is_right(name: str, tmp_path: Path) -> None:
    failed = []
    for case in CASES[name]:
        found = findings(case.yaml, RULES[name], tmp_path)
        if bool(found) != case.wrong:
            failed.append(("没有查出" if case.wrong else "误报", case.words, [str(one) for one in found]))
        elif case.mended and mend(case.words, found) != case.mended:
            failed.append(("改错了", case.words, [mend(case.words, found)]))
        for problem in found:
            assert problem.rule == RULES[name].RULE
            assert problem.suggestion
    assert failed == []


@pytest.mark.parametrize("name", CASES)
def test_the_examples_of_the_manual_hold(name: str, tmp_path: Path) -> None:
    page = RULES[name].__doc__ or ""
    for sign in ("错", "对"):
        found = re.findall(rf"(?m)^{sign}：(.+(?:\n  .+)*)$", page)
        assert found, f"{name} has no {sign}"
        for words in found:
            said = findings(Sentence(words.replace("\n  ", "\n"), True).yaml, RULES[name], tmp_path)
            assert bool(said) == (sign == "错"), (words, [str(one) for one in said])
