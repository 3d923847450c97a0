"""Typeface class -> names of families in order of choice (GB/T 9704-2012 cl. 5.2.2, 7.3).

An office's own faces come first, then open ones of the same kind, then whatever draws Chinese at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from zhibi.typography import Face

REGULAR, BOLD = 400, 700

Candidate = tuple[str, int]
"""A family name and a CSS weight."""

OFFICE: Mapping[Face, tuple[str, ...]] = MappingProxyType(
    {
        Face.TITLE_SONG: ("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "方正小标宋简体", "FZXiaoBiaoSong-B05S"),
        Face.FANGSONG: (
            *("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "FZFangSong-Z02"),
            *("华文仿宋", "STFangsong"),
        ),
        Face.KAI: (
            *("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "FZKai-Z03"),
            *("华文楷体", "STKaiti", "Kaiti SC"),
        ),
        Face.HEI: ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "Heiti SC", "STHeiti"),
        Face.SONG: ("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01", "Songti SC", "STSong"),
        Face.LATIN: ("Times New Roman",),
    }
)
"""The faces that offices have, each under its Chinese and its Latin name."""


def _in(weight: int, *families: str) -> tuple[Candidate, ...]:
    return tuple((family, weight) for family in families)


_SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC")
_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")

LIKE: Mapping[Face, tuple[Candidate, ...]] = MappingProxyType(
    {
        Face.TITLE_SONG: (
            *_in(REGULAR, "华文中宋", "STZhongsong"),
            *_in(BOLD, *_SERIF),
        ),
        Face.FANGSONG: _in(REGULAR, "Zhuque Fangsong (technical preview)", "FandolFang"),
        Face.KAI: _in(REGULAR, "FandolKai", "LXGW WenKai", "LXGW WenKai GB Lite"),
        Face.HEI: (*_in(BOLD, *_SANS), *_in(REGULAR, *_SANS)),
        Face.SONG: _in(REGULAR, *_SERIF),
        Face.LATIN: _in(REGULAR, "Liberation Serif", "Tinos", "TeX Gyre Termes", "DejaVu Serif"),
    }
)
"""Faces of the same kind, nearly all of them open ones, which stand in where a machine has no office face."""

_ANY: tuple[Candidate, ...] = (
    *_in(REGULAR, *OFFICE[Face.SONG], *_SERIF),
    *_in(REGULAR, "Noto Sans CJK SC", "SimSun-ExtB", "BabelStone Han"),
)
"""Faces of another kind: rare characters, or all of them where a class has no face of its own."""


def _stack(face: Face) -> tuple[Candidate, ...]:
    every: Iterable[Candidate] = (*_in(REGULAR, *OFFICE[face]), *LIKE[face], *_ANY)
    return tuple(dict.fromkeys(every))


STACKS: Mapping[Face, tuple[Candidate, ...]] = MappingProxyType({face: _stack(face) for face in Face})
"""All candidates of each class in order of choice."""

NARROW_QUOTES = frozenset(
    {"Zhuque Fangsong (technical preview)", "LXGW WenKai", "LXGW WenKai GB Lite"},
)
"""Families whose “ ” ‘ ’ are as narrow as Western ones; Chinese text wants them one em wide (GB/T 15834)."""
