"""Our pages beside those of a CSS engine: every character, in its face, at the same place."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pdfplumber
import pytest

from tests import by_css
from tests.judges.samples import FORMS, PROJECT
from tests.layout.random_flows import random_flow
from tests.writers.papers import flow, line, small
from tests.writers.test_sheets import JOINED
from zhibi.layout import Layout, lay_out
from zhibi.pipeline import check_report
from zhibi.writers.pdf import write_pdf

MM = 25.4 / 72

DOWN = 0.01
"""Millimetres up or down that make no difference."""

ALONG = 0.15
"""Millimetres along a line: WeasyPrint cuts letter-spacing off to thousandths of an em, up to 0.006 mm a character."""


def characters(data: bytes) -> list[list[dict[str, Any]]]:
    with pdfplumber.open(BytesIO(data)) as made:
        return [[char for char in page.chars if char["text"].strip()] for page in made.pages]


def layouts() -> dict[str, Any]:
    forms = {
        name: lambda path=path: lay_out(check_report(path, PROJECT).paper.flow)
        for name, path in FORMS.items()
    }
    joined = lay_out(flow(line(f"{JOINED}开头" * 9)))
    return forms | {
        "合字": lambda: joined,
        "小样": lambda: lay_out(small()),
        "试排": lambda: lay_out(random_flow(3, 12)),
    }


@pytest.mark.parametrize("name", layouts())
def test_every_character_stands_where_a_css_engine_sets_it(name: str) -> None:
    layout: Layout = layouts()[name]()
    ours, theirs = characters(write_pdf(layout)), characters(by_css.write_pdf(layout))
    assert len(ours) == len(theirs)
    for page, other in zip(ours, theirs, strict=True):
        assert "".join(char["text"] for char in page) == "".join(char["text"] for char in other)
        for char, same in zip(page, other, strict=True):
            assert char["fontname"].partition("+")[2] == same["fontname"].partition("+")[2], char["text"]
            assert char["size"] == pytest.approx(same["size"], abs=0.01)
            assert char["matrix"][4] * MM == pytest.approx(same["matrix"][4] * MM, abs=ALONG), char["text"]
            assert char["matrix"][5] * MM == pytest.approx(same["matrix"][5] * MM, abs=DOWN), char["text"]
