"""What becomes of one cell: what the form held, what the file says now, what units say, what was taken before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from zhibi.cycle.collecting.ledger import Ledger, ledger_bytes, ledger_path, noted, read_ledger
from zhibi.cycle.collecting.merging import Decision, Dispute, Said, Verdict, decide, disputed
from zhibi.errors import Location

A, B = "区科技局", "区教育局"
NEW, CORRECTED, CLEARED, SAME, CONFLICT = list(Verdict)[:5]

Words = Sequence[tuple[str, str] | tuple[str, str, str]]


def spoken(given: str, said: Words) -> list[Said]:
    """Return what units say; the form held `given` unless the third word of a unit tells otherwise."""
    return [
        Said(one[0], one[1], one[2] if len(one) > 2 else given, Location(f"{number}.xlsx 表“填报” E7"))
        for number, one in enumerate(said)
    ]


def decided(
    given: str, now: str, said: Words, before: Mapping[str, Sequence[str]] | None = None
) -> Decision | None:
    return decide(now, spoken(given, said), before or {})


@pytest.mark.parametrize(
    ("given", "now", "said"),
    [
        ("", "", [(A, "")]),
        ("", "别人填的", [(A, "")]),
        ("旧", "旧", [(A, "旧")]),
        ("旧", "改过", [(A, "旧"), (B, "旧")]),
        ("旧", "", [(A, "旧")]),
    ],
)
def test_what_a_unit_left_as_it_was_says_nothing(given: str, now: str, said: Words) -> None:
    assert decided(given, now, said) is None


@pytest.mark.parametrize(
    ("given", "now", "said", "before", "verdict", "text"),
    [
        ("", "", [(A, "新")], {}, NEW, "新"),
        ("", "", [(A, "新"), (B, "")], {}, NEW, "新"),
        ("", "", [(A, "新"), (B, "新")], {}, NEW, "新"),
        ("", "", [(A, "新"), (A, "新")], {}, NEW, "新"),
        ("", "", [(A, "新"), (A, "")], {}, NEW, "新"),
        ("", "新", [(A, "新")], {}, SAME, "新"),
        ("旧", "新", [(A, "新")], {B: ["新"]}, SAME, "新"),
        ("旧", "旧", [(A, "新")], {}, CORRECTED, "新"),
        ("旧", "旧", [(A, "")], {}, CLEARED, ""),
        ("旧", "旧", [(A, ""), (B, "旧")], {}, CLEARED, ""),
        ("旧", "", [(A, "")], {}, SAME, ""),
        # Forms that went out at different times: one of them knew what the file says now.
        ("", "旧", [(A, "新"), (B, "新", "旧")], {}, CORRECTED, "新"),
        # A unit corrects what it said itself, and what was taken of it.
        ("", "一稿", [(A, "二稿")], {A: ["一稿"]}, CORRECTED, "二稿"),
        ("", "二稿", [(A, "三稿")], {A: ["一稿", "二稿"]}, CORRECTED, "三稿"),
        ("旧", "一稿", [(A, "")], {A: ["一稿"]}, CLEARED, ""),
        ("", "一稿", [(A, "二稿"), (B, "二稿")], {A: ["一稿"]}, CORRECTED, "二稿"),
        # Its old workbook lies beside the new one.
        ("", "二稿", [(A, "一稿"), (A, "二稿")], {A: ["一稿", "二稿"]}, SAME, "二稿"),
        ("", "二稿", [(A, "一稿"), (A, "三稿")], {A: ["一稿", "二稿"]}, CORRECTED, "三稿"),
    ],
)
def test_what_is_taken(
    given: str, now: str, said: Words, before: Mapping[str, Sequence[str]], verdict: Verdict, text: str
) -> None:
    assert decided(given, now, said, before) == Decision(verdict, text)


@pytest.mark.parametrize(
    ("given", "now", "said", "before", "why"),
    [
        ("", "改过", [(A, "新")], {}, "表发出以后，文件里的这一格改过"),
        ("旧", "", [(A, "新")], {}, "表发出以后，文件里的这一格改过"),
        ("旧", "改过", [(A, "")], {}, "表发出以后，文件里的这一格改过"),
        ("", "", [(A, "甲"), (B, "乙")], {}, "几份说法不一"),
        ("", "甲", [(A, "甲"), (B, "乙")], {}, "几份说法不一"),
        ("旧", "旧", [(A, ""), (B, "乙")], {}, "几份说法不一"),
        ("", "", [(A, "甲"), (A, "乙")], {}, "同一单位交来的几份说法不一"),
        ("", "一稿", [(A, "一稿"), (A, "二稿")], {A: ["一稿"]}, "同一单位交来的几份说法不一"),
        # What another unit said stays until a person decides, whatever order the workbooks come in.
        ("", "甲", [(B, "乙")], {A: ["甲"]}, f"文件里现在的是{A}先前报的"),
        ("甲", "甲", [(B, "乙")], {A: ["甲"]}, f"文件里现在的是{A}先前报的"),
        ("", "甲", [(A, "乙")], {A: ["甲"], B: ["甲"]}, f"文件里现在的是{B}先前报的"),
        # What a unit has corrected does not come back by its old workbook.
        ("", "二稿", [(A, "一稿")], {A: ["一稿", "二稿"]}, "这是这个单位更正以前的文字，更正的已经并入"),
        # Somebody changed what the unit had said.
        ("", "改过", [(A, "二稿")], {A: ["一稿"]}, "表发出以后，文件里的这一格改过"),
        # A ledger that is lost.
        ("", "一稿", [(A, "二稿")], {}, "表发出以后，文件里的这一格改过"),
    ],
)
def test_what_is_a_conflict(
    given: str, now: str, said: Words, before: Mapping[str, Sequence[str]], why: str
) -> None:
    assert decided(given, now, said, before) == Decision(CONFLICT, why=why)


BOTH: Words = [(A, "甲"), (B, "乙")]


@pytest.mark.parametrize(
    ("first", "then", "now", "said", "before", "verdict"),
    [
        # A person typed what one of the two says, or other words; whoever sends again.
        ("", BOTH, "甲", BOTH, {}, Verdict.SETTLED),
        ("", BOTH, "甲", [(B, "乙")], {}, Verdict.SETTLED),
        ("", BOTH, "甲和乙", BOTH, {}, Verdict.SETTLED),
        ("", BOTH, "乙", [(A, "甲")], {B: ["乙"]}, Verdict.SETTLED),
        # What the file held was taken of the other; nobody changed it after that was told.
        ("甲", [(B, "乙")], "甲", BOTH, {A: ["甲"]}, Verdict.SETTLED),
        # Nobody has settled anything.
        ("", BOTH, "", BOTH, {}, CONFLICT),
        ("旧", BOTH, "旧", BOTH, {}, CONFLICT),
        ("旧", BOTH, "", BOTH, {}, CONFLICT),
        ("改过", [(B, "乙")], "改过", [(B, "乙")], {}, CONFLICT),
        # Words that were not told yet, and those of a third unit that were taken meanwhile.
        ("", BOTH, "甲", [(A, "甲"), (B, "丙")], {}, CONFLICT),
        ("", BOTH, "甲", [(A, "丙"), (B, "乙")], {}, CONFLICT),
        ("", BOTH, "丙", BOTH, {"区科协": ["丙"]}, CONFLICT),
    ],
)
def test_a_conflict_that_was_told_is_over_when_a_person_has_settled_it(
    first: str, then: Words, now: str, said: Words, before: Mapping[str, Sequence[str]], verdict: Verdict
) -> None:
    """The file held `first` when the two first differed, and it holds `now` when they come again."""
    told = disputed(first, spoken("空", then), before, None, first)
    found = decide(now, spoken("空", said), before, told, now)
    assert found is not None
    assert found.verdict == verdict
    assert decided("空", now, said, before) != found or verdict is CONFLICT


def test_what_is_settled_is_told_once_for_each_wording() -> None:
    told = disputed("", spoken("", BOTH), {})
    first = decide("甲", spoken("", BOTH), {}, told, "甲")
    assert first == Decision(Verdict.SETTLED, "甲", "说法不一的已经告诉过，现在以文件里的为准")
    settled = Dispute(told.file, told.told, "甲")
    assert decide("甲", spoken("", BOTH), {}, settled, "甲") == Decision(Verdict.SETTLED, "甲")
    again = decide("乙", spoken("", BOTH), {}, settled, "乙")
    assert again is not None
    assert again.why


def test_a_figure_that_changes_behind_a_sentence_settles_nothing() -> None:
    sentence = "成交{{ 指标.产值.实际 }}亿元。"
    told = disputed("成交1亿元。", spoken("", BOTH), {}, None, sentence)
    found = decide("成交2亿元。", spoken("", BOTH), {}, told, sentence)
    assert found is not None
    assert found.verdict == CONFLICT


def test_the_ledger_remembers_what_was_taken_of_whom(tmp_path: Path) -> None:
    path = ledger_path(tmp_path / "三季度.yaml")
    assert read_ledger(path) == Ledger()
    ledger = noted(Ledger(), {"4/状态": {A: "滞后"}})
    ledger = noted(ledger, {"4/状态": {A: "滞后", B: "滞后"}, "指标/产值": {A: "8"}})
    dispute = Dispute("", {A: ["甲"], B: ["乙"]}, "甲")
    ledger = noted(ledger, {"4/状态": {A: "已完成"}}, {"4/完成情况": dispute})
    assert ledger.taken == {"4/状态": {A: ["滞后", "已完成"], B: ["滞后"]}, "指标/产值": {A: ["8"]}}
    assert ledger.disputes == {"4/完成情况": dispute}
    path.parent.mkdir(parents=True)
    path.write_bytes(ledger_bytes(ledger))
    assert read_ledger(path) == ledger


@pytest.mark.parametrize("damage", ["", "{}", "[]", "[" * 5000, "\udcff", None])
def test_a_ledger_that_somebody_changed_is_none(tmp_path: Path, damage: str | None) -> None:
    path = tmp_path / "账.json"
    whole = ledger_bytes(noted(Ledger(), {"4/状态": {A: "滞后"}})).decode()
    text = whole.replace("滞后", "已完成") if damage is None else damage
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_ledger(path) == Ledger()
