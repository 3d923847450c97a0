"""A 图 as a clerk types it: what is accepted, and what is said of each slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pictures.picture_drawing import paper, project
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.nodes import Flow, Picture, plain_text
from zhibi.pipeline import check_report


@pytest.fixture
def office(tmp_path: Path) -> Project:
    return project(tmp_path)


def checked(text: str, office: Project) -> Flow:
    data = office.root / "data" / "甲.yaml"
    data.write_text(text, encoding="utf-8")
    return check_report(data, office).paper.flow


def pictures(flow: Flow) -> list[Picture]:
    return [block for section in flow.sections for block in section.blocks if isinstance(block, Picture)]


SLIPS = {
    "{图: 图片/好.png}": "缺少“说明” —— 请在花括号里加上 , 说明: ",
    "{图: 图片/好.png, 说明: 甲, 标题: 图1}": "不认识“标题” —— 您是不是想写“题”？",
    "{图: 图片/好.png, 说明: 甲, 宽: 120毫米}": "“宽”应当是数，写的是文字“120毫米” —— 请写成：宽: 120",
    "{图: 图片/好.png, 说明: 甲, 宽: 5}": "“宽”不能小于 10",
    "{图: 图片/好.png, 说明: 甲, 宽: 900}": "“宽”不能大于 400",
    '{图: 图片/好.png, 说明: " "}': "“说明”是空的",
    '{图: "", 说明: 甲}': "“图”是空的",
    "{图: [甲, 乙], 说明: 甲}": "“图”应当是文字，写的是列表",
    "{图片: 图片/好.png, 说明: 甲}": "不认识“图片” —— 您是不是想写“图”？",
    "图：图片/好.png": "请改成半角冒号加一个空格：- 图: 图片/好.png",
}


@pytest.mark.parametrize("block", SLIPS)
def test_a_slip_is_told_with_its_place(block: str, office: Project) -> None:
    with pytest.raises(ReportError) as caught:
        checked(paper(block), office)
    said = [str(problem) for problem in caught.value.problems]
    assert any(SLIPS[block] in one for one in said), said
    assert all(one.startswith("data/甲.yaml:5:") for one in said)


def test_a_text_may_begin_with_the_word_of_a_key(office: Project) -> None:
    (section,) = checked(paper("说明：以下数据截至九月底。", "图 1 略。"), office).sections
    assert not pictures(checked(paper("说明：以下数据截至九月底。"), office))
    assert len(section.blocks) >= 4


def test_a_picture_stands_wherever_text_does(office: Project) -> None:
    block = "{图: 图片/好.png, 说明: 甲, 题: {取数: '{{ 标题 }}'}}"
    under = f"标题: 情况\n    内容:\n      - {block}\n      - 列项: [{{文: 一, 内容: [{block}]}}]"
    flow = checked(paper(block, under, more=f"附件:\n  - 标题: 图\n    正文: [{block}]\n"), office)
    found = pictures(flow)
    assert [plain_text(picture.caption) for picture in found] == ["关于现场情况的报告"] * 4


def test_a_caption_counts_its_series(office: Project) -> None:
    caption = "{分述: [左图为东楼，, 右图为西楼。]}"
    (picture,) = pictures(checked(paper(f"{{图: 图片/好.png, 说明: 甲, 题: {caption}}}"), office))
    assert plain_text(picture.caption) == "一是左图为东楼，二是右图为西楼。"


def test_all_bad_pictures_are_told_at_once(office: Project) -> None:
    text = paper("{图: 甲.png, 说明: 甲}", "{图: http://甲/a.png, 说明: 甲}")
    with pytest.raises(ReportError) as caught:
        checked(text, office)
    assert [problem.at.line for problem in caught.value.problems] == [5, 6]
