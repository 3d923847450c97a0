"""版式 of config.yaml: what is refused, and that every measure reaches both files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pdfplumber
import pytest
from lxml import etree

from tests.fonts.conftest import Elsewhere
from tests.fonts.conftest import elsewhere as elsewhere  # A fixture of the neighbours.
from tests.fonts.machine import make_font
from zhibi.errors import Level, ReportError
from zhibi.font_verdict import own_faces, stand_ins, verdict
from zhibi.fonts import resolve_faces
from zhibi.look import chars_on, chosen_faces, lines_on, make_look
from zhibi.model import Config, Project, read_config
from zhibi.nodes import Role
from zhibi.own_measure import measure_own, measuring_preset
from zhibi.pipeline import Built, build_report, check_report
from zhibi.schema.look import SIZES
from zhibi.styles import GBT_9704, GBT_33476, STANDARD, preset
from zhibi.typography import Face

ROOT = Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 72 / 25.4
SENTENCE = "坚持把科技创新摆在现代化建设全局的突出位置认真落实国家和省市部署深入推进创新强区建设实现指标进位平台进档企业进阶"
HEAD = "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n"


def config_of(folder: Path, more: str) -> Config:
    (folder / "config.yaml").write_text(HEAD + more, encoding="utf-8")
    return read_config(folder / "config.yaml", Project(folder, ROOT / "templates"))


def refused(folder: Path, more: str) -> list[str]:
    with pytest.raises(ReportError) as raised:
        config_of(folder, more)
    return [str(problem).split("config.yaml:")[-1] for problem in raised.value.problems]


@dataclass(frozen=True)
class Paper:
    """A paper of long paragraphs and a table, built in one look."""

    built: Built
    styles: dict[str, Any]
    body: Any
    lines: list[list[dict[str, Any]]]

    def style(self, name: str, path: str) -> str:
        """Return the one attribute of that name in a Word style, such as `spacing/line`."""
        tag, attribute = path.split("/")
        (value,) = (
            str(one.get(W + attribute))
            for one in self.styles[name].iter(W + tag)
            if W + attribute in one.attrib
        )
        return value

    def margins(self) -> dict[str, int]:
        (found,) = self.body.iter(W + "pgMar")
        return {side: int(found.get(W + side)) for side in ("top", "bottom", "left", "right")}


def paper(folder: Path, more: str) -> Paper:
    text = SENTENCE * 5
    table = "{表: {栏: [甲, 乙], 行: [{甲: 文字, 乙: 文字}]}}"
    rows = "".join(f"  - {text}\n" for _ in range(12))
    (folder / "甲.yaml").write_text(
        f"版本: 1\n模板: 文稿\n标题: 关于甲的通知\n正文:\n{rows}  - {table}\n", encoding="utf-8"
    )
    config = config_of(folder, more)
    checked = check_report(config.reports[0].data, Project(folder, ROOT / "templates"), look=config.look)
    built = build_report(checked, folder / "成品", ["docx", "pdf"])
    with ZipFile(built.files[0]) as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
    named = {style.find(W + "name").get(W + "val"): style for style in styles.iter(W + "style")}
    with pdfplumber.open(built.files[1]) as pdf:
        lines = [_lines(page.chars) for page in pdf.pages]
    return Paper(built, named, body, lines)


def _lines(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of a page: baseline from above, left edge, size, number of characters."""
    rows: dict[float, list[dict[str, Any]]] = {}
    for char in chars:
        rows.setdefault(round(841.89 - char["matrix"][5], 1), []).append(char)
    return [
        {"y": y, "x": min(c["x0"] for c in row), "size": row[0]["size"], "count": len(row)}
        for y, row in sorted(rows.items())
    ]


def body_lines(found: Paper, page: int = 1, size: float = 16) -> list[dict[str, Any]]:
    return [line for line in found.lines[page] if abs(line["size"] - size) < 0.1]


def test_nothing_asked_is_the_standard(tmp_path: Path) -> None:
    config = config_of(tmp_path, "")
    assert config.look == make_look(None) == STANDARD
    assert (config.look.changes, config.stand_ins_accepted) == ((), False)
    assert config_of(tmp_path, "版式: {标准: GB/T 33476.2}\n认可替代字体: 是\n").look == preset(GBT_33476)
    assert config_of(tmp_path, "认可替代字体: 是\n").stand_ins_accepted


def test_sizes_have_the_points_of_the_standard() -> None:
    assert (SIZES["二号"], SIZES["三号"], SIZES["四号"], SIZES["五号"]) == (22, 16, 14, 10.5)
    assert len(SIZES) == 13


WRONG = {
    "版式: {行据: 30}\n": "3:6 错误：不认识“行据” —— 您是不是想写“行距”？",
    "版式: {标准: GB 9704}\n": "3:10 错误：“标准”只能是：GB/T 9704、GB/T 33476.2 —— 写的是文字“GB 9704”，请改成其中之一",
    "版式: {行距: 12}\n": "3:10 错误：行距 12 磅小于正文的字号 16 磅，上下两行会叠在一起 —— 国标是 28.95 磅，请核对",
    "版式: {行距: 单倍}\n": "3:10 错误：“行距”应当是数，写的是文字“单倍” —— 请只写阿拉伯数字，不带单位和文字",
    "版式: {页边: {上: 200}}\n": "3:14 错误：“上”不能大于 60，写的是 200 —— 请检查这个数",
    "版式:\n  页边: {左: 60, 右: 60}\n": "4:3 错误：版心太小，一页只有 22 行、每行 16 字 —— "
    "一页至少要有 15 行、每行 20 字（国标 22 行、28 字），请减小页边、行距或字号",
    "版式: {行距: 50}\n": "3:6 错误：版心太小，一页只有 12 行、每行 28 字 —— "
    "一页至少要有 15 行、每行 20 字（国标 22 行、28 字），请减小页边、行距或字号",
    "版式: {样式: {正纹: {字号: 16}}}\n": "3:11 错误：不认识“正纹” —— 您是不是想写“正文”？",
    "版式: {样式: {空行: {字号: 16}}}\n": "3:11 错误：不认识“空行”",
    "版式: {样式: {正文: {字号: 3号}}}\n": "3:20 错误：“字号”只能是：初号、",
    "版式: {样式: {公文标题: {字号: 初号}}}\n": "3:22 错误：“公文标题”的行距 33 磅小于字号 42 磅，上下两行会叠在一起 —— "
    "请在“公文标题”里把“行距”写成 42 以上，或减小字号",
    "版式: {样式: {表格文字: {首行缩进: 2}}}\n": "3:18 错误：不认识“首行缩进” —— 请删去；这里可以写：字体、字号、行距",
    "版式: {样式: {署名: {左缩进: 15, 右缩进: 12}}}\n": "3:11 错误：“署名”一行只放得下 1 个字 —— "
    "请减小字号或缩进，一行至少要放 5 个字",
    "版式: {样式: {正文: {首行缩进: -2}}}\n": "3:22 错误：“正文”的首行伸到版心左边之外 2 字 —— 请把“左缩进”写成 2 以上，或减小悬挂缩进",
    "版式: {字体: {仿宋: “仿宋”}}\n": "3:15 错误：“仿宋”的字体名写法不对：“仿宋” —— "
    "请照 Word 字体列表里的名字写一个，不超过 31 个字，不带引号和标点",
    "认可替代字体: 对\n": "3:9 错误：“认可替代字体”只能是：是、否 —— 写的是文字“对”，请改成其中之一",
}


@pytest.mark.parametrize("more", WRONG, ids=range(len(WRONG)))
def test_nonsense_has_its_place_and_its_mending(more: str, tmp_path: Path) -> None:
    (said,) = refused(tmp_path, more)
    assert said.startswith(WRONG[more])


def test_all_nonsense_is_said_at_once(tmp_path: Path) -> None:
    said = refused(
        tmp_path, "版式: {页边: {左: 60, 右: 60}, 样式: {公文标题: {行距: 20}, 正文: {首行缩进: -1}}}\n"
    )
    assert len(said) == 3


def test_every_change_is_said_with_what_the_rule_asks() -> None:
    look = make_look(
        {
            "页边": {"上": "36", "下": "35"},
            "行距": "29",
            "字体": {"仿宋": "方正仿宋_GBK", "宋体": "宋体"},
            "样式": {"表格文字": {"字号": "小五", "行距": "12"}, "正文": {"对齐": "左", "字号": "三号"}},
        }
    )
    assert look.changes == (
        "页边上 36 毫米（国标 37）",
        "行距 29 磅（国标 28.95）",
        "仿宋用“方正仿宋_GBK”（原定“仿宋_GB2312”）",
        "表格文字字号 9 磅（惯例 10.5）",
        "表格文字行距 12 磅（惯例 14）",
        "正文对齐 左（国标 两端）",
    )


def test_the_line_distance_moves_what_stands_on_the_lines_of_the_text() -> None:
    look = make_look({"行距": "30"})
    moved = {role for role, style in look.styles.items() if style.pitch == 30}
    assert {Role.BODY, Role.HEADING_1, Role.RECIPIENTS, Role.BLANK, Role.DATE} <= moved
    assert moved.isdisjoint({Role.TITLE, Role.TABLE_CELL, Role.RED_RULE, Role.PAGE_NUMBER})
    assert look.styles[Role.BODY].spacing == STANDARD.styles[Role.BODY].spacing == -0.25


@pytest.mark.parametrize(("rule", "pitch", "top"), [(GBT_9704, 28.95, 37), (GBT_33476, 29.45, 34.58)])
def test_both_rules_give_22_lines_of_28_characters(
    rule: str, pitch: float, top: float, tmp_path: Path
) -> None:
    found = paper(tmp_path, f"版式: {{标准: {rule}}}\n")
    lines = body_lines(found)
    assert len(lines) == 22
    assert max(line["count"] for line in lines) == 28
    assert (lines[-1]["y"] - lines[0]["y"]) / 21 == pytest.approx(pitch, abs=0.02)
    assert found.style("Body Text", "spacing/line") == str(round(pitch * 20))
    assert found.style("Body Text", "spacing/val") == "-5"
    assert found.margins()["top"] == pytest.approx(top * MM * 20, abs=1)
    assert (lines_on(preset(rule)), chars_on(preset(rule))) == (22, 28)
    assert found.built.measured["通过"] > 10


def test_margins_and_line_distance_reach_both_files(tmp_path: Path) -> None:
    (tmp_path / "国标").mkdir()
    usual = body_lines(paper(tmp_path / "国标", ""))
    found = paper(tmp_path, "版式: {页边: {上: 40, 下: 30, 左: 31, 右: 23}, 行距: 30}\n")
    assert found.margins() == {
        side: pytest.approx(size * MM * 20, abs=1)
        for side, size in {"top": 40, "bottom": 30, "left": 31, "right": 23}.items()
    }
    lines = body_lines(found)
    assert lines[1]["y"] - lines[0]["y"] == pytest.approx(30, abs=0.05)
    # The first line lies lower by 3 mm, and by half of what its line is higher.
    assert lines[0]["y"] - usual[0]["y"] == pytest.approx(3 * MM + 1.05 / 2, abs=0.2)
    assert min(line["x"] for line in lines) - min(line["x"] for line in usual) == pytest.approx(
        3 * MM, abs=0.1
    )
    assert found.style("Body Text", "spacing/line") == "600"


def test_styles_reach_both_files(tmp_path: Path) -> None:
    found = paper(
        tmp_path,
        "版式: {样式: {公文标题: {字号: 小一, 行距: 36}, 表格文字: {字号: 9, 行距: 12},"
        " 正文: {字体: 楷体, 首行缩进: 0, 左缩进: 2, 右缩进: 1, 对齐: 左}}}\n",
    )
    assert found.style("公文标题", "sz/val") == "48"
    assert found.style("公文标题", "spacing/line") == "720"
    assert found.style("表格文字", "sz/val") == "18"
    assert found.style("Body Text", "rFonts/eastAsia") == "楷体_GB2312"
    assert found.style("Body Text", "jc/val") == "left"
    assert found.lines[0][0]["size"] == pytest.approx(24)
    assert [line for page in found.lines for line in page if abs(line["size"] - 9) < 0.01]
    lines = body_lines(found)
    assert {round(line["x"] / MM) for line in lines} == {round(28 + 2 * 15.75 / MM)}
    assert max(line["count"] for line in lines) == 25
    assert dict(found.built.measured)["不符"] > 0  # 22 points, 仿宋 and two characters are asked for.


def test_font_names_reach_the_word_file(tmp_path: Path) -> None:
    found = paper(tmp_path, "版式: {字体: {仿宋: 方正仿宋_GBK, 西文: Arial}}\n")
    assert found.style("Body Text", "rFonts/eastAsia") == "方正仿宋_GBK"
    assert found.style("Body Text", "rFonts/ascii") == "Arial"


def test_a_chosen_face_comes_first_and_is_the_offices_own(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(make_font(tmp_path / "a.ttf", "仿宋"), make_font(tmp_path / "b.ttf", "本局仿宋"))
    used = {Face.FANGSONG: dict.fromkeys("你好")}
    look = make_look({"字体": {"仿宋": "本局仿宋"}})
    chosen = chosen_faces(look)
    assert chosen == {Face.FANGSONG: "本局仿宋"}
    assert resolve_faces(used).main[Face.FANGSONG].family == "仿宋"
    faces = resolve_faces(used, chosen)
    assert faces.main[Face.FANGSONG].family == "本局仿宋"
    assert (faces.substitutes(), faces.substitutes(chosen)) == ({Face.FANGSONG: "本局仿宋"}, {})
    assert (stand_ins(faces), stand_ins(faces, chosen)) == (("仿宋用 本局仿宋 代替",), ())
    said = verdict((), accepted=False, own=own_faces(faces, chosen))
    assert "仿宋用 本局仿宋" in said
    assert "符合国标" not in said
    assert resolve_faces(used, {Face.FANGSONG: "没有这种字体"}).main[Face.FANGSONG].family == "仿宋"


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("standing_in", [(), ("仿宋用 甲 代替",)])
def test_nothing_holds_to_the_standard_that_a_measure_denies(
    accepted: bool, standing_in: tuple[str, ...]
) -> None:
    assert "符合国标" not in verdict(standing_in, accepted=accepted, kept=False)


def test_what_the_own_pdf_does_not_keep_is_advice(tmp_path: Path) -> None:
    built = paper(tmp_path, "版式: {行距: 30}\n").built
    assert built.measured["不符"] == 1
    assert built.measured["替代"] + built.measured["通过"] > 10
    (advice,) = [problem for problem in built.problems if problem.rule == "量版面"]
    assert advice.level is Level.ADVICE
    assert str(advice) == (
        "关于甲的通知.pdf 提醒：每页行数（全文）与国标不符：要求 22 行，量得 21 行（数了 5 页）"
        " —— config.yaml 的“版式”有改动，不是有意改的请改回国标"
    )


def test_changed_measures_are_compared_with_the_looks_own(tmp_path: Path) -> None:
    found = paper(tmp_path, "版式: {页边: {上: 36}}\n")
    assert found.built.measured["不符"] == 0
    own = measuring_preset(make_look({"页边": {"上": "39", "下": "33"}, "行距": "29"}))
    assert (own.name, own.top, own.bottom, own.pitch) == ("config.yaml", 39, 33, 29)
    assert measuring_preset(STANDARD).name == GBT_9704
    assert measuring_preset(preset(GBT_33476)).foot == 260.7


def test_a_file_that_cannot_be_measured_is_advice_and_no_loss() -> None:
    counts, (advice,) = measure_own(b"no pdf", STANDARD, "甲.pdf")
    assert (counts, advice.level) == ({}, Level.ADVICE)
    assert "没有量成" in advice.message
