"""Rules that look at tables or at several parts of a paper: their cases are whole papers, in `whole/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofreading.test_rules import LEAST_RIGHT, LEAST_WRONG, RULES, findings, sentences_of

CASES = {
    path.stem: list(sentences_of(path)) for path in sorted((Path(__file__).parent / "whole").glob("*.txt"))
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_is_wrong_in_a_paper_and_leaves_what_is_right(name: str, tmp_path: Path) -> None:
    cases = CASES[name]
    assert sum(case.wrong for case in cases) >= LEAST_WRONG
    assert sum(not case.wrong for case in cases) >= LEAST_RIGHT
    said = [(case, findings(case.yaml, RULES[name], tmp_path)) for case in cases]
    failed = [(case.words, [str(one) for one in found]) for case, found in said if bool(found) != case.wrong]
    assert failed == []
    assert all(one.rule == RULES[name].RULE and one.suggestion for _, found in said for one in found)


@pytest.mark.parametrize("name", CASES)
def test_the_page_of_a_rule_has_its_examples(name: str) -> None:
    page = RULES[name].__doc__ or ""
    assert all(f"\n{part}：" in page for part in ("为什么", "依据", "错", "对"))
