"""Runs -> glyphs: characters with their widths, and the pairs that a line end may part.

Breaks follow GB/T 15834-2011 cl. 5.1 (避头尾); numbers stay whole with their sign or 万/亿 (GB/T 15835-2011
cl. 5.1.7); —— and …… are never parted. Where LibreOffice never ends a line we do not either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from zhibi.layout.runs import Run
from zhibi.layout.scripts import Script, has_shared_marks, split_scripts
from zhibi.typography import AUTOSPACE

NOT_FIRST = frozenset("。，、；：？！”’）〕］】》〉」』｝·～—…％‰℃°,.;:?!)]}%‐-")
"""Marks that begin no line (GB/T 15834-2011 cl. 5.1.1-5.1.9)."""

NOT_LAST = frozenset("“‘（〔［【《〈「『｛([{￥¥$№")
"""Marks that end no line."""

_WITH_NUMBER = frozenset("万亿％%‰℃°")
_WHOLE = frozenset("—…")

BEFORE_LATIN = frozenset("，。、）〕］】》〉」』｝”’·％‰℃°①②③④⑤⑥⑦⑧⑨⑩≥≤≈±×÷√§′″※")
"""LibreOffice 7.4 never ends a line between one of these and a digit or Latin letter; so do we not."""

_QUOTES = frozenset("“‘")

Advance = Callable[[Run, str], float]
"""Width in points of a character of a run, without letter-spacing."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is set: `space` is what stands between it and the one before.

    `script` is the one that LibreOffice sees: marks and blanks that no script owns belong to the letter
    before them. `joint` is true where a portion of its line begins: at a new run or a new script.
    """

    char: str
    run: Run
    advance: float
    space: float
    script: Script
    joint: bool


def to_glyphs(runs: Sequence[Run], size: float, advance: Advance) -> Iterator[Glyph]:
    """Yield every character of `runs`, set in type of `size` points."""
    before: Glyph | None = None
    for run in runs:
        for char in run.text:
            space = AUTOSPACE * size if before and _meet(before, char, run) else 0.0
            script = _engine_script(char, run, before)
            joint = before is not None and (before.run is not run or before.script is not script)
            before = Glyph(char, run, advance(run, char), space, script, joint)
            yield before


def _meet(before: Glyph, char: str, run: Run) -> bool:
    """Tell whether Han meets a Latin letter or digit here."""
    if before.run.script is run.script:
        return False
    return _is_letter(before.char) and _is_letter(char)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def _engine_script(char: str, run: Run, before: Glyph | None) -> Script:
    if "\u00a1" <= char <= "\u024f":
        return Script.LATIN
    is_weak = char == " " or (run.script is Script.HAN and has_shared_marks(char))
    return before.script if before and is_weak else run.script


def shown_part(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Return a line without the blanks at its end, which no one sees."""
    count = len(glyphs)
    while count and glyphs[count - 1].char == " ":
        count -= 1
    return glyphs[:count]


def natural_width(glyphs: Sequence[Glyph], space: float) -> float:
    """Return the width of a line without letter-spacing, `space` points between Han and Latin."""
    return sum(glyph.advance for glyph in glyphs) + space * sum(glyph.space > 0 for glyph in glyphs[1:])


def may_part(glyphs: Sequence[Glyph], place: int) -> bool:
    """Tell whether a line may end before `place`.

    Marks after Latin are Latin to LibreOffice: 5”（ is one word, and so is 5，“.
    """
    before, after = glyphs[place - 1], glyphs[place]
    if not may_break(before.char, after.char):
        return False
    if before.script is Script.LATIN and before.run.script is Script.HAN and before.char not in " —…～":
        return _is_han(after.char)
    return after.char not in _QUOTES or before.char not in NOT_FIRST or not _ends_latin(glyphs, place - 1)


def _ends_latin(glyphs: Sequence[Glyph], place: int) -> bool:
    """Tell whether the marks that end at `place` follow Latin words."""
    while place > 0 and glyphs[place].char in NOT_FIRST:
        place -= 1
    return glyphs[place].script is Script.LATIN and glyphs[place].char.isalnum()


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    if before == " ":
        return True
    if before in _WHOLE and after in _WHOLE:
        return False
    if before in BEFORE_LATIN and is_latin(after):
        return False
    if not is_latin(before):
        return True
    if before.isdecimal() and after in _WITH_NUMBER:
        return False
    return _is_han(after) or (before in "%)" and after in NOT_LAST - _QUOTES and not is_latin(after))


def _is_han(char: str) -> bool:
    """Tell whether this is a character that a line may always begin with."""
    return unicodedata.category(char)[0] in "LN" and unicodedata.east_asian_width(char) in "WF"


def is_latin(char: str) -> bool:
    """Tell whether this stands in Latin words."""
    return char.isascii() or next(split_scripts(char))[0] is Script.LATIN
