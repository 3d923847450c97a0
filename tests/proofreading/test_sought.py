"""Patterns say rightly what a text cannot do without for them to match, and words are found where they stand."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from tests.proofreading.drafts import draft
from tests.proofreading.test_rules import CASES
from zhibi.checks import Paper, fixed_phrases, iter_rules, old_names
from zhibi.prose import Kind, Passage
from zhibi.prose.holdings import Holdings
from zhibi.prose.openings import Openings
from zhibi.prose.sought import DIGIT, Sought

TRIES = 400
_LETTERS = "一二的是年月日数市区5,.（）“”、，。 "


def soughts_in(value: object) -> Iterator[Sought]:
    """Yield the patterns with clues among the names of a module, those in its tables too."""
    if isinstance(value, Sought) and value.clues:
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from soughts_in(one)


def every_sought() -> list[Sought]:
    iter_rules()
    modules = [
        module for name, module in sys.modules.items() if name.startswith(("zhibi.checks", "zhibi.prose"))
    ]
    values = [value for module in modules for value in vars(module).values()]
    tables = [fixed_phrases._rows(), old_names._rows()]
    return list({id(one): one for value in (*values, *tables) for one in soughts_in(value)}.values())


def written(parts: Any, chance: random.Random, groups: dict[int, str]) -> str:
    """Return words that a parsed pattern may match: a way through it taken by chance."""
    return "".join(_one(op, value, chance, groups) for op, value in parts)


def _one(op: Any, value: Any, chance: random.Random, groups: dict[int, str]) -> str:
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.IN:
        return _char_of(value, chance)
    if op in (sre.ANY, sre.NOT_LITERAL):
        return chance.choice(_LETTERS)
    if op is sre.BRANCH:
        return written(chance.choice(value[1]), chance, groups)
    if op is sre.SUBPATTERN:
        words = written(value[3], chance, groups)
        groups[value[0]] = words
        return words
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, inner = value
        count = chance.randint(least, min(int(most), least + 3))
        return "".join(written(inner, chance, groups) for _ in range(count))
    if op is sre.ASSERT:
        return written(value[1], chance, groups)
    return groups.get(value, "") if op is sre.GROUPREF else ""


def _char_of(members: Any, chance: random.Random) -> str:
    if members[0][0] is sre.NEGATE:
        return chance.choice(_LETTERS)
    op, value = chance.choice(members)
    if op is sre.RANGE:
        return chr(chance.randint(*value))
    return chr(value) if op is sre.LITERAL else chance.choice("57 ")


def test_no_pattern_matches_a_text_without_its_clues() -> None:
    chance = random.Random(20)
    matched, wrong = set(), []
    for sought in every_sought():
        parsed = _parser.parse(sought.pattern, sought.flags)
        for _ in range(TRIES):
            text = written(parsed, chance, {})
            for match in sought.finditer(text):
                matched.add(sought.pattern)
                alone = text[max(match.start() - 3, 0) : match.end() + 12]
                if DIGIT not in sought.clues and not any(clue in alone for clue in sought.clues):
                    wrong.append((sought.pattern, sought.clues, text))
    assert wrong == []
    assert len(matched) > 120


def variants(words: str) -> Iterator[str]:
    """Yield words and what they may have become in a file from elsewhere, one kind of character at a time."""
    yield words
    for usual, other in zip("%，（）“”～—-万项 1", '％,()""~–－萬項\u00a0１', strict=True):
        if usual in words:
            yield words.replace(usual, other)


def drafts_of(sentences: Sequence[str]) -> Iterator[str]:
    """Yield papers of a few sentences each."""
    for start in range(0, len(sentences), 40):
        quoted = (one.replace("'", "''") for one in sentences[start : start + 40])
        yield "正文:\n" + "".join(f"  - '{one}'\n" for one in quoted)


def test_clues_lose_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = [
        case.words for cases in CASES.values() for case in cases if case.wrong and "\n" not in case.words
    ]
    plain = [words for words in wrong if ": " not in words]
    sentences = [one for words in plain for one in variants(words)]
    papers = [draft(yaml, tmp_path) for yaml in drafts_of(sentences)]
    short = [[str(one) for rule in iter_rules() for one in rule.check(paper)] for paper in papers]
    monkeypatch.setattr(Paper, "holding", lambda paper, *clues: paper.passages)
    monkeypatch.setattr(Sought, "clued", lambda sought, text: sought.finditer(text))
    monkeypatch.setattr(Openings, "places", lambda openings, text: range(len(text)))
    for paper, found in zip(papers, short, strict=True):
        assert found == [str(one) for rule in iter_rules() for one in rule.check(paper)]


def test_a_wrong_clue_is_found() -> None:
    parsed = _parser.parse("百分之[一二三]|千分之一")
    texts = {written(parsed, random.Random(seed), {}) for seed in range(50)}
    assert any("百分之" not in text for text in texts)


def test_a_pattern_is_compiled_when_it_is_first_needed() -> None:
    never = Sought("(", "甲")
    assert list(never.clued("乙")) == []
    with pytest.raises(re.error):
        list(never.clued("甲"))


def test_a_pattern_without_clues_is_sought_everywhere() -> None:
    assert [match.group() for match in Sought(r"\d+").clued("甲12乙3")] == ["12", "3"]


def test_passages_are_found_by_what_they_hold() -> None:
    texts = ["甲乙", "丙１", "", "乙甲乙", "7丁"]
    holdings = Holdings([Passage(text, Kind.BODY, "文.yaml") for text in texts])

    def of(*words: str) -> list[str]:
        return [passage.text for passage in holdings.of(words)]

    assert of("乙") == ["甲乙", "乙甲乙"]
    assert of("丁", "甲乙") == ["甲乙", "乙甲乙", "7丁"]
    assert of("乙丙") == of("戊") == []
    assert of(DIGIT) == ["丙１", "7丁"]


def test_words_are_found_where_an_alternative_of_each_would_be() -> None:
    chance = random.Random(4)
    for _ in range(300):
        words = {"".join(chance.choices("甲乙丙]^-", k=chance.randint(1, 4))) for _ in range(6)}
        text = "".join(chance.choices("甲乙丙]^-丁", k=40))
        pattern = re.compile(f"(?={'|'.join(map(re.escape, words))})")
        assert list(Openings(words).places(text)) == [match.start() for match in pattern.finditer(text)]
    assert list(Openings([]).places("甲乙")) == []
