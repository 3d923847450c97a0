"""版式 of config.yaml -> the `Look` of every paper, and what is wrong with it (GB/T 9704-2012 cl. 5, 7).

Input: the mapping as the schema let it pass, or None. `look_problems` finds measures that cannot stand
together (lines closer than the type is high, margins that leave no page); `make_look` gives the look,
which says in `changes` what the office set itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from zhibi import plain
from zhibi.errors import Location, Problem
from zhibi.kinds import Align, Orientation, Role
from zhibi.schema.look import SIZES
from zhibi.styles import GBT_9704, LETTER_SIDE, Look, pages_of, preset
from zhibi.typography import MM, OFFICIAL_FACES, Face, PageSetup, Style

RULE = "版式"

LEAST_LINES, LEAST_CHARS = 15, 20
"""A page with less is no page of an official paper (22 lines of 28 characters)."""

_LEAST_ROOM = 5
"""So many characters a line must hold between its indents."""

_ROUNDING = 0.01
"""Points that 22 lines may be higher than the type area: millimetres do not divide by points."""

_WORD_NAME = 31
"""Characters that Word takes in the name of a font."""

_SIDES = {"上": "top", "下": "bottom", "左": "left", "右": "right"}

_MEASURES: Mapping[str, tuple[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "字体": ("face", Face),
        "字号": ("size", lambda typed: SIZES[typed] if typed in SIZES else float(typed)),
        "行距": ("pitch", float),
        "首行缩进": ("first_indent", float),
        "左缩进": ("left", float),
        "右缩进": ("right", float),
        "对齐": ("align", Align),
    }
)
"""Key of a style -> the field of `Style` and how its value is read."""

_UNITS = {"字号": " 磅", "行距": " 磅", "首行缩进": " 字", "左缩进": " 字", "右缩进": " 字"}


def make_look(raw: Mapping[str, Any] | None) -> Look:
    """Return the look that an office asks for; the standard's own where it asks for nothing."""
    raw = raw or {}
    base = preset(str(raw.get("标准", GBT_9704)))
    pitch = float(raw.get("行距", base.pitch))
    sheet = base.pages[Orientation.PORTRAIT]
    sheet = replace(sheet, **{_SIDES[side]: float(typed) for side, typed in raw.get("页边", {}).items()})
    # What stands on the lines of the text moves with them; titles and tables have distances of their own.
    styles = {
        role: replace(style, pitch=pitch) if style.pitch == base.pitch else style
        for role, style in base.styles.items()
    }
    for word, measures in raw.get("样式", {}).items():
        role = Role(str(word))
        styles[role] = _style(styles[role], measures)
    rule = styles[Role.LETTER_RULE].rule
    if rule is not None:
        outset = (sheet.left - LETTER_SIDE, sheet.right - LETTER_SIDE)
        styles[Role.LETTER_RULE] = replace(styles[Role.LETTER_RULE], rule=replace(rule, outset=outset))
    named = {Face(str(word)): str(name) for word, name in raw.get("字体", {}).items()}
    look = Look(
        base.rule,
        pitch,
        MappingProxyType(styles),
        pages_of(sheet.top, sheet.bottom, sheet.left, sheet.right),
        MappingProxyType({**base.faces, **named}),
        base.drop,
    )
    return replace(look, changes=tuple(_changes(raw, look, base)))


def _style(style: Style, measures: Mapping[str, Any]) -> Style:
    fields = {_MEASURES[key][0]: _MEASURES[key][1](str(typed)) for key, typed in measures.items()}
    return replace(style, **fields)


def lines_on(look: Look) -> int:
    """Return how many lines of text a full upright page has."""
    pitch = look.styles[Role.BODY].pitch
    return int((look.pages[Orientation.PORTRAIT].text_height / MM + _ROUNDING) / pitch)


def chars_on(look: Look) -> int:
    """Return how many characters a full line of text has."""
    return _room(look.pages[Orientation.PORTRAIT], look.styles[Role.BODY])


def chosen_faces(look: Look) -> Mapping[Face, str]:
    """Return the names that an office gives itself, of fonts that the PDF shall then have too."""
    return {face: name for face, name in look.faces.items() if name != OFFICIAL_FACES[face]}


def _room(page: PageSetup, style: Style) -> int:
    return int((page.text_width / MM + _ROUNDING) / style.chars(1))


def _changes(raw: Mapping[str, Any], look: Look, base: Look) -> Iterator[str]:
    """Yield what differs from the preset, each with the preset's own measure."""
    new, old = look.pages[Orientation.PORTRAIT], base.pages[Orientation.PORTRAIT]
    for side, field in _SIDES.items():
        if (size := getattr(new, field)) != (was := getattr(old, field)):
            yield f"页边{side} {size:g} 毫米（国标 {was:g}）"
    if look.pitch != base.pitch:
        yield f"行距 {look.pitch:g} 磅（国标 {base.pitch:g}）"
    for face, name in look.faces.items():
        if name != base.faces[face]:
            yield f"{face}用“{name}”（原定“{base.faces[face]}”）"
    for word, measures in raw.get("样式", {}).items():
        role = Role(str(word))
        for key in measures:
            field = _MEASURES[key][0]
            value, was = getattr(look.styles[role], field), getattr(base.styles[role], field)
            if value != was:
                source = "惯例" if base.styles[role].clause == "惯例" else "国标"
                yield f"{role}{key} {_shown(value)}{_UNITS.get(key, '')}（{source} {_shown(was)}）"


def _shown(value: float | str) -> str:
    return str(value) if isinstance(value, str) else f"{value:g}"


def look_problems(raw: plain.Mapping) -> list[Problem]:
    """Return every measure that cannot be had beside the others; `raw` has passed its schema."""
    look = make_look(raw)
    problems = [*_names(raw.get("字体", {})), *_grid(raw, look)]
    page = look.pages[Orientation.PORTRAIT]
    for word, measures in raw.get("样式", {}).items():
        at = raw["样式"].place_of(word)
        problems += _own_measures(Role(str(word)), look.styles[Role(str(word))], measures, at)
        problems += _narrow(str(word), look.styles[Role(str(word))], page, at)
    return problems


def _names(names: Mapping[str, Any]) -> Iterator[Problem]:
    for face, name in names.items():
        if len(name) > _WORD_NAME or re.search(r'[,;"\'<>&\\，；“”、]', name) or not name.isprintable():
            message = f"“{face}”的字体名写法不对：{name[:40]}"
            hint = f"请照 Word 字体列表里的名字写一个，不超过 {_WORD_NAME} 个字，不带引号和标点"
            yield Problem(plain.place_of(name, Location("")), RULE, message, hint, text=name)


def _grid(raw: plain.Mapping, look: Look) -> Iterator[Problem]:
    """Yield what is wrong with the lines of the text and the page they stand on."""
    body = look.styles[Role.BODY]
    if "行距" in raw and look.pitch < body.size:
        message = f"行距 {look.pitch:g} 磅小于正文的字号 {body.size:g} 磅，上下两行会叠在一起"
        yield Problem(plain.place_of(raw["行距"], raw.at), RULE, message, "国标是 28.95 磅，请核对")
    lines, chars = lines_on(look), chars_on(look)
    if lines < LEAST_LINES or chars < LEAST_CHARS:
        key = next((key for key in ("页边", "行距", "样式") if key in raw), "")
        message = f"版心太小，一页只有 {lines} 行、每行 {chars} 字"
        hint = f"一页至少要有 {LEAST_LINES} 行、每行 {LEAST_CHARS} 字（国标 22 行、28 字），请减小页边、行距或字号"
        yield Problem(raw.place_of(key), RULE, message, hint)


def _own_measures(role: Role, style: Style, measures: Mapping[str, Any], at: Location) -> Iterator[Problem]:
    if style.pitch < style.size and not {"字号", "行距"}.isdisjoint(measures):
        key = "行距" if "行距" in measures else "字号"
        message = f"“{role}”的行距 {style.pitch:g} 磅小于字号 {style.size:g} 磅，上下两行会叠在一起"
        hint = f"请在“{role}”里把“行距”写成 {style.size:g} 以上，或减小字号"
        yield Problem(plain.place_of(measures[key], at), RULE, message, hint)
    if style.left + style.first_indent < 0:
        key = "首行缩进" if "首行缩进" in measures else "左缩进"
        message = f"“{role}”的首行伸到版心左边之外 {-style.left - style.first_indent:g} 字"
        hint = f"请把“左缩进”写成 {-style.first_indent:g} 以上，或减小悬挂缩进"
        yield Problem(plain.place_of(measures.get(key), at), RULE, message, hint)


def _narrow(word: str, style: Style, page: PageSetup, at: Location) -> Iterator[Problem]:
    room = _room(page, style) - style.left - style.right - max(style.first_indent, 0)
    if room < _LEAST_ROOM:
        message = f"“{word}”一行只放得下 {max(room, 0):g} 个字"
        hint = f"请减小字号或缩进，一行至少要放 {_LEAST_ROOM} 个字"
        yield Problem(at, RULE, message, hint)
