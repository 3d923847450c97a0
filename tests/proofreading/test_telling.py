"""What a reader is told of what the rules find: each spot once, a fault of style once, in words that fit the paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.proofreading.drafts import ROOT, draft
from zhibi.checks import Paper, check_paper, doubled_serial, outline_headings, stray_spaces
from zhibi.checks.cell_limit import check as check_limits
from zhibi.errors import Level, Location, Problem
from zhibi.foreign.checking import check_foreign
from zhibi.model import Project
from zhibi.prose.excerpt import around, cut
from zhibi.prose.telling import folded, one_a_spot

TEXT = "学习贯彻党的20大精神。"


def problem(rule: str, span: tuple[int, int], level: Level, mended: str | None = None) -> Problem:
    start, end = span
    at = Location("甲.yaml", 1, 5 + start)
    return Problem(at, rule, "“错”了", "请改", level, TEXT[start:end], TEXT, mended, start)


def test_of_two_rules_on_one_spot_the_more_certain_speaks() -> None:
    sure, less = problem("甲", (6, 9), Level.ERROR, "二十大"), problem("乙", (4, 9), Level.ADVICE)
    assert one_a_spot([less, sure]) == [sure]
    assert one_a_spot([replace(less, rule="甲"), sure]) == [replace(less, rule="甲"), sure]


def test_of_two_that_are_as_certain_the_one_that_mends_speaks() -> None:
    mends, asks = problem("乙", (4, 9), Level.ADVICE, "党的二十大"), problem("甲", (4, 9), Level.ADVICE)
    assert one_a_spot([asks, mends]) == [mends]


def test_a_long_sentence_and_a_word_in_it_are_two_faults() -> None:
    long = replace(problem("长句", (0, 5), Level.QUERY), text=TEXT * 3, context=TEXT * 3)
    word = replace(problem("甲", (6, 9), Level.ERROR), context=TEXT * 3)
    assert one_a_spot([long, word]) == [long, word]


def test_words_that_only_overlap_or_stand_elsewhere_are_two_faults() -> None:
    one = problem("甲", (2, 6), Level.ERROR)
    assert len(one_a_spot([one, problem("乙", (4, 9), Level.QUERY)])) == 2
    elsewhere = replace(problem("乙", (2, 6), Level.QUERY), at=Location("甲.yaml", 9, 7))
    assert len(one_a_spot([one, elsewhere])) == 2


def test_a_fault_of_style_is_told_once_with_its_places() -> None:
    places = [problem("甲", (start, start + 1), Level.ADVICE) for start in range(4)]
    [told] = folded(places, lambda _: True, lines=False)
    assert told.message == "“错”了；同样的还有3处：“习贯彻党的20”“贯彻党的20大”“彻党的20大精”"
    [told] = folded(places, lambda _: True, lines=True)
    assert "还有3处（第1行）：" in told.message
    assert told.suggestion == "请改；其余同样"
    assert folded(places, lambda _: False, lines=True) == places


YEARS = "标题: 云川区科技局2025年工作总结\n正文: [谋划25年3月的申报。, 25年5月开始，25年底验收，2023-25年实施。]\n"


def test_years_are_folded_but_for_those_that_are_mended(tmp_path: Path) -> None:
    found = [one for one in check_paper(draft(YEARS, tmp_path)) if one.rule == "年份不全"]
    assert sorted((one.text, one.mended) for one in found) == [("25", "2025"), ("25年", None)]
    assert any("同样的还有2处（第4行）：“25年5月开始”“25年底验收”" in one.message for one in found)


def test_the_same_words_are_not_told_twice(tmp_path: Path) -> None:
    data = "正文: [学习贯彻党的20大精神。, 技术交易额比去年同期同比增长12%。]\n标题: 工作总结\n"
    found = check_paper(draft(data, tmp_path))
    assert [one.rule for one in found] == ["词语中的数字", "同比重复"]


def as_foreign(paper: Paper) -> Paper:
    return replace(paper, source=replace(paper.source, file="来文.docx.yaml"))


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        (doubled_serial, "正文: [{标题: 一、范围, 内容: [甲。]}, {标题: 时间, 内容: [乙。]}]\n"),
        (
            outline_headings,
            "目录: {项: [{标题: 成效}]}\n正文: [{标题: 问题, 内容: [甲。]}, {标题: 打算, 内容: [乙。]}]\n",
        ),
    ],
)
def test_advice_names_keys_only_in_data_of_ours(rule: object, data: str, tmp_path: Path) -> None:
    paper = draft(data, tmp_path)
    ours, theirs = (
        "".join(one.suggestion for one in rule.check(which))  # type: ignore[attr-defined]
        for which in (paper, as_foreign(paper))
    )
    assert "“编号”" in ours or "“目录: 是”" in ours
    assert theirs
    assert not any(key in theirs for key in ("编号", "目录: 是"))


def test_a_paper_from_elsewhere_is_known(tmp_path: Path) -> None:
    paper = draft("正文: [有关情况如下。]\n", tmp_path)
    assert (paper.made_from, paper.foreign) == ("", False)
    assert (as_foreign(paper).made_from, as_foreign(paper).foreign) == (".docx", True)


def test_a_text_whose_attachments_are_listed_has_no_lone_heading(tmp_path: Path) -> None:
    lines = "关于报送材料的通知\n\n一、内容\n请按要求报送。\n二、时间\n请于3月5日前报送。\n附件：1.检查表\n     2.企业名单\n云川区科技局\n"
    (tmp_path / "来文.txt").write_text(lines, encoding="utf-8")
    found = check_foreign(tmp_path / "来文.txt", Project(tmp_path, ROOT / "templates"))
    assert {one.rule for one in found} & {"孤立标题", "序号不连续"} == set()


def test_words_are_not_cut_in_the_middle(tmp_path: Path) -> None:
    assert cut("加快推进科技创新体系建设", 7) == "加快推进科技…"
    assert cut("加快推进", 7) == "加快推进"
    text = "落实减免所得税 10.6亿元，惠及企业30家、人员20名，拨付资金5亿元，建成平台3个、基地2个。"
    place = text.index(" ")
    assert around(text, (place, place + 1), 4) == ("…减免所得税", "10.6亿元")
    [found] = stray_spaces.check(draft(f"正文: ['{text}']\n", tmp_path))
    assert found.suggestion == "请删去，写成“…减免所得税10.6亿元”"


def test_a_limit_in_a_heading_holds(tmp_path: Path) -> None:
    rows = "行: [{完成: 完成投资3.2亿元，建成平台3个。}]"
    data = f"正文:\n  - 表:\n      栏: [序号, {{名: 完成, 题: 完成情况（不超过LIMIT字）}}]\n      {rows}\n"
    assert len(list(check_limits(draft(data.replace("LIMIT", "10"), tmp_path)))) == 1
    assert list(check_limits(draft(data.replace("LIMIT", "300"), tmp_path))) == []
