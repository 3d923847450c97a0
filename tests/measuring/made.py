"""Papers made for the tests, so that each fault is planted by one figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.measuring.drawing import CHAR, MM, PITCH, STEP, baseline, ink, pdf, rule, words

WORDS = "坚持把科技创新摆在现代化建设全局的突出位置认真落实国家和省市部署深入推进创新强区建设实现指标进位平台进档企业进阶"

RIGHT: Mapping[str, Any] = {
    "paper": "210mm 297mm",
    "left": 28.0,
    "top": 37.0,
    "pitch": PITCH,
    "rows": 22,
    "per_line": 28,
    "spacing": -0.25,
    "ragged": 0.0,
    "body_size": 16,
    "body_face": "仿宋",
    "indent": 2.0,
    "serial_left": 28.0,
    "secrecy_row": 2,
    "urgency_face": "黑体",
    "mark_top": 72.0,
    "mark_shift": 0.0,
    "number": "云科〔2026〕3号",
    "number_rows": 2,
    "number_shift": 0.0,
    "rule_gap": 4.0,
    "rule_length": 156.0,
    "title": ("关于做好二〇二六年度云川区", "科技项目储备和立项工作的通知"),
    "title_size": 22,
    "title_face": "小标宋",
    "title_shift": 0.0,
    "title_rows": 2,
    "to_rows": 1,
    "to_left": 28.0,
    "body_on_1": True,
    "level_1": "黑体",
    "level_2": "楷体",
    "level_3": "仿宋",
    "level_4": "仿宋",
    "level_2_style": "",
    "heading_at_foot": False,
    "note_rows": 1,
    "note_indent": 2.0,
    "name_rows": 1,
    "name_right": 2.0,
    "date_shift": 2.0,
    "date": "2026年10月20日",
    "body_with_names": True,
    "remark_indent": 2.0,
    "label_left": 28.0,
    "label_face": "黑体",
    "annex_rows": 1,
    "annex_size": 22,
    "imprint_length": 156.0,
    "imprint_thick": 0.35,
    "imprint_thin": 0.25,
    "imprint_foot": 262.0,
    "imprint_size": 14,
    "imprint_inset": 1.0,
    "extra_page": False,
    "folio_up": 28.0,
    "folio_size": 14,
    "folio_face": "宋体",
    "folio_text": "— {} —",
    "folio_inset": 1.0,
    "folio_centred": False,
    "folio_missing": 0,
    "more": "",
}
"""A paper that keeps to the standard; a test changes one figure."""


class Body:
    """Lays lines of text on the grid, page by page."""

    def __init__(self, spec: Mapping[str, Any]) -> None:
        self.spec = spec
        self.step = spec["pitch"] * MM
        self.count = 0

    def at(self, row: float) -> float:
        return float(self.spec["top"] + row * self.step)

    def line(self, row: float, first: bool = False, length: int | None = None) -> str:
        spec = self.spec
        indent = spec["indent"] if first else 0
        count = int(length or spec["per_line"] - indent)
        self.count += 1
        start = self.count * 7 % len(WORDS)
        text = (WORDS * 3)[start : start + count]
        spacing = spec["spacing"] - (spec["ragged"] / MM / count if self.count % 2 and not length else 0)
        return words(
            text,
            spec["left"] + indent * CHAR,
            self.at(row),
            pitch=spec["pitch"],
            spacing=spacing,
            size=spec["body_size"],
            face=spec["body_face"],
        )

    def paragraph(self, row: int, rows: int, begins: bool = True, ends: bool = True) -> str:
        """Return `rows` lines from `row` on; the last is short when the paragraph ends."""
        return "".join(
            self.line(row + at, first=begins and at == 0, length=9 if ends and at == rows - 1 else None)
            for at in range(rows)
        )

    def heading(self, row: int, text: str, face: str, css: str = "") -> str:
        return words(
            text, self.spec["left"] + 2 * CHAR, self.at(row), face=face, css=css, pitch=self.spec["pitch"]
        )


def folio(spec: Mapping[str, Any], page: int) -> str:
    """Return a page number, its dash `folio_up` millimetres above the sheet's lower edge."""
    if page == spec["folio_missing"]:
        return ""
    size, face = spec["folio_size"], spec["folio_face"]
    high, low = ink(face, "—")
    top = 297 - spec["folio_up"] + (high + low) / 2 * size * MM - baseline(face, size, size)
    look: dict[str, Any] = {"size": size, "face": face, "pitch": size, "spacing": 0}
    text = spec["folio_text"].format(page)
    edge = spec["folio_inset"] * 14 * MM
    if spec["folio_centred"]:
        return words(text, 0, top, centre=106, **look)
    if page % 2:
        return words(text, 0, top, right=26 + edge, **look)
    return words(text, 28 + edge, top, **look)


def _head(spec: Mapping[str, Any]) -> tuple[str, float]:
    """Return 版头 and the lower edge of its red rule."""
    body = Body(spec)
    face, size, mark = "小标宋", 48, "云川市科学技术局文件"
    high, low = ink(face, mark)
    drop = baseline(face, size, 60)
    line_top = spec["mark_top"] + high * size * MM - drop
    mark_bottom = line_top + drop - low * size * MM
    number_top = mark_bottom + spec["number_rows"] * STEP
    number_low = number_top + baseline("仿宋", 16, PITCH) - ink("仿宋", spec["number"])[1] * 16 * MM
    rule_top = number_low + spec["rule_gap"]
    parts = [
        words("000001", spec["serial_left"], body.at(0)),
        words("机密★1年", 28, body.at(spec["secrecy_row"] - 1), face="黑体"),
        words("特急", 28, body.at(2), face=spec["urgency_face"]),
        words(
            mark,
            0,
            line_top,
            face=face,
            size=size,
            pitch=60,
            centre=106 + spec["mark_shift"],
            css="color:#f00",
        ),
        words(spec["number"], 0, number_top, centre=106 + spec["number_shift"]),
        rule(106 - spec["rule_length"] / 2, rule_top, spec["rule_length"], 0.5, "#f00"),
    ]
    return "".join(parts), rule_top + 0.5


def _page_1(spec: Mapping[str, Any]) -> str:
    head, foot = _head(spec)
    top = foot + spec["title_rows"] * STEP
    parts = [head]
    for line in spec["title"]:
        look = {"size": spec["title_size"], "face": spec["title_face"], "pitch": 33.0}
        parts.append(words(line, 0, top, centre=106 + spec["title_shift"], **look))
        top += 33 * MM
    top += spec["to_rows"] * STEP
    parts.append(words("各镇人民政府，区级有关单位：", spec["to_left"], top))
    body = Body(spec)
    start = (top + STEP - spec["top"]) / body.step
    if spec["body_on_1"]:
        rows = int(spec["rows"] - start)
        parts.append(body.paragraph(spec["rows"] - rows, rows, ends=False))
    return "".join(parts)


def _page_2(spec: Mapping[str, Any]) -> str:
    body = Body(spec)
    rows = spec["rows"]
    if spec["heading_at_foot"]:
        return body.paragraph(0, rows - 1, begins=not spec["body_on_1"]) + body.heading(
            rows - 1, "一、工作要求", spec["level_1"]
        )
    return body.paragraph(0, 4, begins=not spec["body_on_1"]) + body.paragraph(4, rows - 4, ends=False)


def _page_3(spec: Mapping[str, Any]) -> str:
    body = Body(spec)
    row = 4
    parts = [body.paragraph(0, 2, begins=False), body.paragraph(2, 2)]
    if spec["body_with_names"]:
        levels = (
            ("一、总体要求", spec["level_1"], ""),
            ("（一）工作目标", spec["level_2"], spec["level_2_style"]),
            ("1.主要任务", spec["level_3"], ""),
            ("（1）具体分工", spec["level_4"], ""),
        )
        parts += [body.heading(row + at, *level) for at, level in enumerate(levels)]
        parts.append(body.paragraph(row + 4, 2))
        row += 6
    else:
        parts, row = [], -1
    if spec["body_with_names"]:
        row += spec["note_rows"]
        parts.append(words("附件：项目申报汇总表", 28 + spec["note_indent"] * CHAR, body.at(row)))
        row += 1
    row += spec["name_rows"]
    name = "云川市科学技术局"
    right = 184 - spec["name_right"] * CHAR
    left = right - len(name) * CHAR + 0.25 * MM
    parts.append(words(name, left, body.at(row)))
    parts.append(words(spec["date"], left + spec["date_shift"] * CHAR, body.at(row + 1)))
    parts.append(words("（联系科室：规划科）", 28 + spec["remark_indent"] * CHAR, body.at(row + 2)))
    return "".join(parts)


def _page_4(spec: Mapping[str, Any]) -> str:
    body = Body(spec)
    title_top = body.at(1 + spec["annex_rows"])
    parts = [
        words("附件", spec["label_left"], body.at(0), face=spec["label_face"]),
        words("项目申报汇总表", 0, title_top, centre=106, size=spec["annex_size"], face="小标宋", pitch=33.0),
        body.paragraph(5, 3),
    ]
    return "".join(parts) + ("" if spec["extra_page"] else _imprint(spec)) + spec["more"]


def _imprint(spec: Mapping[str, Any]) -> str:
    length, foot, size = spec["imprint_length"], spec["imprint_foot"], spec["imprint_size"]
    left = 106 - length / 2
    inset = spec["imprint_inset"] * 14 * MM
    thick, thin = spec["imprint_thick"], spec["imprint_thin"]
    look: dict[str, Any] = {"size": size, "pitch": 22.0}
    return "".join(
        (
            rule(left, foot - thick / 2 - 16, length, thick),
            words("抄送：区委办公室，区政府办公室。", 28 + inset, foot - 15.9, **look),
            rule(left, foot - thin / 2 - 8, length, thin),
            words("云川市科学技术局办公室", 28 + inset, foot - 7.9, **look),
            words("2026年10月20日印发", 0, foot - 7.9, right=26 + inset, **look),
            rule(left, foot - thick / 2, length, thick),
        )
    )


def paper(**changes: Any) -> bytes:
    """Return a paper with head, text, signature, attachment and imprint, with these figures changed."""
    assert set(changes) <= set(RIGHT)
    spec = {**RIGHT, **changes}
    pages = [_page_1(spec), _page_2(spec), _page_3(spec), _page_4(spec)]
    if spec["extra_page"]:
        pages.append(_imprint(spec))
    return pdf([page + folio(spec, at) for at, page in enumerate(pages, 1)], spec["paper"])
