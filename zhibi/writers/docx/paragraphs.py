"""Headings and paragraphs -> w:p elements that point to styles and carry as little else as they can.

Word breaks the lines itself and goes on doing so after an edit. Only where engines could disagree does a
line carry its own letter-spacing, which keeps its end where the PDF has it (`layout.breaking`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from zhibi.layout.blocks import LaidParagraph
from zhibi.layout.breaking import Line
from zhibi.layout.faces import run_face
from zhibi.layout.runs import LABEL, Run, Voice
from zhibi.layout.scripts import HAN, LATIN, has_shared_marks
from zhibi.nodes import HEADING_ROLES, Align, Heading, Picture
from zhibi.styles import RUN_IN_STYLES, Look
from zhibi.typography import Style
from zhibi.writers.docx.names import role_id, style_id
from zhibi.writers.docx.style_sheet import JC, indent
from zhibi.writers.docx.xml import Element, filled, flag, text, twips, w


def paragraph(laid: LaidParagraph, look: Look) -> Element:
    """Return a heading or a paragraph in the style of its role, with what it asks for beyond that.

    A heading with text that runs on is kept out of Word's navigation pane.
    """
    block = laid.block
    if isinstance(block, Heading):
        role = HEADING_ROLES[block.level - 1]
        name = style_id(RUN_IN_STYLES[role]) if block.rest else role_id(role)
        kept = [flag(tag, laid.keep and bool(block.rest)) for tag in ("keepNext", "keepLines")]
        breaks = flag("pageBreakBefore", laid.new_page)
        return w("p", w("pPr", w("pStyle", val=name), *kept, breaks), *runs(laid.lines, laid.style, look))
    assert not isinstance(block, Picture)
    base, style = look.styles[block.role], laid.style
    properties = w(
        "pPr",
        w("pStyle", val=role_id(block.role)),
        flag("keepNext", laid.keep and not base.keep_with_next),
        flag("keepLines", laid.keep and not base.keep_with_next),
        flag("pageBreakBefore", laid.new_page),
        _tabs(laid),
        own_pitch(style, base),
        indent(style, {"right": style.right}) if style.right != base.right else None,
        w("jc", val=JC[style.align]) if style.align is not base.align else None,
    )
    return w("p", properties, *runs(laid.lines, laid.style, look, own_size(style, base)))


def own_pitch(style: Style, base: Style) -> Element | None:
    """Return w:spacing where the line distance is not that of the style."""
    if style.pitch == base.pitch:
        return None
    return w("spacing", before=0, after=0, line=max(twips(style.pitch), 1), lineRule="exact")


def own_size(style: Style, base: Style) -> float | None:
    """Return the size of the type where it is not that of the style."""
    return style.size if style.size != base.size else None


_TABS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}


def _tabs(laid: LaidParagraph) -> Element | None:
    """Return w:tabs for the pieces of a line that stand at places of their own."""
    stops = [part for part in laid.parts if part.gap]
    if not stops:
        return None
    return w("tabs", *(w("tab", val=_TABS[part.align], pos=twips(part.place)) for part in stops))


def styled(
    name: str,
    *content: Element,
    align: Align | None = None,
    keep: bool = False,
    spacing: Element | None = None,
) -> Element:
    """Return a paragraph in the style `name` around runs."""
    return f"<w:p>{_styled(name, align, keep, spacing)}{''.join(content)}</w:p>"


@lru_cache(maxsize=1024)
def _styled(name: str, align: Align | None, keep: bool, spacing: Element | None) -> Element:
    return w(
        "pPr",
        w("pStyle", val=style_id(name)),
        flag("keepNext", keep),
        spacing,
        w("jc", val=JC[align]) if align else None,
    )


class RunLook(NamedTuple):
    """What a w:r says beyond its words; equal neighbours are one w:r.

    `face` is named for every slot: of Han words with marks that other scripts share, of Latin words that
    begin with a blank, which engines give to the script before it. `latin` is true of Latin words that are
    more than ASCII.
    """

    voice: Voice = Voice.PLAIN
    nudge: float | None = None
    face: str = ""
    latin: bool = False
    size: float | None = None


_Said = tuple[Voice, float | None, str, bool, float | None]
"""A `RunLook` in the making: plain tuples are made and compared faster, and most are equal neighbours."""


def runs(lines: Sequence[Line], style: Style, look: Look, size: float | None = None) -> Iterator[Element]:
    """Yield w:r elements, as few as the looks allow; a wished line end is a w:br.

    `size` is that of the type where the style of the paragraph has another.

    Word sets ASCII in the Latin face and Han in the other. Marks that both faces hold are told which:
    in Han words by a hint and, for engines that do not know hints, by the face in every slot.
    """
    han = "".join([one.text for line in lines for one in line.runs if one.script is HAN])
    marked = has_shared_marks(han)
    pieces: list[tuple[_Said | None, str]] = []
    for number, line in enumerate(lines, 1):
        for one in line.runs:
            plain = not marked and one.script is HAN and one.voice is not LABEL
            face, latin = ("", False) if plain else _face(one, style, look)
            pieces.append(((one.voice, line.nudge, face, latin, size), one.text))
        if line.ends and number < len(lines):
            pieces.append((None, ""))
    for said, group in groupby(pieces, key=itemgetter(0)):
        if said is None:
            yield from (w("r", w("br")) for _ in group)
        else:
            yield run("".join([words for _, words in group]), RunLook(*said))


def _face(run: Run, style: Style, look: Look) -> tuple[str, bool]:
    """Return the face that is named for a run, and whether it is Latin of more than ASCII."""
    latin = run.script is LATIN
    named = run.text[:1] == " " if latin else run.voice is LABEL or has_shared_marks(run.text)
    return look.faces[run_face(run, style)] if named else "", latin and not run.text.isascii()


def run(words: str, look: RunLook) -> Element:
    """Return w:r with `words`."""
    said = text(words) if words and "\t" not in words else _with_tabs(words)
    inside = _properties(look, words.isascii()) + said
    return f"<w:r>{inside}</w:r>" if inside else w("r")


def _with_tabs(words: str) -> Element:
    return w("tab").join([text(part) if part else "" for part in words.split("\t")])


@lru_cache(maxsize=4096)
def _properties(look: RunLook, ascii_only: bool) -> Element:
    properties = filled(
        "rPr",
        w("rStyle", val=str(look.voice)) if look.voice else None,
        _fonts(look, ascii_only),
        w("spacing", val=twips(look.nudge)) if look.nudge is not None else None,
        *_size(look),
    )
    return properties or ""


def _size(look: RunLook) -> Iterator[Element]:
    if look.size is not None:
        yield w("sz", val=round(look.size * 2))
        yield w("szCs", val=round(look.size * 2))


def _fonts(look: RunLook, ascii_only: bool) -> Element | None:
    if ascii_only or look.latin:
        return w("rFonts", eastAsia=look.face) if look.face else None
    if look.face:
        return w("rFonts", hint="eastAsia", ascii=look.face, hAnsi=look.face, eastAsia=look.face)
    return w("rFonts", hint="eastAsia")
