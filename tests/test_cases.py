"""The text cases of tests/cases: data and template in, tree or problems out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.paper_case import Case, read_cases, run_case

CASES = read_cases()


def test_there_are_cases() -> None:
    assert len(CASES) >= 30


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    assert run_case(case, tmp_path) == case.wanted
