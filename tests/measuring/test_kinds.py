"""Letters, orders, papers to a superior, landscape sheets, both page settings, both ways to centre a line."""

from __future__ import annotations

from typing import Any

import pytest

from tests.measuring import made
from tests.measuring.drawing import CHAR, FACES, MM, PITCH, STEP, baseline, ink, pdf, rule, words
from zhibi.measuring import GB_9704, GB_33476, Finding, Measured, Verdict, measure_pdf

SPEC = {**made.RIGHT}


def faults(measured: Measured) -> set[str]:
    return {finding.element for finding in measured.findings if finding.verdict is Verdict.FAULT}


def of(measured: Measured, element: str) -> Finding:
    return next(finding for finding in measured.findings if finding.element == element)


def mark(text: str, ink_top: float, size: float = 40) -> tuple[str, float]:
    """Return a mark whose ink begins at `ink_top`, and where its ink ends."""
    high, low = ink("小标宋", text)
    drop = baseline("小标宋", size, size * 1.2)
    top = ink_top + high * size * MM - drop
    look = {"face": "小标宋", "size": size, "pitch": size * 1.2, "css": "color:#f00"}
    return words(text, 0, top, centre=106, **look), top + drop - low * size * MM


def text(top: float, rows: int) -> str:
    body = made.Body({**SPEC, "top": top})
    return body.paragraph(0, rows, ends=False)


def letter(**changes: float) -> bytes:
    spec = {"mark": 30.0, "gap": 4.0, "length": 170.0, "foot": 20.0, "number": 4.84, "right": 26.0, **changes}
    head, low = mark("云川市科学技术局", spec["mark"])
    upper = low + spec["gap"]
    left = 106 - 1 - spec["length"] / 2
    number_top = upper + 1.2 + spec["number"] - (STEP - 16 * MM) / 2
    title = number_top + STEP + 2 * STEP
    lower = 297 - spec["foot"]
    first = "".join(
        (
            head,
            rule(left, upper, spec["length"], 0.7, "#f00")
            + rule(left, upper + 0.95, spec["length"], 0.25, "#f00"),
            words("云科函〔2026〕3号", 0, number_top, right=spec["right"]),
            words("关于商请支持科技周活动的函", 0, title, centre=106, face="小标宋", size=22, pitch=33.0),
            words("市教育局：", 28, title + 33 * MM + STEP),
            text(title + 33 * MM + 2 * STEP, 10),
            rule(left, lower - 0.6, spec["length"], 0.25, "#f00")
            + rule(left, lower - 0.1, spec["length"], 0.7, "#f00"),
        )
    )
    second = made.Body(SPEC).paragraph(0, 5, begins=False)
    numbered = made.folio(SPEC, 1) if changes.get("numbered") else ""
    return pdf([first + numbered, second + made.folio(SPEC, 2)])


def test_a_right_letter() -> None:
    measured = measure_pdf(letter())
    assert faults(measured) == set()
    for element in ("信函标志位置", "信函上双线位置", "信函上双线长度", "信函下双线位置", "信函下双线长度"):
        assert of(measured, element).verdict is Verdict.PASS
    assert of(measured, "红色分隔线位置").verdict is Verdict.NOT_HERE


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ({"mark": 31.0}, "信函标志位置"),
        ({"gap": 6.0}, "信函上双线位置"),
        ({"length": 166.0}, "信函上双线长度"),
        ({"length": 166.0}, "信函下双线长度"),
        ({"foot": 24.0}, "信函下双线位置"),
        ({"number": 8.0}, "信函发文字号"),
        ({"right": 32.0}, "信函发文字号"),
        ({"numbered": 1.0}, "信函首页页码"),
    ],
)
def test_a_letter_with_a_fault(change: dict[str, float], element: str) -> None:
    assert element in faults(measure_pdf(letter(**change)))


def order(ink_top: float) -> bytes:
    head, low = mark("云川市人民政府令", ink_top)
    parts = [head, words("第3号", 0, low + 2 * STEP, centre=106), text(low + 5 * STEP, 6)]
    return pdf(["".join(parts) + made.folio(SPEC, 1)])


def test_an_order_hangs_57_mm_below_the_edge() -> None:
    right, wrong = measure_pdf(order(57.0)), measure_pdf(order(60.0))
    assert of(right, "命令标志位置").verdict is Verdict.PASS
    assert of(right, "发文字号位置").verdict is Verdict.PASS
    assert of(wrong, "命令标志位置").deviation_mm == pytest.approx(3.0, abs=0.05)
    assert of(wrong, "命令标志位置").verdict is Verdict.FAULT


def upward(face: str, inset: float) -> bytes:
    head, low = mark("云川市科学技术局文件", 72.0)
    top = low + 2 * STEP
    named = f"签发人：<span style=\"font-family:'{FACES[face][0]}'\">张　三</span>"
    parts = [head, words("云科〔2026〕3号", 28 + CHAR, top), words(named, 0, top, right=26 + inset * CHAR)]
    return pdf(["".join(parts) + text(top + 6 * STEP, 5) + made.folio(SPEC, 1)])


def test_a_paper_to_a_superior_names_its_signer() -> None:
    right = measure_pdf(upward("楷体", 1.0))
    assert of(right, "签发人").verdict is Verdict.PASS
    assert of(right, "发文字号左右").verdict is Verdict.PASS
    assert faults(measure_pdf(upward("楷体", 3.0))) == {"签发人"}
    assert faults(measure_pdf(upward("仿宋", 1.0))) == {"签发人"}


def landscape(page: int, *, turned: bool, up: float = 28.0) -> bytes:
    """Return text on upright sheets and a table's sheet; a turned number is drawn upright, then turned."""
    number = made.folio({**SPEC, "folio_up": up}, page)
    if turned:
        # Clockwise about the upper left corner, then back onto the sheet.
        frame = "position:absolute;width:210mm;height:297mm;transform-origin:0 0;transform:translate(297mm) rotate(90deg)"
        number = f'<div style="{frame}">{number}</div>'
    else:
        number = words("— 2 —", 42, 188, size=14, face="宋体", pitch=14)
    wide = f'<section class="wide">{words("表", 40, 40)}{number}</section>'
    upright = made.Body(SPEC).paragraph(0, 6) + made.folio(SPEC, 1)
    return pdf([upright, wide])


def test_a_landscape_sheet_keeps_its_number_where_upright_ones_have_it() -> None:
    assert faults(measure_pdf(landscape(2, turned=True))) == set()
    assert faults(measure_pdf(landscape(2, turned=False))) == {"横排页页码"}
    low = of(measure_pdf(landscape(2, turned=True, up=25.0)), "页码高低")
    assert (low.verdict, low.page) == (Verdict.FAULT, 2)


def other_setting() -> bytes:
    spec: dict[str, Any] = {"top": 34.58, "pitch": 29.45}
    return made.paper(**spec)


def test_both_page_settings_are_known() -> None:
    found = measure_pdf(other_setting())
    assert {of(found, "天头").verdict, of(found, "版心下边").verdict, of(found, "行距").verdict} == {
        Verdict.PASS
    }
    assert "GB/T 33476.2" in of(found, "行距").found
    assert {"天头", "行距"} <= faults(measure_pdf(other_setting(), GB_9704))
    assert {"天头", "行距"} <= faults(measure_pdf(made.paper(), GB_33476))


def by_program(data: bytes, program: bytes) -> bytes:
    assert data.count(b"WeasyPrint 70.0") == 1
    return data.replace(b"WeasyPrint 70.0", program.ljust(15))


def test_the_program_tells_how_a_line_is_centred() -> None:
    """Word puts the baseline at four fifths of the line: what WeasyPrint centres lies 0.9 mm too high for it."""
    lower = 0.8 * STEP - baseline("仿宋", 16, PITCH)
    moved = made.paper(top=37.0 + lower)
    assert of(measure_pdf(by_program(moved, b"Microsoft Word")), "天头").deviation_mm == pytest.approx(
        0, abs=0.02
    )
    assert of(measure_pdf(moved), "天头").deviation_mm == pytest.approx(lower, abs=0.02)
    for data in (moved, made.paper()):
        unknown = measure_pdf(by_program(data, b"Acme"))
        assert of(unknown, "天头").deviation_mm == pytest.approx(0, abs=0.02)


def test_a_face_of_the_office_passes_and_an_unknown_one_is_not_judged() -> None:
    data = made.paper()
    assert of(measure_pdf(data), "正文字体").verdict is Verdict.STAND_IN
    office = data.replace(b"FandolFang", b"FangSong__")
    assert of(measure_pdf(office), "正文字体").verdict is Verdict.PASS
    unknown = data.replace(b"FandolFang", b"SomeFace__")
    assert of(measure_pdf(unknown), "正文字体").verdict is Verdict.UNCHECKED
    assert "不认识" in of(measure_pdf(unknown), "正文字体").found
