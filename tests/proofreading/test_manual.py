"""The manual is what the rules say now; every rule has its chapter and its four entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhibi.checks import iter_rules
from zhibi.rule_pages import SUBJECTS, RulePage, clauses, manual, pages

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = {str(rule.RULE): rule for rule in iter_rules()}


def test_the_manual_is_fresh() -> None:
    written = (ROOT / "docs" / "校对手册.md").read_text(encoding="utf-8")
    assert written == manual(), "run: make manual"


def test_every_rule_has_its_chapter() -> None:
    assert {rule.SUBJECT for rule in RULES.values()} <= set(SUBJECTS)
    assert {page.rule for page in pages()} == set(RULES) == set(clauses())


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.rule)
def test_every_rule_says_why_and_shows_it(page: RulePage) -> None:
    assert (RULES[page.rule].__doc__ or "").startswith(f"{page.rule}：")
    assert all((page.summary, page.why, page.clause, page.wrong, page.right))


def test_the_readme_links_the_manual() -> None:
    assert "(docs/校对手册.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
