"""Random papers with every feature of the data format, for round trips through Word."""

from __future__ import annotations

import random
from typing import Any

WORDS = (
    "抓平台", "科技创新工作", "云川区", "2024年", "3.9%", "1,000万元", "12:30", "http://a.cn/x?y=1", "R&D", "（试行）",
    "(2023)", "“315”", "《关于x的意见》", "**", "<b>", "&amp;", "#", "- ", "一、", "（一）", "1. ", "一是", "二是", "①",
    "：", "；", "。", "，", "、", "{{ x }}", "附件：", "标题：", "单位：", "|", "\\", "'", '"', "007", "1.10", "是", "null",
)  # fmt: skip
SCHEMES = ("一、", "（一）", "1.", "1、", "（1）", "一是", "①", "第一，", "a.", "无")


def text(source: random.Random, most: int = 8) -> str:
    """Return words in which anything that looks like a mark stays a word."""
    words = "".join(source.choice(WORDS) for _ in range(source.randint(1, most))).strip()
    return words or "甲"


def sentence(source: random.Random) -> Any:
    if source.random() > 0.2:
        return text(source)
    data: dict[str, Any] = {"分述": [text(source) for _ in range(source.randint(2, 4))]}
    if source.random() < 0.5:
        data["引语"] = text(source)
    if source.random() < 0.5:
        data["编号"] = source.choice(SCHEMES[:-1])
    if source.random() < 0.3:
        data["结语"] = text(source)
    return data


def body(source: random.Random, level: int = 0, depth: int = 0) -> list[Any]:
    return [block(source, level, depth) for _ in range(source.randint(1, 4))]


def block(source: random.Random, level: int, depth: int) -> Any:
    kind = source.random()
    if kind < 0.3 and level < 4 and depth < 4:
        return heading(source, level, depth)
    if kind < 0.45:
        return items(source, level, depth)
    if kind < 0.6:
        return {"表": table(source)}
    if kind < 0.7:
        return {"提要": text(source), **({"文": sentence(source)} if source.random() < 0.8 else {})}
    if kind < 0.74:
        return {"分页": "是"}
    return sentence(source)


def heading(source: random.Random, level: int, depth: int) -> dict[str, Any]:
    data: dict[str, Any] = {"标题": text(source)}
    own = level + 1
    if source.random() < 0.2:
        own = source.randint(level + 1, 4)
        data["层次"] = own
    if source.random() < 0.2:
        data["编号"] = source.choice(SCHEMES)
    if source.random() < 0.2:
        data["序号"] = source.randint(1, 30)
    if source.random() < 0.4:
        data["接排"] = sentence(source)
    if source.random() < 0.7:
        data["内容"] = body(source, own, depth + 1)
    return data


def items(source: random.Random, level: int, depth: int) -> dict[str, Any]:
    found: list[Any] = []
    for _ in range(source.randint(1, 4)):
        if source.random() < 0.7:
            found.append(sentence(source))
            continue
        item: dict[str, Any] = {"文": sentence(source)}
        if source.random() < 0.5:
            item["序号"] = source.randint(1, 30)
        if source.random() < 0.5 and depth < 3:
            item["内容"] = [
                text(source),
                *([items(source, level, depth + 1)] if source.random() < 0.5 else []),
            ]
        found.append(item)
    return {"列项": found, **({"编号": source.choice(SCHEMES)} if source.random() < 0.6 else {})}


def cell(source: random.Random) -> Any:
    kind = source.random()
    if kind < 0.15:
        return ""
    if kind < 0.3:
        return str(source.randint(0, 300))
    if kind < 0.5:
        return [sentence(source) for _ in range(source.randint(1, 3))]
    if kind < 0.6:
        return {"编号": source.choice(SCHEMES), "引语": text(source), "项": [text(source), text(source)]}
    return sentence(source)


def column(source: random.Random, name: str) -> Any:
    data: dict[str, Any] = {"名": name}
    if source.random() < 0.4:
        data["题"] = text(source, 3)
    if source.random() < 0.2:
        data["组"] = source.choice(["甲组", "乙组", ["甲组", "丙组"]])
    if source.random() < 0.3:
        data["编号"] = source.choice(SCHEMES)
    if source.random() < 0.2:
        data["合并"] = "是"
    return data


def table(source: random.Random) -> dict[str, Any]:
    names = [f"栏{number}" for number in range(source.randint(1, 5))]
    columns: list[Any] = [column(source, name) for name in names]
    summed = source.random() < 0.3
    if summed:
        columns.append({"名": "金额", "类": "数", "求和": "是"})
    if source.random() < 0.5:
        columns.insert(0, "序号")
    rows: list[Any] = []
    for _ in range(source.randint(1, 5)):
        if source.random() < 0.15:
            rows.append({"分组": text(source, 3)})
            continue
        row = {name: cell(source) for name in names if source.random() < 0.85}
        if summed:
            row["金额"] = source.choice(["1", "2.50", "1,000", ""])
        if source.random() < 0.2 and columns[0] == "序号":
            row["序号"] = source.choice(["5", "甲", "12"])
        rows.append(row)
    data: dict[str, Any] = {"栏": columns, "行": rows}
    for key, value in (("标题", text(source, 3)), ("单位", "万元"), ("注", [text(source), text(source)])):
        if source.random() < 0.3:
            data[key] = value
    return {**data, **({"合计": "合计"} if summed or source.random() < 0.1 else {})}


def numbering(source: random.Random) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if source.random() < 0.5:
        data["层次"] = [source.choice(SCHEMES[:-1]) for _ in range(source.randint(1, 4))]
    for key in ("连续", "全文连续"):
        if source.random() < 0.3:
            data[key] = [source.randint(2, 4)]
    if source.random() < 0.3:
        data["列项"] = source.choice(SCHEMES)
    if source.random() < 0.3:
        data["分述"] = source.choice(SCHEMES[:-1])
    return data


def part(source: random.Random) -> dict[str, Any]:
    data: dict[str, Any] = {"标题": text(source), "正文": body(source)}
    if source.random() < 0.3:
        data["横向"] = "是"
    if source.random() < 0.3 and (own := numbering(source)):
        data["编号"] = own
    return data


def paper(source: random.Random) -> dict[str, Any]:
    """Return the data of a random paper."""
    data: dict[str, Any] = {"正文": body(source), "文件名": "文"}
    if source.random() < 0.7:
        data["标题"] = text(source) + source.choice(["", "\n" + text(source)])
    if source.random() < 0.5:
        data["信息公开"] = {f"名称{number}": text(source) for number in range(source.randint(1, 5))}
        data["信息公开冒号"] = source.choice(["是", "否"])
    if source.random() < 0.3:
        data["目录"] = source.choice(["是", {"题": text(source), "项": body(source)}])
    for key, value in (
        ("发文字号", "云科〔2026〕2号"), ("主送机关", "各单位："), ("署名", ["甲局", "乙局"]), ("成文日期", "2026年2月8日"),
        ("附注", "（联系人：张三）"), ("横向", "是"), ("语言", "zh-TW"), ("附件说明", "否"),
    ):  # fmt: skip
        if source.random() < 0.35:
            data[key] = value
    for key in ("印发件", "附件"):
        if source.random() < 0.4:
            data[key] = [part(source) for _ in range(source.randint(1, 3))]
    if source.random() < 0.5 and (own := numbering(source)):
        data["编号"] = own
    return data
