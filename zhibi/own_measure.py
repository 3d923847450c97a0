"""The PDF that was just made and its look -> how many measures it keeps, and advice on each it does not.

`measuring` knows nothing of how the PDF was made: it sees in the file what a reader would (cl. 5, 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from zhibi.errors import Level, Location, Problem
from zhibi.look import lines_on
from zhibi.nodes import Orientation, Role
from zhibi.styles import GBT_33476, Look
from zhibi.typography import MM

if TYPE_CHECKING:
    from zhibi.measuring import Finding, Preset

RULE = "量版面"
TOLD = ("通过", "不符", "替代", "未核验")
"""Verdicts that are counted; what a paper does not have is 不适用."""


def measure_own(pdf: bytes, look: Look, name: str) -> tuple[Mapping[str, int], list[Problem]]:
    """Return verdict -> number of findings, and the advice; `name` is the file's in messages."""
    from zhibi.measuring import measure_pdf  # Imported late: a check or a Word file never needs it.

    try:
        measured = measure_pdf(pdf, measuring_preset(look), name)
    except Exception as error:  # A finished paper is never lost for what is said of it.
        message = f"这份 PDF 没有量成（{type(error).__name__}：{error}）".replace("\n", " ")
        hint = "文件已经生成；请打开看一遍版面，并把这一行发给维护人员"
        return {}, [Problem(Location(name), RULE, message, hint, Level.ADVICE)]
    findings = measured.folded
    counts = {told: sum(finding.verdict == told for finding in findings) for told in TOLD}
    return counts, [_advice(one, look, name) for one in findings if one.verdict == "不符"]


def measuring_preset(look: Look) -> Preset:
    """Return the margins and line distance that the measuring compares with: the look's own."""
    from zhibi.measuring import GB_9704, GB_33476, Preset

    known = GB_33476 if look.rule == GBT_33476 else GB_9704
    page, pitch = look.pages[Orientation.PORTRAIT], look.styles[Role.BODY].pitch
    own = Preset(known.name, page.top, page.bottom, page.left, page.right, pitch, known.foot, known.half)
    if own == known:
        return known
    # The words' side of the last line: half of the space between lines may lie outside of the type area.
    foot = page.top - known.half + lines_on(look) * pitch * MM
    return replace(own, name="config.yaml", foot=foot)


def _advice(finding: Finding, look: Look, name: str) -> Problem:
    where = f"第 {finding.page} 页" if finding.page else "全文"
    message = f"{finding.element}（{where}）与国标不符：要求 {finding.asked}，量得 {finding.found}"
    changed = "config.yaml 的“版式”有改动，不是有意改的请改回国标" if look.changes else ""
    hint = changed or "请打开 PDF 看这一处；数据没有写错的，请把这一行发给维护人员"
    return Problem(Location(name), RULE, message, hint, Level.ADVICE, text=finding.found)
