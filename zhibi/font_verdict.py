"""The faces of a PDF -> what is said of them: what stands in, and whether they hold to GB/T 9704-2012 (cl. 5.2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from zhibi.families import OFFICE
from zhibi.fonts import NOTHING, Faces
from zhibi.typography import Face

_NAMED = 8
"""So many single characters are named; the others are counted."""


def stand_ins(faces: Faces, chosen: Mapping[Face, str] = NOTHING) -> tuple[str, ...]:
    """Say of every class of the standard which face, and which single characters, stand in in the PDF.

    Latin letters are left out: the standard names no face for them. What an office has `chosen` is its own.
    """
    said = []
    for face in faces.main.keys() - {Face.LATIN}:
        family = faces.main[face].family
        office = (*OFFICE[face], chosen.get(face))
        if family not in office:
            said.append(stand_in(face, family))
        strays: dict[str, list[str]] = {}
        for char, found in faces.other[face].items():
            if found.family not in (family, *office):
                strays.setdefault(found.family, []).append(char)
        said += [f"{face}里的{_some(chars)}用 {name} 代替" for name, chars in strays.items()]
    return tuple(sorted(said))


def stand_in(face: str, family: str) -> str:
    """Say which face stands in for a class."""
    return f"{face}用 {family} 代替"


def _some(chars: Sequence[str]) -> str:
    """Name the first characters, and how many there are when that is not all."""
    more = f"等 {len(chars)} 个字" if len(chars) > _NAMED else ""
    return f"“{''.join(chars[:_NAMED])}”{more}"


def own_faces(faces: Faces, chosen: Mapping[Face, str]) -> tuple[str, ...]:
    """Say of every class which face the office itself has `chosen` that is not known as an office's."""
    return tuple(
        f"{face}用 {found.family}"
        for face, found in faces.main.items()
        if face is not Face.LATIN and found.family == chosen.get(face) and found.family not in OFFICE[face]
    )


def verdict(standing_in: Iterable[str], *, accepted: bool, own: Iterable[str] = (), kept: bool = True) -> str:
    """Say whether the typefaces of a PDF may be called 符合国标; `standing_in` is what `stand_ins` says.

    `own` is what `own_faces` says: nobody but the office can tell whether those are of their class.
    Unless the measures of the paper were `kept`, nothing is called 符合国标.
    """
    said = "、".join(dict.fromkeys(standing_in))
    specified = "、".join(dict.fromkeys(own))
    if not said and specified:
        return f"PDF 的字体按 config.yaml：{specified}。这些字体是否合乎国标，由本单位认定。"
    if not said:
        held = "，字体符合国标（GB/T 9704-2012）" if kept else ""
        return f"PDF 用的都是机关常用字体{held}。"
    if accepted and not kept:
        return f"PDF 的字体有替代：{said}。config.yaml 已写明“认可替代字体: 是”；版面有不符的地方，见提醒。"
    if accepted:
        return f"PDF 的字体有替代：{said}。config.yaml 已写明“认可替代字体: 是”，按符合国标（GB/T 9704-2012）对待。"
    return (
        f"PDF 的字体有替代：{said}。字体没有达到国标（GB/T 9704-2012）的要求，正式印发前请安装机关常用字体重新生成；"
        "本单位认可这些替代字体的，可在 config.yaml 写上“认可替代字体: 是”。"
    )
