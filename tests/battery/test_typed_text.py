"""Cleaning keeps its promises on any text: what is left is clean, and every place is the one that was typed."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tests.battery.hostile_texts import COMBINED, HAN, MARKUP, NOTICED, REFUSED, documented
from zhibi.errors import Level, Location
from zhibi.typed_text import clean, clean_value

PIECES = st.sampled_from(
    [*HAN[:8], *MARKUP, *NOTICED, *REFUSED, *COMBINED, "\u0323", "\u1161", "\n", " ", "a"]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_what_is_cleaned_stays_as_it_is(text: str) -> None:
    once = clean(text, "甲.yaml")
    again = clean(once.text, "甲.yaml")
    assert (again.text, again.problems) == (once.text, ())
    assert clean_value(once.text.replace("\t", ""), Location("甲.yaml", 1, 1))[1] == []


@given(TEXTS)
def test_what_changes_is_said_and_what_is_not_said_stays(text: str) -> None:
    cleaned = clean(text, "甲.yaml")
    assert (cleaned.text == text) is (cleaned.problems == ())
    if all(problem.level is Level.ADVICE for problem in cleaned.problems) and "\r" not in text:
        assert cleaned.text.replace("\t", " ") == documented(text)


@given(TEXTS)
def test_lines_stay_and_columns_lead_back(text: str) -> None:
    cleaned = clean(text, "甲.yaml")
    before, after = text.split("\n"), cleaned.text.split("\n")
    assert len(before) == len(after)
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        places = [cleaned.at(Location("甲.yaml", number, column)).column for column in range(1, len(new) + 2)]
        assert places == sorted(places)
        assert places[-1] == len(old) + 1, "the end of a line is where it was"
        for char, column in zip(new, places[:-1], strict=True):
            same = unicodedata.normalize("NFKD", old[column - 1])[0] == unicodedata.normalize("NFKD", char)[0]
            assert same or char in " □" or (old[column - 1], char) == ("\ue81e", "\u9fb4")


@given(TEXTS)
def test_every_problem_names_a_place_of_the_text(text: str) -> None:
    lines = text.split("\n")
    for problem in clean(text, "甲.yaml").problems:
        assert 1 <= problem.at.line <= len(lines)
        assert 1 <= problem.at.column <= len(lines[problem.at.line - 1])
        assert problem.suggestion
        f"{problem}{problem.text}".encode()  # A lone surrogate could not be printed.
