"""All forms of the standard, as PDF and as LibreOffice lays the Word file: measured whole, and judged right.

What is planted is changed in the HTML of `by_css` before WeasyPrint sets it, so that one element goes wrong.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import by_css
from tests.test_parity import PROJECT, render
from zhibi.look import make_look
from zhibi.measuring import Finding, Measured, Verdict, measure_pdf
from zhibi.measuring.judging import by_length, folded
from zhibi.own_measure import measuring_preset
from zhibi.pipeline import build_report, check_report
from zhibi.writers import pdf as module

FORMS = Path(__file__).resolve().parent.parent / "forms"
OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")

EVERY = {"纸张", "订口", "行距", "正文字号", "正文字体", "首行缩进", "首页正文", "加粗", "发文机关标志居中"}
EVERY |= {"发文字号写法", "页码齐全", "页码写法", "页码字号", "页码字体", "页码高低", "页码左右"}
EVERY |= {"字体嵌入", "缺字"}
NUMBER = {"发文字号位置", "发文字号左右"}
STACK = {"份号", "密级和保密期限", "紧急程度"}
TITLE = {"标题位置", "标题字号", "标题字体", "标题居中"}
TO = {"主送机关位置", "主送机关左边"}
LINES = {"版心右边", "每行字数", "右边对齐", "一级标题", "页末标题"}
SIGNED = {"署名和日期左右", "成文日期写法", "署名同页正文"}
IMPRINT = {"版记线长度", "版记首末线粗细", "版记末线位置", "版记页", "版记字号", "版记左右"}
PAPER = {"天头", "发文机关标志位置", "红色分隔线位置", "红色分隔线长度", "附注左边", "版记中间线粗细"}
PAPER |= STACK | NUMBER | TITLE | TO | LINES | SIGNED | IMPRINT

EXPECTED = {
    "文件": EVERY | PAPER | {"签发人位置", "签发人"},
    "联合": EVERY | PAPER | {"联合标志"},
    "信函": EVERY
    | (STACK | TITLE | TO | LINES | SIGNED)
    | {"信函上双线位置", "信函上双线长度", "信函下双线位置", "信函下双线长度", "信函标志位置", "信函发文字号"}
    | {"信函首页页码", "信函版记", "附注左边", "版记字号", "版记左右"},
    "命令": EVERY | NUMBER | SIGNED | {"命令标志位置", "命令正文位置", "署名位置", "版心右边"},
    "纪要": EVERY
    | (NUMBER | TITLE | IMPRINT)
    | {"版心右边", "发文机关标志位置", "出席名单位置", "出席名单左右", "出席名单字体"},
}
"""Form -> every element that is there."""

"""What is wrong in our own papers: the block of a joint mark stands 1.4 mm (a cell's padding) too far right."""

SHORT_LETTER = """版本: 1
模板: 文稿
版头: {格式: 信函, 发文机关标志: 云川市云川区科学技术局}
发文字号: 云科函〔2026〕5号
标题: 关于商请支持科创园区建设的函
主送机关: 云川区财政局：
正文:
  - 为加快科创园区建设，商请支持。
  - 请予函复。
署名: 云川市云川区科学技术局
成文日期: 2026年2月18日
版记: {抄送: 区政府办公室。}
"""

Patch = tuple[tuple[str, str], ...]
PLANTED: dict[str, tuple[str, Patch, set[str]]] = {
    "签发人在左": ("文件", (("margin-left:253.20pt", "margin-left:100pt"),), {"签发人"}),
    "签发人不对齐": ("文件", (("margin-left:187.50pt", "margin-left:200pt"),), {"签发人"}),
    "姓名仿宋": (
        "文件",
        ((".签发人 .标签{", '.签发人>span{font-family:"FandolFang"!important}.签发人 .标签{'),),
        {"签发人"},
    ),
    "发文字号顶格": (
        "文件",
        (
            ('<span><span class="标签">云府〔', '<span style="margin-left:-15pt"><span class="标签">云府〔'),
            ("margin-left:187.50pt", "margin-left:202.50pt"),
        ),
        {"发文字号左右"},
    ),
    "签发人空一行": (
        "文件",
        (("line-height:50.25pt;min-height:50.25pt", "line-height:21pt;min-height:21pt"),),
        {"签发人位置"},
    ),
    "红线 6 毫米": (
        "文件",
        (("line-height:9.2pt;min-height:9.2pt", "line-height:15.3pt;min-height:15.3pt"),),
        {"红色分隔线位置"},
    ),
    "红线短": (
        "文件",
        ((".红色分隔线{line-height:0", ".红色分隔线{width:150mm;line-height:0"),),
        {"红色分隔线长度"},
    ),
    "版记末线高": (
        "文件",
        (('<p class="版记末线"', '<p style="position:relative;top:-3mm" class="版记末线"'),),
        {"版记末线位置"},
    ),
    "联合标志偏左 5 毫米": (
        "联合",
        ((".联合发文机关标志{", ".联合发文机关标志{position:relative;left:-6.41mm;"),),
        {"发文机关标志居中"},
    ),
    "名称不等宽": (
        "联合",
        (("letter-spacing:10.8472pt", "letter-spacing:6pt"),),
        {"联合标志"},
    ),
    "文件不在中间": (
        "联合",
        (
            (
                ".联合发文机关标志>div{",
                ".联合发文机关标志>div:last-child{margin-top:-8mm}.联合发文机关标志>div{",
            ),
        ),
        {"联合标志"},
    ),
    "联合日期偏": (
        "联合",
        (("padding-right:63.25pt", "padding-right:31pt"),),
        {"署名和日期左右"},
    ),
    "信函下线 25 毫米": (
        "信函",
        (("margin:3.318mm -6mm 0 -8mm", "margin:-1.682mm -6mm 0 -8mm"),),
        {"信函下双线位置"},
    ),
    "信函字号不靠右": ("信函", (("margin-left:266.75pt", "margin-left:200pt"),), {"信函发文字号"}),
    "信函份号缩进": (
        "信函",
        (('<p class="份号">', '<p class="份号" style="margin-left:5mm;margin-right:-5mm">'),),
        {"份号", "信函发文字号"},
    ),
    "信函版记加线": (
        "信函",
        (
            ("line-height:571.3pt;min-height:571.3pt", "line-height:566pt;min-height:566pt"),
            ('<p class="抄送机关">', '<p class="版记首线"></p><p class="抄送机关">'),
            ("办事处。</span></p>", '办事处。</span></p><p class="版记末线"></p>'),
        ),
        {"信函版记"},
    ),
    "令标志 60 毫米": (
        "命令",
        (("line-height:50.7pt;min-height:50.7pt", "line-height:59.2pt;min-height:59.2pt"),),
        {"命令标志位置"},
    ),
    "令号在左": (
        "命令",
        (('<p class="发文字号">', '<p class="发文字号" style="text-align:left">'),),
        {"发文字号左右"},
    ),
    "令正文空一行": (
        "命令",
        (
            (
                '<p class="空行"></p>\n<p class="空行"></p>\n<p class="正文">',
                '<p class="空行"></p>\n<p class="正文">',
            ),
        ),
        {"命令正文位置"},
    ),
    "签名章日期": ("命令", (("padding-right:63.25pt", "padding-right:31pt"),), {"署名和日期左右"}),
    "签名章上空一行": (
        "命令",
        (
            (
                '<p class="空行"></p>\n<p class="空行"></p>\n<p class="签名章"',
                '<p class="空行"></p>\n<p class="签名章"',
            ),
        ),
        {"署名位置"},
    ),
    "出席仿宋": (
        "纪要",
        (('.出席 .标签{font-family:"Noto Sans CJK SC";font-weight:700}', ".出席 .标签{}"),),
        {"出席名单字体"},
    ),
    "出席顶格": ("纪要", (("padding:0 0.25pt 0 78.75pt", "padding:0 0.25pt 0 47.25pt"),), {"出席名单左右"}),
    "出席不空行": (
        "纪要",
        (('<p class="空行"></p>\n<p class="出席">', '<p class="出席">'),),
        {"出席名单位置"},
    ),
    "纪要标志 70 毫米": (
        "纪要",
        (("line-height:95pt;min-height:95pt", "line-height:89.3pt;min-height:89.3pt"),),
        {"发文机关标志位置"},
    ),
}
"""What is planted -> form, what is replaced in the HTML, the elements that are then 不符 in all."""


def measured_as(form: str, kind: str, folder: Path) -> Measured:
    """Return what is measured in a form: our PDF, or what LibreOffice makes of our Word file."""
    made = build_report(check_report(FORMS / f"{form}.yaml", PROJECT), folder / "成品", (kind,))
    file = made.files[0] if kind == "pdf" else render(made.files[0], folder)
    return measure_pdf(file.read_bytes())


def faults(measured: Measured) -> set[str]:
    return {finding.element for finding in measured.findings if finding.verdict is Verdict.FAULT}


def of(measured: Measured, element: str) -> Finding:
    return next(finding for finding in measured.findings if finding.element == element)


@pytest.mark.parametrize("kind", ["pdf", pytest.param("docx", marks=OFFICE)])
@pytest.mark.parametrize("form", EXPECTED)
def test_a_form_is_measured_whole_and_nothing_right_is_denied(form: str, kind: str, tmp_path: Path) -> None:
    measured = measured_as(form, kind, tmp_path)
    assert faults(measured) == set()
    met = {one.element for one in measured.findings if one.verdict in (Verdict.PASS, Verdict.STAND_IN)}
    assert met == EXPECTED[form]
    assert measured.count(Verdict.UNCHECKED) == 0


def short_letter(folder: Path) -> Path:
    """Write a letter of one page."""
    file = folder / "短函.yaml"
    file.write_text(SHORT_LETTER, encoding="utf-8")
    return file


@pytest.mark.parametrize("standard", ["GB/T 9704", "GB/T 33476.2"])
@pytest.mark.parametrize("kind", ["pdf", pytest.param("docx", marks=OFFICE)])
def test_the_imprint_of_a_letter_of_one_page_stands_over_its_lower_rule(
    kind: str, standard: str, tmp_path: Path
) -> None:
    look = make_look({"标准": standard})
    made = build_report(check_report(short_letter(tmp_path), PROJECT, look=look), tmp_path / "成品", (kind,))
    file = made.files[0] if kind == "pdf" else render(made.files[0], tmp_path)
    measured = measure_pdf(file.read_bytes(), measuring_preset(look))
    assert faults(measured) == set()
    assert {of(measured, one).verdict for one in ("信函版记", "版记左右")} == {Verdict.PASS}
    assert of(measured, "版记页").verdict is Verdict.NOT_HERE


def test_an_imprint_of_a_letter_that_does_not_reach_the_foot_is_denied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = by_css.write_pdf
    moved = ('<p class="抄送机关">', '<p class="抄送机关" style="position:relative;top:-6mm">')
    monkeypatch.setattr(module, "write_pdf", lambda layout: made(layout, lambda html: html.replace(*moved)))
    built = build_report(check_report(short_letter(tmp_path), PROJECT), tmp_path / "成品", ("pdf",))
    assert faults(measure_pdf(built.files[0].read_bytes())) == {"信函版记"}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_fault_is_named(planted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form, changes, wrong = PLANTED[planted]

    def changed(html: str) -> str:
        for old, new in changes:
            assert html.count(old) == 1, old
            html = html.replace(old, new)
        return html

    monkeypatch.setattr(module, "write_pdf", lambda layout: by_css.write_pdf(layout, changed))
    assert faults(measured_as(form, "pdf", tmp_path)) == wrong


@pytest.mark.parametrize("form", EXPECTED)
def test_own_margins_are_what_a_paper_is_compared_with(form: str, tmp_path: Path) -> None:
    look = make_look({"页边": {"上": "39", "下": "34", "左": "26", "右": "24"}})
    made = build_report(check_report(FORMS / f"{form}.yaml", PROJECT, look=look), tmp_path, ("pdf",))
    data = made.files[0].read_bytes()
    own = measure_pdf(data, measuring_preset(look))
    assert faults(own) == set()
    assert of(own, "订口").asked == "26±1 mm（config.yaml）"
    assert {"订口", "页码高低", "页码左右"} <= faults(measure_pdf(data))


@pytest.mark.parametrize("form", EXPECTED)
def test_the_other_standard_holds_too(form: str, tmp_path: Path) -> None:
    look = make_look({"标准": "GB/T 33476.2"})
    made = build_report(check_report(FORMS / f"{form}.yaml", PROJECT, look=look), tmp_path, ("pdf",))
    assert faults(measure_pdf(made.files[0].read_bytes(), measuring_preset(look))) == set()


@OFFICE
def test_a_word_processor_may_round_the_right_edge(tmp_path: Path) -> None:
    data = render(_word(tmp_path), tmp_path).read_bytes()
    ragged = of(measure_pdf(data), "右边对齐")
    assert ragged.verdict is Verdict.PASS
    assert ragged.deviation_mm is not None
    assert ragged.deviation_mm > 0.35, "LibreOffice no longer rounds: the wider limit may go"


def _word(folder: Path) -> Path:
    return build_report(check_report(FORMS / "文件.yaml", PROJECT), folder, ("docx",)).files[0]


def test_one_line_tells_of_an_element_and_the_worst_of_it(tmp_path: Path) -> None:
    measured = measured_as("纪要", "pdf", tmp_path)
    assert sum(one.element == "出席名单左右" for one in measured.findings) == 3
    (told,) = (one for one in measured.folded if one.element == "出席名单左右")
    assert told.found.endswith("（共 3 处）")
    assert [one for one in measured.folded if one.element == "天头"] == [
        one for one in measured.findings if one.element == "天头"
    ]
    near, far = (by_length("标题居中", page, page / 2, 0) for page in (1, 3))
    assert [(one.page, one.deviation_mm, one.verdict) for one in folded([near, far, near])] == [
        (3, 1.5, Verdict.FAULT)
    ]
