"""Names of fonts -> the typeface class they belong to, and whether they only stand in for it (cl. 5.2.2, 7).

A finished file says nothing of a typeface but its name; this is the table of names. Office faces are of
their class; open faces, and a few of other makers, stand in for one or more classes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """Typeface classes that the standard names, and the Latin one, of which it says nothing."""

    TITLE_SONG = "小标宋"
    FANGSONG = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    SONG = "宋体"
    LATIN = "西文"


class Fit(StrEnum):
    """How a face answers to a class that is asked for."""

    OFFICE = "是"
    STAND_IN = "替代"
    OTHER = "不是"
    UNKNOWN = "不认识"


@dataclass(frozen=True, slots=True)
class Face:
    """A face by its `name` in the file: its `kind`, the classes it may stand in for, boldness by name."""

    name: str
    kind: Kind | None
    stands_for: frozenset[Kind]
    bold: bool

    def fit(self, wanted: Kind) -> Fit:
        """Tell how the face answers to `wanted`."""
        if self.stands_for:
            return Fit.STAND_IN if wanted in self.stands_for else Fit.OTHER
        if self.kind is None:
            return Fit.UNKNOWN
        return Fit.OFFICE if self.kind is wanted else Fit.OTHER


_STAND_INS = (
    (r"fandolfang|zhuquefangsong|朱雀仿宋", {Kind.FANGSONG}),
    (r"fandolkai|lxgw|wenkai|霞鹜|ukai|twkai", {Kind.KAI}),
    (
        r"notosans(mono)?(cjk|sc|hk|tc)|sourcehansans|思源黑|fandolhei|wenquanyi|wqy|yahei|微软雅黑",
        {Kind.HEI},
    ),
    (
        r"zhongsong|中宋|fandolsong.*bold|(notoserif|sourcehanserif|思源宋).*(bold|heavy|black)",
        {Kind.TITLE_SONG},
    ),
    # The regular cut is what remains where a machine has nothing better, so it stands in for every serif.
    (
        r"notoserif(cjk|sc|hk|tc)|sourcehanserif|思源宋|fandolsong|uming",
        {Kind.SONG, Kind.TITLE_SONG, Kind.FANGSONG, Kind.KAI},
    ),
)
_OFFICE = (
    (r"xiaobiaosong|小标宋|fzxbs", Kind.TITLE_SONG),
    (r"fangsong|仿宋|fzfs|simfang", Kind.FANGSONG),
    (r"kaiti|楷|simkai|fzkai|fzkt", Kind.KAI),
    (r"simhei|黑体|heiti|fzhei|fzht", Kind.HEI),
    (r"simsun|宋体|songti|stsong|shusong|书宋|fzss", Kind.SONG),
    (r"times|liberationserif|tinos|termes|dejavu|arial|liberationsans|helvetica|calibri|cambria", Kind.LATIN),
)
_BOLD = re.compile(r"bold|heavy|black(?!letter)|粗")


@lru_cache(maxsize=1024)
def face_of(name: str) -> Face:
    """Return the face that a font name of a PDF (with or without its subset tag) stands for."""
    shown = re.sub(r"^[A-Z]{6}\+", "", name)
    plain = re.sub(r"[\s_\-,.]", "", shown).lower()
    bold = bool(_BOLD.search(plain))
    for pattern, kinds in _STAND_INS:
        if re.search(pattern, plain):
            # A bold cut is how these stand in for 黑体 and 小标宋: no one made the words bold.
            expected = kinds <= {Kind.HEI, Kind.TITLE_SONG}
            return Face(shown, next(iter(sorted(kinds))), frozenset(kinds), bold and not expected)
    kind = next((kind for pattern, kind in _OFFICE if re.search(pattern, plain)), None)
    return Face(shown, kind, frozenset(), bold)
