"""The schema of an office's own word lists, data/校对.yaml."""

from __future__ import annotations

from zhibi.errors import Level
from zhibi.schema.elements import VERSION
from zhibi.schema.parts import DIALECT, POSITIVE, TEXT, TEXTS, Schema, described, object_of

_LEVEL = described({"enum": [str(level) for level in Level]}, "把握多大；不写是 提醒", "询问")
_WHY = described(TEXT, "为什么，印在提示里", "本单位统一用全称")


def lexicon_schema() -> Schema:
    """Return the schema of data/校对.yaml; the lists of the program's own hold to it as well."""
    word = object_of(
        {
            "错": described(TEXT, "错的写法", "科技创新系统建设工程"),
            "对": described(TEXT, "对的写法", "科技创新体系建设工程"),
            "级": _LEVEL,
            "除": described(TEXTS, "包含错的写法而没有错的说法"),
            "由": _WHY,
        },
        ("错", "对"),
    )
    phrase = object_of(
        {
            "全": described(TEXT, "完整的说法", "强力推进创新深化改革攻坚开放提升"),
            "起": described(POSITIVE, "开头几个字对上了才比较后面；标点和引号不计；不写是 4", 6),
            "也可": described(TEXTS, "同样对的说法"),
            "级": _LEVEL,
            "源": described(TEXT, "出处", "市委全会报告"),
        },
        ("全",),
    )
    listed: Schema = {"type": "object", "additionalProperties": TEXTS, "minProperties": 1}
    properties = {
        "版本": VERSION,
        "词表": described(listed, "本单位的名称、地名：正确写法: [错误写法]；写错的一律是错误"),
        "易混词": described({"type": "array", "items": word, "minItems": 1}, "容易写错、要统一的词"),
        "固定表述": described(
            {"type": "array", "items": phrase, "minItems": 1}, "开头一定、后面不能写走样的话"
        ),
        "不查": described(TEXTS, "写在这里的词，程序的词表不再查"),
    }
    return {"$schema": DIALECT, "title": "校对词表", **object_of(properties, ("版本",))}
