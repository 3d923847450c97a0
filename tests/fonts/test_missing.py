"""A character that no face holds stops the build wherever it stands, with file, line and code point."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unread import unread
from zhibi.errors import ReportError
from zhibi.layout import printable
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.paper import parse_paper
from zhibi.pipeline import build_report, check_report
from zhibi.placing import place as place_paper
from zhibi.styles import STANDARD

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = {
    "标题": "标题: 关于□的通知\n",
    "主送机关": "主送机关: 各□\n",
    "发文字号": "发文字号: 云□〔2026〕1号\n",
    "署名": "署名: 云川□局\n",
    "附注": "附注: （联系人：□）\n",
    "一级标题": "正文:\n- 标题: □要求\n  内容: [文。]\n",
    "接排": "正文:\n- 标题: 要求。\n  内容:\n  - 标题: 甲\n    接排: 乙□。\n",
    "正文": "正文: [甲□乙。]\n",
    "列项": "正文:\n- 列项: [先, □]\n",
    "表题": "正文:\n- 表:\n    标题: □表\n    栏: [名称]\n    行: [{名称: 甲}]\n",
    "表头": "正文:\n- 表:\n    栏: [{名: 甲, 题: □}]\n    行: [{甲: 乙}]\n",
    "格": "正文:\n- 表:\n    栏: [名称]\n    行: [{名称: □}]\n",
    "表注": "正文:\n- 表:\n    栏: [名称]\n    行: [{名称: 甲}]\n    注: □\n",
}
UNDRAWN = {
    "extension G": "\U00030000",
    "not assigned": "\u0378",
    "emoji": "\U0001f469\U0001f4bb",
}


def check(folder: Path, text: str) -> list[tuple[str, int, str]]:
    """Return rule, line and message of every problem of a data file."""
    head = "版本: 1\n模板: 文稿\n"
    head += "" if "标题:" in text.split("正文:")[0] else "标题: 题\n"
    body = "" if "正文:" in text else "正文: [文。]\n"
    (folder / "甲.yaml").write_text(head + text + body, encoding="utf-8")
    try:
        check_report(folder / "甲.yaml", unread(folder))
    except ReportError as error:
        return [(problem.rule, problem.at.line, problem.message) for problem in error.problems]
    return []


def lines_of(folder: Path) -> list[str]:
    return (folder / "甲.yaml").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("place", PLACES)
def test_it_is_found_wherever_it_stands(place: str, tmp_path: Path) -> None:
    assert check(tmp_path, PLACES[place].replace("□", "镕")) == [], "the control must build"
    found = check(tmp_path, PLACES[place].replace("□", "\U00030000"))
    wanted = next(number for number, line in enumerate(lines_of(tmp_path), 1) if "\U00030000" in line)
    assert [(rule, line) for rule, line, _ in found] == [("缺字", wanted)]
    assert "U+30000" in found[0][2]


@pytest.mark.parametrize("name", UNDRAWN)
def test_every_kind_of_it_is_found(name: str, tmp_path: Path) -> None:
    text = UNDRAWN[name]
    found = check(tmp_path, f'正文: ["甲{text}乙。"]\n')
    assert sorted(message for _, _, message in found) == sorted(
        f"本机的字体里都没有“{char}”（U+{ord(char):04X}）这个字" for char in text
    )


def test_a_private_character_is_refused_before_any_face_is_asked(tmp_path: Path) -> None:
    for char in "\ue123\U000f0001":
        ((rule, line, message),) = check(tmp_path, f'正文: ["甲{char}乙。"]\n')
        assert (rule, line) == ("字符", 4)
        assert f"自造字 U+{ord(char):04X}" in message


def test_a_joined_emoji_is_refused_by_its_parts(tmp_path: Path) -> None:
    found = check(tmp_path, '正文: ["甲\U0001f469\u200d\U0001f4bb乙。"]\n')
    assert [(rule, line) for rule, line, _ in found] == [("缺字", 4), ("缺字", 4), ("字符", 4)]
    assert [code in message for code, (_, _, message) in zip(("1F469", "1F4BB", "200D"), found, strict=True)]


def test_a_character_that_the_paper_shows_without_its_place_is_found_in_the_data(tmp_path: Path) -> None:
    char = "\U00030000"
    text = (
        "版本: 1\n模板: 文稿\n发文字号: 云\u3000\n版头:\n  发文机关标志: 甲\n  签发人: [乙, 张□]\n"
        "正文:\n- 表: {单位: 丙, 栏: [丁], 行: [{丁: 戊}]}\n信息公开: {己: 庚}\n"
    )
    for place in ("云", "张□", "丙", "丁", "己"):
        data = tmp_path / "甲.yaml"
        typed = text.replace("□", "") if place != "张□" else text
        data.write_text(
            typed.replace(place.rstrip("□"), place.rstrip("□") + char).replace("□", ""), encoding="utf-8"
        )
        source, _ = read_source(data, Project(tmp_path, ROOT / "templates"))
        _, (problem,) = printable(place_paper(parse_paper(source)), STANDARD, source.data)
        assert problem.at.line == next(n for n, line in enumerate(lines_of(tmp_path), 1) if char in line)
        assert "U+30000" in problem.message


@pytest.mark.parametrize("char", ["镕", "㛃", "䶮", "\U00020bb7", "\U0002b6ad"])
def test_rare_characters_that_a_face_holds_are_drawn(char: str, tmp_path: Path) -> None:
    assert check(tmp_path, f"正文: [甲{char}乙。]\n") == []


def test_a_property_needs_no_glyph(tmp_path: Path) -> None:
    (tmp_path / "甲.yaml").write_text(
        "版本: 1\n模板: 文稿\n标题: 题\n关键词: ['\U00030000']\n正文: [文。]\n", encoding="utf-8"
    )
    checked = check_report(tmp_path / "甲.yaml", Project(tmp_path, ROOT / "templates"))
    (file,) = build_report(checked, tmp_path, ("pdf",)).files
    assert file.stat().st_size > 1000
