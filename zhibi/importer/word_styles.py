"""The styles of a Word file: id -> name, and what a style hands down (outline level, list)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhibi.importer.word_xml import Element, attribute, child, local

MAX_OUTLINE = 4


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its name, the style it is based on, and what it hands down."""

    name: str
    based_on: str
    level: str
    number: str
    list_level: str


@dataclass(slots=True)
class Styles:
    """All styles by id; `default` is the id of the paragraph style that is used when none is named."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def name(self, style: str) -> str:
        """Return a style's name; an id that the file does not define stands for itself."""
        return self.by_id[style].name if style in self.by_id else style

    def level(self, style: str, own: Element | None) -> int:
        """Return the outline level 1-4 of a paragraph, 0 for body text."""
        if own is not None:
            return _as_level(attribute(own, "val"))
        return next((_as_level(found.level) for found in self._line(style) if found.level), 0)

    def numbering(self, style: str) -> tuple[str, str]:
        """Return the list and its level that a style hands down, empty if none."""
        for found in self._line(style):
            if found.number:
                return found.number, found.list_level
        return "", ""

    def _line(self, style: str) -> Iterator[Style]:
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield self.by_id[style]
            style = self.by_id[style].based_on


def read_styles(element: Element | None) -> Styles:
    """Read the styles part."""
    styles = Styles()
    for inner in element if element is not None else ():
        if local(inner) != "style":
            continue
        key = attribute(inner, "styleId")
        numbering = child(inner, "pPr", "numPr")
        styles.by_id[key] = Style(
            _one_spelling(attribute(child(inner, "name"), "val") or key),
            attribute(child(inner, "basedOn"), "val"),
            attribute(child(inner, "pPr", "outlineLvl"), "val"),
            attribute(child(numbering, "numId"), "val"),
            attribute(child(numbering, "ilvl"), "val"),
        )
        is_default = attribute(inner, "default")
        if attribute(inner, "type") == "paragraph" and is_default in ("1", "true", "on"):
            styles.default = key
    return styles


def _one_spelling(name: str) -> str:
    """Write Word's own heading styles as Word does; LibreOffice saves them with a capital."""
    return name.lower() if name.lower().startswith("heading ") else name


def _as_level(text: str) -> int:
    """Turn Word's 0-8 (9: body text) into 1-4; deeper ones count as body text."""
    return int(text) + 1 if text.isdecimal() and int(text) < MAX_OUTLINE else 0
