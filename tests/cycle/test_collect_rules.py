"""What becomes of one cell: what the form held, what the file says now, what units say, what was taken before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from zhibi.cycle.collecting.ledger import ledger_bytes, ledger_path, noted, read_ledger
from zhibi.cycle.collecting.merging import Decision, Said, Verdict, decide
from zhibi.errors import Location

A, B = "区科技局", "区教育局"
NEW, CORRECTED, CLEARED, SAME, CONFLICT = list(Verdict)[:5]

Words = Sequence[tuple[str, str] | tuple[str, str, str]]


def decided(
    given: str, now: str, said: Words, before: Mapping[str, Sequence[str]] | None = None
) -> Decision | None:
    """Decide on what units say; the form held `given` unless the third word of a unit tells otherwise."""
    spoken = [
        Said(one[0], one[1], one[2] if len(one) > 2 else given, Location(f"{number}.xlsx 表“填报” E7"))
        for number, one in enumerate(said)
    ]
    return decide(now, spoken, before or {})


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


def test_the_ledger_remembers_what_was_taken_of_whom(tmp_path: Path) -> None:
    path = ledger_path(tmp_path / "三季度.yaml")
    assert read_ledger(path) == {}
    ledger = noted({}, {"4/状态": {A: "滞后"}})
    ledger = noted(ledger, {"4/状态": {A: "滞后", B: "滞后"}, "指标/产值": {A: "8"}})
    ledger = noted(ledger, {"4/状态": {A: "已完成"}})
    assert ledger == {"4/状态": {A: ["滞后", "已完成"], B: ["滞后"]}, "指标/产值": {A: ["8"]}}
    path.parent.mkdir(parents=True)
    path.write_bytes(ledger_bytes(ledger))
    assert read_ledger(path) == ledger


@pytest.mark.parametrize("damage", ["", "{}", "[]", "[" * 5000, "\udcff", None])
def test_a_ledger_that_somebody_changed_is_none(tmp_path: Path, damage: str | None) -> None:
    path = tmp_path / "账.json"
    whole = ledger_bytes(noted({}, {"4/状态": {A: "滞后"}})).decode()
    text = whole.replace("滞后", "已完成") if damage is None else damage
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_ledger(path) == {}
