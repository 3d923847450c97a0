"""Every file we build passes every judge: other people's validators and our house rules.

Nothing is said here about Word or WPS themselves: no error of the Open XML SDK is the nearest to it that
runs without them.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.judges import DOCX, PDF
from tests.judges.samples import NAMES, Sample
from tests.judges.tools import NO_SDK, sdk_program

NEEDS_SDK = pytest.mark.skipif(sdk_program() is None, reason=NO_SDK)
DOCX_JUDGES = [pytest.param(name, marks=NEEDS_SDK if "SDK" in name else ()) for name in DOCX]

MEANT = {("house rules", "信函"): ["tags: page 1 has no page number that is marked as one"]}
"""What the standard itself asks for: the first page of a letter has no number (GB/T 9704-2012 cl. 10.1)."""

each_sample = pytest.mark.parametrize("name", NAMES)


@each_sample
@pytest.mark.parametrize("judge", DOCX_JUDGES)
def test_word_files_are_valid(name: str, judge: str, built_samples: Callable[[str], Sample]) -> None:
    assert DOCX[judge](built_samples(name).docx) == []


@each_sample
@pytest.mark.parametrize("judge", PDF)
def test_pdf_files_are_valid(name: str, judge: str, built_samples: Callable[[str], Sample]) -> None:
    assert PDF[judge](built_samples(name).pdf) == MEANT.get((judge, name), [])
