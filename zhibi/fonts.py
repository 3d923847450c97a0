"""Typeface classes -> installed faces, so that every character of a paper has a glyph.

Input: the characters that each class has to set; output: `Faces`, or one `ReportError` with every
character that no installed face holds. A Word file asks for `styles.OFFICIAL_FACES` instead.
"""

from __future__ import annotations

import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from types import MappingProxyType

from zhibi.errors import Location, Problem, ReportError
from zhibi.styles import Face

REGULAR, BOLD = 400, 700
_FONTCONFIG_WEIGHT = {REGULAR: 80, BOLD: 200}

Candidate = tuple[str, int]
"""A family name and a CSS weight."""

_REGULAR_SERIF = (
    ("Noto Serif CJK SC", REGULAR),
    ("Noto Serif SC", REGULAR),
    ("Source Han Serif SC", REGULAR),
)
_RARE = (("Noto Sans CJK SC", REGULAR), ("SimSun-ExtB", REGULAR), ("BabelStone Han", REGULAR))


def _names(*families: str) -> tuple[Candidate, ...]:
    return tuple((family, REGULAR) for family in families)


STACKS: Mapping[Face, tuple[Candidate, ...]] = MappingProxyType(
    {
        Face.TITLE_SONG: (
            *_names("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "方正小标宋简体", "FZXiaoBiaoSong-B05S"),
            *_names("华文中宋", "STZhongsong"),
            *(("Noto Serif CJK SC", BOLD), ("Noto Serif SC", BOLD), ("Source Han Serif SC", BOLD), *_RARE),
        ),
        Face.FANGSONG: (
            *_names("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "FZFangSong-Z02"),
            *_names("华文仿宋", "STFangsong", "FandolFang"),
            *(*_REGULAR_SERIF, *_RARE),
        ),
        Face.KAI: (
            *_names("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "FZKai-Z03"),
            *_names("华文楷体", "STKaiti", "Kaiti SC", "FandolKai", "LXGW WenKai", "LXGW WenKai GB Lite"),
            *(*_REGULAR_SERIF, *_RARE),
        ),
        Face.HEI: (
            *_names("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "Heiti SC", "STHeiti"),
            *(("Noto Sans CJK SC", BOLD), ("Noto Sans SC", BOLD), ("Source Han Sans SC", BOLD)),
            *(*_REGULAR_SERIF, *_RARE),
        ),
        Face.SONG: (
            *_names("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01", "Songti SC", "STSong"),
            *(*_REGULAR_SERIF, *_RARE),
        ),
        Face.LATIN: (
            *_names("Times New Roman", "Liberation Serif", "Tinos", "TeX Gyre Termes", "DejaVu Serif"),
            *(*_REGULAR_SERIF, *_RARE),
        ),
    }
)
"""Candidates of each class in order of choice: office faces first, then open ones, then rare characters."""

OPEN_FAMILIES = frozenset(
    {
        *("FandolFang", "FandolKai", "LXGW WenKai", "LXGW WenKai GB Lite", "Liberation Serif", "Tinos"),
        *("TeX Gyre Termes", "DejaVu Serif", "BabelStone Han"),
        *(f"{name} SC" for name in ("Noto Serif CJK", "Noto Serif", "Noto Sans CJK", "Noto Sans")),
        *("Source Han Serif SC", "Source Han Sans SC"),
    }
)
"""Families that stand in where a machine has no office face."""

TOLERATED = 2
"""So many characters may come from another face, whatever the length of the paper."""

TOLERATED_SHARE = 0.02
"""And this share of the distinct ones. Beyond it the paper is a traditional one, or one of rare names:
every class that lacks a character is then set in a face that has all, lest it look like a ransom note."""


@dataclass(frozen=True, slots=True)
class FontFace:
    """An installed face; `first` and `last` are the ends of the ranges of characters it holds."""

    family: str
    weight: int
    first: tuple[int, ...]
    last: tuple[int, ...]

    def holds(self, character: str) -> bool:
        """Tell whether the face has a glyph for `character`."""
        place = bisect_right(self.first, ord(character)) - 1
        return place >= 0 and ord(character) <= self.last[place]


@dataclass(frozen=True, slots=True)
class Faces:
    """The face of each class, and the other face of each character that it does not hold."""

    main: Mapping[Face, FontFace]
    other: Mapping[Face, Mapping[str, FontFace]]

    def substitutes(self) -> dict[Face, str]:
        """Return the classes that are set in a face other than an office's, with its family."""
        return {face: found.family for face, found in self.main.items() if found.family in OPEN_FAMILIES}

    def split(self, face: Face, text: str) -> Iterator[tuple[FontFace, str]]:
        """Yield the pieces of `text` in order, each with the face that sets it."""
        other = self.other[face]
        main = self.main[face]
        if not other or other.keys().isdisjoint(text):
            yield main, text
            return
        for chosen, characters in groupby(text, key=lambda char: other.get(char, main)):
            yield chosen, "".join(characters)


def alternatives(face: Face, char: str) -> Iterator[FontFace]:
    """Yield the installed faces of a class that hold `char`, in order of choice."""
    return (found for found in _installed(STACKS[face]) if found.holds(char))


Used = Mapping[Face, Mapping[str, Location | None]]
"""Class -> the characters it has to set -> where each was typed first."""


def resolve_faces(used: Used) -> Faces:
    """Return faces that hold every character of `used`, or raise with all that none holds."""
    stacks = {face: list(_installed(STACKS[face])) for face in used}
    problems = [_no_face(face) for face, stack in stacks.items() if not stack]
    if problems:
        raise ReportError(problems)
    visible = {face: {char for char in used[face] if not _invisible(char)} for face in used}
    # Digits and letters keep their advances whatever else a paper holds: their face is never given up.
    han = [face for face in used if face is not Face.LATIN]
    strict = any(_lacks_many(stacks[face][0], visible[face]) for face in han)
    main = {face: stack[0] for face, stack in stacks.items()}
    main |= {face: _main_face(stacks[face], visible[face], strict=strict) for face in han}
    other = {face: _other_faces(stacks[face], main[face], visible[face]) for face in used}
    lost = {
        char: at
        for face in used
        for char, at in used[face].items()
        if char in visible[face] and char not in other[face] and not main[face].holds(char)
    }
    if lost:
        raise ReportError([_no_glyph(char, at) for char, at in lost.items()])
    return Faces(main, other)


def _lacks_many(face: FontFace, characters: Collection[str]) -> bool:
    lacking = sum(not face.holds(char) for char in characters)
    return lacking > max(TOLERATED, TOLERATED_SHARE * len(characters))


def _main_face(stack: Sequence[FontFace], characters: Collection[str], *, strict: bool) -> FontFace:
    """Return the first face, unless it lacks many characters; `strict`: unless it lacks any."""
    first = stack[0]
    if not _lacks_many(first, characters) and (not strict or all(map(first.holds, characters))):
        return first
    return min(stack, key=lambda face: sum(not face.holds(char) for char in characters))


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
        at or Location(""), "缺字", message, "请换一种写法，或安装含有这个字的字体", text=character
    )


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
    """Return what fontconfig gives for a name, or None when it would give something else."""
    pattern = f"{family}:weight={_FONTCONFIG_WEIGHT[weight]}"
    answer = _ask("fc-match", "-f", "%{family}\t%{charset}", pattern)
    families, _, charset = answer.partition("\t")
    if family not in families.split(","):
        return None
    ends = [part.partition("-") for part in charset.split()]
    first = tuple(int(low, 16) for low, _, _ in ends)
    last = tuple(int(high or low, 16) for low, _, high in ends)
    return FontFace(family, weight, first, last)


@cache
def face_file(family: str, weight: int) -> tuple[str, int]:
    """Return the file of an installed face and which face of the file it is."""
    pattern = f"{family}:weight={_FONTCONFIG_WEIGHT[weight]}"
    file, _, index = _ask("fc-match", "-f", "%{file}\t%{index}", pattern).partition("\t")
    return file, int(index) & 0xFFFF  # The upper half names an instance of a variable font.


@cache
def _families() -> frozenset[str]:
    """Return the names of all installed families, in every language they are known by."""
    return frozenset(
        name for line in _ask("fc-list", "-f", "%{family}\n").splitlines() for name in line.split(",")
    )


def _ask(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"不能查询本机字体（{command[0]}：{error}）"
        raise ReportError(
            [Problem(Location(""), "缺字体", message, "请运行 make setup 安装 fontconfig")]
        ) from error
