"""Installed faces -> findings: what sets each class in the PDF, and what it lacks (GB/T 9704-2012 cl. 5.2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from zhibi.doctor.findings import ADVICE, BAD, GOOD, Finding

if TYPE_CHECKING:
    from zhibi.fonts import FontFace

RARE = "镕喆堃㛃䶮"
"""Characters of names that many faces lack."""

ASCII = "".join(map(chr, range(0x21, 0x7F)))


def gb2312() -> str:
    """Return the 6763 Han characters of levels 1 and 2 of GB/T 2312-1980."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)


def check_faces() -> Iterator[Finding]:
    """Judge the faces that this machine has for every class."""
    from zhibi.families import OFFICE  # Imported late: neither starts on an old Python.
    from zhibi.fonts import installed_faces
    from zhibi.typography import Face

    common = gb2312()
    for face in Face:
        if face is Face.LATIN:
            yield _latin(check_class(str(face), installed_faces(face), OFFICE[face], (ASCII, "")))
        else:
            yield check_class(str(face), installed_faces(face), OFFICE[face], (common, RARE))


def check_class(
    name: str, stack: Sequence[FontFace], office: Sequence[str], characters: tuple[str, str]
) -> Finding:
    """Judge one class: `stack` is what is installed, `characters` are those it must hold and rare ones."""
    item = f"字体 {name}"
    install = f"请安装 {'、'.join(office[:4])}" + (" 之一" if len(office) > 1 else "")
    if not stack:
        return Finding(item, BAD, "本机没有可用的字体", f"{install}，或运行 make setup")
    needed, rare = characters
    main = stack[0]
    official = main.family in office
    lacking = [char for char in needed if not main.holds(char)]
    lost = [char for char in lacking if not _holder(stack, char)]
    whole = f"缺 {len(lacking)} 个常用字，如“{lacking[0]}”" if lacking else f"常用的 {len(needed)} 个字齐全"
    kind = "机关常用字体" if official else "替代字体"
    note = "；".join([f"PDF 用 {main.family}（{kind}），{whole}", *_rare_notes(stack, rare)])
    if lost:
        return Finding(
            item, BAD, f"{note}；其中 {len(lost)} 个本机没有字体能显示", f"{install}，或运行 make setup"
        )
    if not official:
        return Finding(item, ADVICE, note, f"正式印发前{install}；本单位认可替代字体的，可以不装")
    if lacking or any(not _holder(stack, char) for char in rare):
        return Finding(item, ADVICE, note, "请安装含字更多的同类字体")
    return Finding(item, GOOD, note)


def _latin(finding: Finding) -> Finding:
    """Take back the advice on a Latin stand-in: the standard names no face for Latin letters."""
    if finding.result != ADVICE:
        return finding
    return Finding(finding.item, GOOD, f"{finding.note}；国标对西文字体没有规定")


def _holder(stack: Iterable[FontFace], char: str) -> str:
    """Return the family that sets a character, or nothing."""
    return next((face.family for face in stack if face.holds(char)), "")


def _rare_notes(stack: Sequence[FontFace], rare: str) -> Iterator[str]:
    """Say which face sets the rare characters that the main one lacks."""
    borrowed: dict[str, str] = {}
    for char in rare:
        if not stack[0].holds(char):
            family = _holder(stack, char)
            borrowed[family] = borrowed.get(family, "") + char
    for family, characters in borrowed.items():
        if family:
            yield f"生僻字“{characters}”用 {family}"
        else:
            yield f"生僻字“{characters}”没有字体能显示，遇到时会停下来报告"
