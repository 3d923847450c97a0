"""Headings and paragraphs -> w:p elements that point to styles and carry as little else as they can.

Word breaks the lines itself and goes on doing so after an edit. Only where engines could disagree does a
line carry its own letter-spacing, which keeps its end where the PDF has it (`layout.breaking`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from zhibi.layout.blocks import LaidParagraph
from zhibi.layout.breaking import Line
from zhibi.layout.faces import run_face
from zhibi.layout.runs import Run, Voice
from zhibi.layout.scripts import Script, has_shared_marks
from zhibi.nodes import HEADING_ROLES, Align, Heading
from zhibi.styles import RUN_IN_STYLES, Look, Style
from zhibi.writers.docx.names import role_id, style_id
from zhibi.writers.docx.style_sheet import JC, indent
from zhibi.writers.docx.xml import Element, flag, text, twips, w


def paragraph(laid: LaidParagraph, look: Look) -> Element:
    """Return a heading or a paragraph in the style of its role, with what it asks for beyond that.

    A heading with text that runs on is kept out of Word's navigation pane.
    """
    block = laid.block
    if isinstance(block, Heading):
        role = HEADING_ROLES[block.level - 1]
        name = style_id(RUN_IN_STYLES[role]) if block.rest else role_id(role)
        return w("p", w("pPr", w("pStyle", val=name)), *runs(laid.lines, laid.style, look))
    style = look.styles[block.role]
    properties = w(
        "pPr",
        w("pStyle", val=role_id(block.role)),
        flag("keepNext", laid.keep and not style.keep_with_next),
        flag("keepLines", laid.keep and not style.keep_with_next),
        flag("pageBreakBefore", laid.new_page),
        indent(style, {"right": block.right}) if block.right is not None else None,
        w("jc", val=JC[block.align]) if block.align else None,
    )
    return w("p", properties, *runs(laid.lines, laid.style, look))


def styled(name: str, *content: Element, align: Align | None = None, keep: bool = False) -> Element:
    """Return a paragraph in the style `name` around runs."""
    properties = w(
        "pPr",
        w("pStyle", val=style_id(name)),
        flag("keepNext", keep),
        w("jc", val=JC[align]) if align else None,
    )
    return w("p", properties, *content)


@dataclass(frozen=True, slots=True)
class RunLook:
    """What a w:r says beyond its words; equal neighbours are one w:r.

    `face` is named for every slot: of Han words with marks that other scripts share, of Latin words that
    begin with a blank, which engines give to the script before it. `latin` is true of Latin words that are
    more than ASCII.
    """

    voice: Voice = Voice.PLAIN
    nudge: float | None = None
    face: str = ""
    latin: bool = False


def runs(lines: Sequence[Line], style: Style, look: Look) -> Iterator[Element]:
    """Yield w:r elements, as few as the looks allow; a wished line end is a w:br.

    Word sets ASCII in the Latin face and Han in the other. Marks that both faces hold are told which:
    in Han words by a hint and, for engines that do not know hints, by the face in every slot.
    """
    for number, stretch in enumerate(_stretches(lines)):
        if number:
            yield w("r", w("br"))
        pieces = [(_look(run, line, style, look), run.text) for line in stretch for run in line.runs]
        for run_look, group in groupby(pieces, key=lambda piece: piece[0]):
            yield run("".join(words for _, words in group), run_look)


def _stretches(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield the lines between wished line ends."""
    start = 0
    for number, line in enumerate(lines, 1):
        if line.ends or number == len(lines):
            yield lines[start:number]
            start = number


def _look(run: Run, line: Line, style: Style, look: Look) -> RunLook:
    latin = run.script is Script.LATIN
    named = run.text[:1] == " " if latin else has_shared_marks(run.text)
    face = look.faces[run_face(run, style)] if named else ""
    return RunLook(run.voice, line.nudge, face, latin and not run.text.isascii())


def run(words: str, look: RunLook) -> Element:
    """Return w:r with `words`."""
    made = w("r")
    properties = w(
        "rPr",
        w("rStyle", val=str(look.voice)) if look.voice else None,
        _fonts(words, look),
        w("spacing", val=twips(look.nudge)) if look.nudge is not None else None,
    )
    if len(properties):
        made.append(properties)
    for number, part in enumerate(words.split("\t")):
        if number:
            made.append(w("tab"))
        if part:
            made.append(text(part))
    return made


def _fonts(words: str, look: RunLook) -> Element | None:
    if words.isascii() or look.latin:
        return w("rFonts", eastAsia=look.face) if look.face else None
    if look.face:
        return w("rFonts", hint="eastAsia", ascii=look.face, hAnsi=look.face, eastAsia=look.face)
    return w("rFonts", hint="eastAsia")
