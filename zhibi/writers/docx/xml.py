"""WordprocessingML (ECMA-376 part 1 cl. 17) as text, made in the order of the schema.

A paper has tens of thousands of elements that nobody looks at again: joined text is written several times
faster than trees of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"

PREFIXES = {
    "w": NS,
    "r": RELATIONS,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}

_MARKUP = re.compile('[&<>"\t\n\r]')
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}

Element = str
Value = str | int


def w(tag: str, *children: Element | None, **attributes: Value | None) -> Element:
    """Return the element w:`tag`; attributes are in the w namespace too; None is left out."""
    said = "".join(
        [f' w:{name}="{quoted(str(value))}"' for name, value in attributes.items() if value is not None]
    )
    inside = "".join([child for child in children if child is not None])
    return f"<w:{tag}{said}>{inside}</w:{tag}>" if inside else f"<w:{tag}{said}/>"


def filled(tag: str, *children: Element | None) -> Element | None:
    """Return the element w:`tag`, or None where nothing is in it."""
    return w(tag, *children) if any(children) else None


def flag(tag: str, on: bool) -> Element | None:
    """Return the element w:`tag` for a switch that is on, None for one that is off."""
    return w(tag) if on else None


def text(words: str) -> Element:
    """Return w:t; its blanks count."""
    space = ' xml:space="preserve"' if words != words.strip() or "  " in words else ""
    return f"<w:t{space}>{escaped(words)}</w:t>"


def escaped(words: str) -> str:
    """Return words as they stand between tags."""
    if not _MARKUP.search(words):
        return words
    return _MARKUP.sub(lambda mark: mark[0] if mark[0] in '"\t\n' else _ESCAPED[mark[0]], words)


def quoted(words: str) -> str:
    """Return words as they stand in an attribute."""
    return _MARKUP.sub(lambda mark: _ESCAPED[mark[0]], words)


def twips(points: float) -> int:
    """Return points as twentieths of a point."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def to_bytes(tag: str, children: Iterable[Element], prefixes: Sequence[str] = ("w", "r")) -> bytes:
    """Return w:`tag` as an XML file."""
    spaces = "".join(f' xmlns:{prefix}="{PREFIXES[prefix]}"' for prefix in prefixes)
    return f"{DECLARATION}<w:{tag}{spaces}>{''.join(children)}</w:{tag}>".encode()
