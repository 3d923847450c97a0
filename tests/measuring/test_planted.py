"""A right paper has no fault; each planted fault is found, by the name of its element, and no other is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.measuring import drawing, made
from zhibi.measuring import Finding, Verdict, measure_pdf
from zhibi.measuring.measures import BY_NAME

SPECIAL = {
    "命令标志位置",
    "命令正文位置",
    "联合标志",
    "签发人",
    "签发人位置",
    "出席名单位置",
    "出席名单左右",
    "出席名单字体",
    "标题形状",
    "横排页页码",
    *(name for name in BY_NAME if name.startswith("信函")),
}
"""Elements that an ordinary paper has not; test_kinds.py and test_forms.py plant faults in them."""

Planted = tuple[dict[str, Any], set[str]]
PAPERS: dict[str, list[Planted]] = {
    "纸": [({"paper": "216mm 279mm"}, {"纸张", "页码高低", "页码左右", "版记左右"})],
    "天头": [({"top": 39.5, "rows": 21}, {"天头", "每页行数", "版心下边", "附件序号位置"})],
    "订口": [({"left": 30.0}, {"订口", "版心右边"})],
    "29 磅": [
        ({"pitch": 29.0, "rows": 21}, {"行距", "每页行数", "版心下边"}),
        ({"serial_left": 32.0}, {"份号"}),
        ({"rule_gap": 5.0}, {"红色分隔线位置"}),
        ({"imprint_thin": 0.4}, {"版记中间线粗细"}),
    ],
    "28 磅": [
        ({"pitch": 28.0}, {"行距", "版心下边"}),
        ({"number": "云科〔2026〕第3号"}, {"发文字号写法"}),
        ({"folio_size": 12}, {"页码字号"}),
        ({"imprint_inset": 0.0}, {"版记左右"}),
    ],
    "27 字": [
        ({"per_line": 27, "spacing": 0.0}, {"每行字数", "版心右边"}),
        ({"title_size": 20}, {"标题字号"}),
        ({"folio_text": "{}"}, {"页码写法"}),
    ],
    "不齐": [
        ({"ragged": 1.5}, {"右边对齐", "版心右边"}),
        ({"number": "云科[2026]3号"}, {"发文字号写法"}),
        ({"rule_length": 150.0}, {"红色分隔线长度"}),
        ({"imprint_length": 150.0}, {"版记线长度"}),
        ({"folio_face": "黑体"}, {"页码字体"}),
    ],
    "小": [
        ({"body_size": 15, "spacing": 0.75}, {"正文字号", "版心右边"}),
        ({"number": "云科〔2026〕03号"}, {"发文字号写法"}),
        ({"annex_size": 18}, {"附件标题字号"}),
        ({"imprint_size": 16}, {"版记字号"}),
    ],
    "黑": [
        ({"body_face": "黑体"}, {"正文字体"}),
        ({"secrecy_row": 4}, {"密级和保密期限", "紧急程度"}),
        ({"title_size": 16}, {"标题字号"}),
        ({"folio_missing": 2}, {"页码齐全"}),
    ],
    "标志": [
        ({"mark_top": 71.0}, {"发文机关标志位置"}),
        ({"mark_shift": 2.0}, {"发文机关标志居中"}),
        ({"number_rows": 3}, {"发文字号位置"}),
        ({"number_shift": 3.0}, {"发文字号左右"}),
        ({"urgency_face": "楷体"}, {"紧急程度"}),
        ({"imprint_thick": 0.2}, {"版记首末线粗细"}),
    ],
    "标题": [
        ({"title_rows": 1}, {"标题位置"}),
        ({"title_face": "黑体"}, {"标题字体"}),
        ({"title_shift": 2.0}, {"标题居中"}),
        ({"to_rows": 0}, {"主送机关位置"}),
        ({"folio_text": "-{}-"}, {"页码写法"}),
    ],
    "形状": [
        (
            {"title": ("关于做好二〇二六年度科技计划项目", "储备和立项", "工作有关事项的通知并印发办法")},
            {"标题形状"},
        ),
        ({"to_left": 39.0}, {"主送机关左边"}),
        ({"indent": 3.0}, {"首行缩进"}),
        ({"folio_centred": True}, {"页码左右"}),
    ],
    "缩进": [
        ({"indent": 0.0}, {"首行缩进"}),
        ({"to_rows": 2}, {"主送机关位置"}),
        ({"extra_page": True}, {"版记页"}),
    ],
    "层次": [
        ({"level_1": "仿宋"}, {"一级标题"}),
        ({"level_2": "黑体"}, {"二级标题"}),
        ({"level_3": "黑体"}, {"三级标题"}),
        ({"level_4": "楷体"}, {"四级标题"}),
        ({"folio_up": 25.0}, {"页码高低"}),
    ],
    "粗": [
        ({"level_2_style": "font-weight:bold"}, {"加粗"}),
        ({"heading_at_foot": True}, {"页末标题"}),
        ({"note_rows": 0}, {"附件说明位置"}),
        ({"imprint_foot": 240.0}, {"版记末线位置"}),
    ],
    "文尾": [
        ({"note_indent": 0.0}, {"附件说明左边"}),
        ({"name_rows": 0}, {"署名位置"}),
        ({"date_shift": 0.5}, {"署名和日期左右"}),
        ({"date": "2026年09月05日"}, {"成文日期写法"}),
        ({"label_face": "仿宋"}, {"附件序号字体"}),
    ],
    "附件": [
        ({"remark_indent": 0.0}, {"附注左边"}),
        ({"date": "二〇二六年十月二十日"}, {"成文日期写法"}),
        ({"label_left": 33.0}, {"附件序号位置"}),
        ({"annex_rows": 0}, {"附件标题位置"}),
        ({"folio_inset": 0.0}, {"页码左右"}),
    ],
    "空页": [
        ({"body_on_1": False}, {"首页正文"}),
        ({"body_with_names": False}, {"署名同页正文"}),
        ({"name_right": 0.0}, {"署名和日期左右"}),
        ({"more": drawing.words("\ufffd", 50, 150)}, {"缺字"}),
    ],
}
"""Papers with faults that have nothing to do with one another, and the elements that each fault is seen in."""


def faults(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.element for finding in findings if finding.verdict is Verdict.FAULT}


def test_a_right_paper_has_no_fault_and_misses_no_element() -> None:
    findings = measure_pdf(made.paper()).findings
    assert faults(findings) == set()
    absent = {finding.element for finding in findings if finding.verdict is Verdict.NOT_HERE}
    assert absent == SPECIAL
    assert {finding.element for finding in findings} == set(BY_NAME)


@pytest.mark.parametrize("planted", PAPERS.values(), ids=PAPERS)
def test_planted_faults_are_named_and_no_others(planted: list[Planted]) -> None:
    changes = {key: value for change, _ in planted for key, value in change.items()}
    assert faults(measure_pdf(made.paper(**changes)).findings) == {
        element for _, elements in planted for element in elements
    }


def test_every_element_of_the_table_has_a_planted_fault() -> None:
    seen = {element for planted in PAPERS.values() for _, elements in planted for element in elements}
    assert set(BY_NAME) - seen - SPECIAL == {"字体嵌入"}
