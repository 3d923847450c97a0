"""Typeface classes -> installed faces, so that every character of a paper has a glyph.

Input: the characters that each class has to set; output: `Faces`, or one `ReportError` with every
character that no installed face holds. A Word file asks for `styles.OFFICIAL_FACES` instead.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.families import BOLD, LIKE, NARROW_QUOTES, OFFICE, REGULAR, STACKS, Candidate
from zhibi.font_files import fault_of, may_embed
from zhibi.freshness.seen import looked_at
from zhibi.typography import Face

_FONTCONFIG_WEIGHT = {REGULAR: 80, BOLD: 200}
_DEMIBOLD = 180
_QUOTES = frozenset("“”‘’")
NOTHING: Mapping[Face, str] = MappingProxyType({})
"""What an office has chosen that keeps to the usual names."""

NO_GLYPH = "缺字"
"""Rule of a character that no installed face holds."""

TOLERATED = 2
"""So many Han characters may come from another face, whatever the length of the paper."""

TOLERATED_SHARE = 0.02
"""And this share of the distinct ones. Beyond it the paper is a traditional one, or one of rare names:
every class that lacks a character is then set in a face that has all, lest it look like a ransom note."""


@dataclass(frozen=True, slots=True)
class FontFace:
    """An installed face; `first` and `last` are the ends of the ranges of characters it holds.

    Faces are told apart by name: hundreds of ranges are not compared for each character.
    """

    family: str
    weight: int
    first: tuple[int, ...] = field(compare=False)
    last: tuple[int, ...] = field(compare=False)

    def holds(self, character: str) -> bool:
        """Tell whether the face has a glyph for `character`."""
        place = bisect_right(self.first, ord(character)) - 1
        return place >= 0 and ord(character) <= self.last[place]


@dataclass(frozen=True, slots=True)
class Faces:
    """The face of each class, and the other face of each character that it does not hold."""

    main: Mapping[Face, FontFace]
    other: Mapping[Face, Mapping[str, FontFace]]

    def substitutes(self, chosen: Mapping[Face, str] = NOTHING) -> dict[Face, str]:
        """Return the classes set in a face that is neither an office's nor `chosen` by this one."""
        return {
            face: found.family
            for face, found in self.main.items()
            if found.family not in (*OFFICE[face], chosen.get(face))
        }

    def all(self) -> list[FontFace]:
        """Return every face in use, each once."""
        others = (found for characters in self.other.values() for found in characters.values())
        return list(dict.fromkeys((*self.main.values(), *others)))

    def split(self, face: Face, text: str) -> Iterator[tuple[FontFace, str]]:
        """Yield the pieces of `text` in order, each with the face that sets it."""
        other = self.other[face]
        main = self.main[face]
        if not other or other.keys().isdisjoint(text):
            yield main, text
            return
        for chosen, characters in groupby(text, key=lambda char: other.get(char, main)):
            yield chosen, "".join(characters)


def installed_faces(face: Face, chosen: Mapping[Face, str] = NOTHING) -> list[FontFace]:
    """Return the installed faces of a class in order of choice, the family that an office has `chosen` first."""
    own = ((chosen[face], REGULAR),) if face in chosen else ()
    return list(_installed((*own, *STACKS[face])))


Used = Mapping[Face, Mapping[str, Location | None]]
"""Class -> the characters it has to set -> where each was typed first."""


def resolve_faces(used: Used, chosen: Mapping[Face, str] = NOTHING) -> Faces:
    """Return faces that hold every character of `used`, or raise with all that none holds.

    `chosen` are families that an office puts first of their classes.
    """
    stacks = {face: installed_faces(face, chosen) for face in used}
    problems = [_no_face(face) for face, stack in stacks.items() if not stack]
    if problems:
        raise ReportError(problems)
    visible = {face: {char for char in used[face] if not _invisible(char)} for face in used}
    # Digits and letters keep their advances whatever else a paper holds: their face is never given up.
    han = [face for face in used if face is not Face.LATIN]
    strict = any(
        all(_lacks_many(own, visible[face]) for own in _own(face, stacks[face], chosen)) for face in han
    )
    main = {face: stack[0] for face, stack in stacks.items()}
    main |= {face: _main_face(stacks[face], visible[face], strict=strict) for face in han}
    other = {face: _other_faces(stacks[face], main[face], visible[face]) for face in used}
    lost = {
        char: at
        for face in used
        for char, at in used[face].items()
        if char in visible[face] and char not in other[face] and not main[face].holds(char)
    }
    problems = [_no_glyph(char, at) for char, at in lost.items()]
    faces = Faces(main, other)
    for face in faces.all():
        file = face_file(face.family, face.weight)
        looked_at(file[0])  # An earlier paper of this process may have read it.
        problems += [_damaged(face)] if fault_of(*file) else []
    if problems:
        raise ReportError(problems)
    return faces


def embedding_problems(faces: Faces) -> list[Problem]:
    """Return advice on faces whose makers do not allow that a PDF carries them."""
    return [
        Problem(
            Location(""),
            "字体许可",
            f"字体“{face.family}”的许可不允许嵌入 PDF",
            "请向字体厂商取得授权，或在 config.yaml 的“版式”里换一种字体",
            Level.ADVICE,
            text=face.family,
        )
        for face in faces.all()
        if not may_embed(*face_file(face.family, face.weight))
    ]


def _own(face: Face, stack: Sequence[FontFace], chosen: Mapping[Face, str]) -> Sequence[FontFace]:
    """Return the faces of `stack` that are of the kind the class names, or the first where none is."""
    families = {*OFFICE[face], *(family for family, _ in LIKE[face]), chosen.get(face)}
    return [found for found in stack if found.family in families] or stack[:1]


def _lacking(face: FontFace, characters: Collection[str]) -> int:
    """Count the Han characters and letters that a face lacks; signs may always come from another one."""
    return sum(not face.holds(char) for char in characters if unicodedata.category(char).startswith("L"))


def _lacks_many(face: FontFace, characters: Collection[str]) -> bool:
    return _lacking(face, characters) > max(TOLERATED, TOLERATED_SHARE * len(characters))


def _main_face(stack: Sequence[FontFace], characters: Collection[str], *, strict: bool) -> FontFace:
    """Return the first face that does not lack many characters; `strict`: that lacks none."""
    for face in stack:
        if not _lacks_many(face, characters) and not (strict and _lacking(face, characters)):
            return face
    return min(stack, key=lambda face: _lacking(face, characters))


def _other_faces(
    stack: Sequence[FontFace], main: FontFace, characters: Collection[str]
) -> dict[str, FontFace]:
    other = {}
    for char in sorted(characters):
        if not main.holds(char):
            face = next((face for face in stack if face.holds(char)), None)
            if face is not None:
                other[char] = face
    return other


def _invisible(character: str) -> bool:
    """Tell whether a character is drawn by none: line ends, joiners, variation selectors."""
    return character in "\t\n" or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _no_glyph(character: str, at: Location | None) -> Problem:
    message = f"本机的字体里都没有“{character}”（U+{ord(character):04X}）这个字"
    return Problem(
        at or Location(""), NO_GLYPH, message, "请换一种写法，或安装含有这个字的字体", text=character
    )


def _damaged(face: FontFace) -> Problem:
    place = face_file(face.family, face.weight)
    message = f"字体“{face.family}”的文件坏了（{fault_of(*place)}）：{Path(place[0]).name}"
    return Problem(Location(""), "坏字体", message, "请重新安装这个字体，或把它删去", text=face.family)


def _no_face(face: Face) -> Problem:
    names = "、".join(family for family, _ in STACKS[face][:4])
    message = f"本机没有可用的{face}字体"
    return Problem(Location(""), "缺字体", message, f"请运行 make setup，或安装 {names} 之一")


def _installed(stack: Sequence[Candidate]) -> Iterator[FontFace]:
    known = _families()
    seen: set[Candidate] = set()
    for family, weight in stack:
        face = match_face(family, weight) if family in known and (family, weight) not in seen else None
        seen.add((family, weight))
        if face is not None:
            yield face


@cache
def match_face(family: str, weight: int) -> FontFace | None:
    """Return what fontconfig gives for a name, or None when it would give something else.

    Pango asks fontconfig by name and weight just so: a face that is not given here cannot be had there.
    """
    families, given, style, _, _, charset = _matched(family, weight)
    if family not in families.split(","):
        return None
    bold = _is_bold(given, style)
    if bold is not (weight == BOLD) and not (bold and _families().get(family, frozenset()) == {bold}):
        return None  # A bold face is taken for regular only where the family has no other (小标宋).
    ends = [part.partition("-") for part in charset.split()]
    ranges = [(int(low, 16), int(high or low, 16)) for low, _, high in ends]
    if family in NARROW_QUOTES:
        ranges = [piece for ends in ranges for piece in _without(ends, _QUOTES)]
    return FontFace(family, weight, tuple(low for low, _ in ranges), tuple(high for _, high in ranges))


def _is_bold(weight: str, style: str) -> bool:
    """Tell whether a face is bold; some bold files give the weight of the regular one (Fandol's)."""
    number = re.match(r"[\d.]+", weight)  # None: the range of a variable font, which has every weight.
    return (number is not None and float(number[0]) >= _DEMIBOLD) or "bold" in style.casefold()


def _without(ends: tuple[int, int], characters: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a range of characters when `characters` are taken out of it."""
    low, high = ends
    for code in sorted(map(ord, characters)):
        if low <= code <= high:
            if low < code:
                yield low, code - 1
            low = code + 1
    if low <= high:
        yield low, high


@cache
def face_file(family: str, weight: int) -> tuple[str, int]:
    """Return the file of an installed face and which face of the file it is."""
    *_, file, index, _ = _matched(family, weight)
    return file, int(index) & 0xFFFF  # The upper half names an instance of a variable font.


@cache
def _matched(family: str, weight: int) -> list[str]:
    """Return names, weight, style, file, its face and charset of what fontconfig gives for a name."""
    asked = "%{family}\t%{weight}\t%{style}\t%{file}\t%{index}\t%{charset}"
    answer = _ask("fc-match", "-f", asked, _pattern(family, weight))
    return answer.split("\t") if answer else [""] * 6  # Where no font is installed, there is no answer.


def _pattern(family: str, weight: int) -> str:
    """Return a fontconfig pattern; an unescaped hyphen in a name would begin a size."""
    name = re.sub(r"([-:,\\])", r"\\\1", family)
    return f"{name}:weight={_FONTCONFIG_WEIGHT[weight]}"


@cache
def _families() -> Mapping[str, frozenset[bool]]:
    """Return all installed families, by every name they have, and whether their faces are bold."""
    found: dict[str, set[bool]] = {}
    for line in _ask("fc-list", "-f", "%{family}\t%{weight}\t%{style}\n").splitlines():
        names, weight, style, *_ = (*line.split("\t"), "", "")
        for name in names.split(","):
            found.setdefault(name, set()).add(_is_bold(weight, style))
    return {name: frozenset(sorts) for name, sorts in found.items()}


def _ask(*command: str) -> str:
    try:
        return subprocess.run(
            command, capture_output=True, check=True, encoding="utf-8", errors="replace"
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"不能查询本机字体（{command[0]}：{error}）"
        raise ReportError(
            [Problem(Location(""), "缺字体", message, "请运行 make setup 安装 fontconfig")]
        ) from error
