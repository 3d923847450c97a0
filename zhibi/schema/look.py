"""The schema of 版式: the look that an office sets in config.yaml (GB/T 9704-2012 cl. 5, 7).

Bounds that concern one measure alone stand here; what measures ask of one another is checked where the
look is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhibi.kinds import Align, Role
from zhibi.schema.parts import TEXT, Schema, described, object_of, ref
from zhibi.styles import GBT_9704, GBT_33476
from zhibi.typography import OFFICIAL_FACES, Face

SIZES: Mapping[str, float] = MappingProxyType(
    dict(
        zip(
            [
                "初号",
                "小初",
                "一号",
                "小一",
                "二号",
                "小二",
                "三号",
                "小三",
                "四号",
                "小四",
                "五号",
                "小五",
                "六号",
            ],
            (42.0, 36.0, 26.0, 24.0, 22.0, 18.0, 16.0, 15.0, 14.0, 12.0, 10.5, 9.0, 7.5),
            strict=True,
        )
    )
)
"""Chinese type sizes in points."""

CELL_ROLES = (Role.TABLE_HEAD, Role.TABLE_CELL, Role.INFO_CELL)
"""Roles of words in the cells of a table."""

_FIXED = frozenset(
    {
        *(Role.BLANK, Role.PICTURE, Role.PAGE_NUMBER, Role.RED_RULE, Role.LETTER_RULE),
        *(Role.IMPRINT_FIRST, Role.IMPRINT_MIDDLE, Role.IMPRINT_LAST),
    }
)
"""Roles whose measures follow from others: a blank line, a picture, the page number, rules."""

_SIDES = {"上": 37, "下": 35, "左": 28, "右": 26}


def _number(least: float, most: float) -> Schema:
    return {"type": "number", "minimum": least, "maximum": most}


def _style(*, cell: bool) -> Schema:
    """Return the keys of one role; words in cells are small, and their columns say where they stand."""
    size, pitch = (16, 32) if cell else (72, 108)
    properties: dict[str, Schema] = {
        "字体": described(
            {"enum": [str(face) for face in Face if face is not Face.LATIN]}, "用哪一类字体", "仿宋"
        ),
        "字号": described(
            {
                "if": {"type": "number"},
                "then": _number(5, size),
                "else": {"enum": [name for name, points in SIZES.items() if points <= size]},
            },
            "字号：磅数，或 三号、小四 这样的字号名",
            22,
            "三号",
        ),
        "行距": described(_number(5, pitch), "行距（固定值），磅；不能小于字号", 33),
    }
    if not cell:
        properties |= {
            "首行缩进": described(_number(-10, 10), "首行缩进几个字；负数是悬挂缩进", 2),
            "左缩进": described(_number(0, 15), "左边空几个字", 2),
            "右缩进": described(_number(0, 15), "右边空几个字", 2),
            "对齐": described({"enum": [str(align) for align in Align]}, "对齐方式", "两端"),
        }
    return {**object_of(properties), "minProperties": 1}


LOOK_DEFS: Mapping[str, Schema] = MappingProxyType(
    {
        "样式": described(_style(cell=False), "字体、字号、行距、缩进、对齐"),
        "格内样式": described(_style(cell=True), "字体、字号、行距"),
    }
)
"""What `LOOK` refers to."""

LOOK: Schema = described(
    object_of(
        {
            "标准": described(
                {"enum": [GBT_9704, GBT_33476]},
                f"按哪个标准的页面设置：{GBT_9704}（页边上 37、下 35 毫米，行距 28.95 磅）"
                f"或 {GBT_33476}（页边上 34.58、下 32.58 毫米，行距 29.45 磅）",
                GBT_9704,
            ),
            "页边": described(
                object_of(
                    {
                        side: described(_number(10, 60), f"{side}边到版心的距离，毫米", size)
                        for side, size in _SIDES.items()
                    }
                ),
                "页边距，毫米；没有写的按标准",
            ),
            "行距": described(_number(5, 100), "正文的行距（固定值），磅", 28.95),
            "字体": described(
                object_of(
                    {
                        str(face): described(TEXT, f"{face}的字体名", name)
                        for face, name in OFFICIAL_FACES.items()
                    }
                ),
                "Word 文件里写的字体名；本机装有这个字体时 PDF 也用它",
            ),
            "样式": described(
                object_of(
                    {
                        str(role): ref("格内样式" if role in CELL_ROLES else "样式")
                        for role in Role
                        if role not in _FIXED
                    }
                ),
                "逐项改动各要素的样式；没有写的按标准",
            ),
        }
    ),
    "本单位的版式；没有写的按国标",
)
