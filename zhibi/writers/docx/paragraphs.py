"""Headings and paragraphs -> w:p elements that point to styles and carry as little else as they can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from zhibi.layout.runs import Piece, Run, Voice, heading_runs, paragraph_runs
from zhibi.layout.scripts import Script
from zhibi.nodes import HEADING_ROLES, Align, Break, Heading, Paragraph
from zhibi.styles import LOOK, RUN_IN_STYLES
from zhibi.writers.docx.names import role_id, style_id
from zhibi.writers.docx.style_sheet import JC, indent
from zhibi.writers.docx.xml import Element, flag, text, w


def heading(block: Heading) -> Element:
    """Return a heading; one with text that runs on is kept out of Word's navigation pane."""
    role = HEADING_ROLES[block.level - 1]
    name = style_id(RUN_IN_STYLES[role]) if block.rest else role_id(role)
    return w("p", w("pPr", w("pStyle", val=name)), *runs(heading_runs(block)))


def paragraph(block: Paragraph) -> Element:
    """Return a paragraph in the style of its role, with what it asks for beyond that."""
    style = LOOK[block.role]
    properties = w(
        "pPr",
        w("pStyle", val=role_id(block.role)),
        flag("keepNext", block.keep_with_next and not style.keep_with_next),
        indent(style, {"right": block.right}) if block.right is not None else None,
        w("jc", val=JC[block.align]) if block.align else None,
    )
    return w("p", properties, *runs(paragraph_runs(block.content)))


def styled(name: str, pieces: Iterable[Piece], *, align: Align | None = None, keep: bool = False) -> Element:
    """Return a paragraph in the style `name`."""
    properties = w(
        "pPr",
        w("pStyle", val=style_id(name)),
        flag("keepNext", keep),
        w("jc", val=JC[align]) if align else None,
    )
    return w("p", properties, *runs(pieces))


def runs(pieces: Iterable[Piece]) -> Iterator[Element]:
    """Yield w:r elements, as few as the voices allow.

    Word itself sets ASCII in the Latin face and Han in the other; only for marks that both faces hold
    must it be told, by a hint, which one: those in Latin words are runs without it.
    """
    for key, group in groupby(pieces, key=_key):
        if key is None:
            yield from (w("r", w("br")) for _ in group)
        else:
            words = "".join(piece.text for piece in group if isinstance(piece, Run))
            yield run(words, key[0], latin=key[1])


def _key(piece: Piece) -> tuple[Voice, bool] | None:
    if isinstance(piece, Break):
        return None
    return piece.voice, piece.script is Script.LATIN and not piece.text.isascii()


def run(words: str, voice: Voice = Voice.PLAIN, *, latin: bool = False) -> Element:
    """Return w:r with `words` in the character style of `voice`."""
    made = w("r")
    hinted = not latin and not words.isascii()
    if voice or hinted:
        style = w("rStyle", val=str(voice)) if voice else None
        made.append(w("rPr", style, w("rFonts", hint="eastAsia") if hinted else None))
    for number, part in enumerate(words.split("\t")):
        if number:
            made.append(w("tab"))
        if part:
            made.append(text(part))
    return made
