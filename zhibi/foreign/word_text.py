"""The body of a Word file -> its paragraphs in reading order, each character with the run it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhibi.importer.word import PASSED
from zhibi.importer.word_xml import Element, attribute, child, descendants, is_on, local

_GROUPS = ("sdt", "sdtContent", "ins", "moveTo", "customXml")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class WordText:
    """A paragraph: what people call its place, the running number of paragraphs and rows that the importer names."""

    element: Element
    part: str
    line: int
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Character:
    """One character: its run, the child of the run that holds it, and where in that."""

    sign: str
    run: Element
    holder: Element
    offset: int


def word_texts(body: Element | None) -> Iterator[WordText]:
    """Yield every paragraph of a body, empty ones too; only those with words are counted in their names."""
    line = paragraphs = tables = 0
    for element in _flat(body):
        if local(element) == "p":
            line += 1
            paragraphs += bool(text_of(element).strip())
            yield WordText(element, f"第{max(paragraphs, 1)}段", line)
        elif local(element) == "tbl":
            tables += 1
            for number, row in enumerate((one for one in _flat(element) if local(one) == "tr"), 1):
                line += 1
                yield from _of_row(row, f"表{tables}第{number}行", line)


def _of_row(row: Element, where: str, line: int) -> Iterator[WordText]:
    column = 1
    for cell in (one for one in _flat(row) if local(one) == "tc"):
        for paragraph in _in_cell(cell):
            yield WordText(paragraph, f"{where}第{column}栏", line, in_table=True)
        span = attribute(child(cell, "tcPr", "gridSpan"), "val")
        column += int(span) if span.isdecimal() and len(span) < 3 else 1


def _in_cell(container: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell and of tables in it, not those of text boxes."""
    for element in _flat(container):
        if local(element) == "p":
            yield element
        elif local(element) in ("tbl", "tr", "tc"):
            yield from _in_cell(element)


def text_of(paragraph: Element) -> str:
    """Return the words of a paragraph, without an automatic serial."""
    return "".join(one.sign for one in characters(paragraph))


def characters(element: Element) -> Iterator[Character]:
    """Yield the characters of a paragraph; deleted and hidden ones are none."""
    for inner in _elements(element):
        if local(inner) in PASSED:
            yield from characters(inner)
        elif local(inner) == "r" and not is_on(child(inner, "rPr", "vanish")):
            for holder in _elements(inner):
                for offset, sign in enumerate(held(holder)):
                    yield Character(sign, inner, holder, offset)


def held(holder: Element) -> str:
    """Return the characters of a child of a run; blanks at the ends of a text count where the file says so only."""
    name = local(holder)
    if name == "ruby":  # The words, not the letters above them.
        base = child(holder, "rubyBase")
        return "" if base is None else "".join(one.text or "" for one in descendants(base, "t"))
    if name == "t":
        text = holder.text or ""
        return text if attribute(holder, "space") == "preserve" else text.strip(" \t\r\n")
    if name == "br" and attribute(holder, "type") in ("page", "column"):
        return ""
    return _SIGNS.get(name, "")


def _flat(container: Element | None) -> Iterator[Element]:
    for element in _elements(container) if container is not None else ():
        if local(element) in _GROUPS:
            yield from _flat(element)
        else:
            yield element


def _elements(container: Element) -> Iterator[Element]:
    """Yield the children that are elements, not comments."""
    return (inner for inner in container if isinstance(inner.tag, str))
