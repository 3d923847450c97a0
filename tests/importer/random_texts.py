"""Random published texts: serials, cells, damage and marks in any order."""

from __future__ import annotations

import random

HEADS = (
    "一、", "二、", "三、", "（一）", "(二)", "（三）", "1.", "2.", "3.", "1、", "2、", "3、", "（1）", "(2)", "①", "②", "一是", "二是",
    "三是", "第一，", "第二，", "第一章 ", "第二章 ", "1. ", "10.", "十一、", "1.5", "2.3月1日", "附件", "附件1", "附件:1.", "注：",
    "单位：万元", "表1 ", "索引号：", "目录", "-", "# ", "(一", "1)", "2026年2月8日", "各单位：", "云川区科学技术局",
)  # fmt: skip
WORDS = (
    "抓平台", "科技创新工作", "云川区", "2024年", "3.9%", "1,000万元", "12:30", "http://a.cn/x?y=1", "R&D", "(试行)", "(2023—2027年)",
    "“315”", "《关于x的意见》", "**区", "現(xiàn)", "……", "：", "；", ";", "。", "。", "，", ",", "、", "?", "!", " ", "一是", "二是",
    "1.", "2.", "①", "②", "三是抓好", "<", ">", "&nbsp;", "m²", "・", "\u3000", "(", "）", "![]()", "\u200b",
)  # fmt: skip
TITLES = ("序号", "任务", "责任 单位", "名 称", "完成情况(不超过300字)", "备注")


def random_line(source: random.Random) -> str:
    text = "".join(source.choice(WORDS) for _ in range(source.randint(1, source.choice([3, 8, 25]))))
    kind = source.random()
    if kind < 0.5:
        text = source.choice(HEADS) + text
    elif kind < 0.6:
        text = source.choice(HEADS)
    return text.strip()


def random_cell(source: random.Random) -> str:
    kind = source.random()
    if kind < 0.4:
        return "" if kind < 0.2 else str(source.randint(1, 30))
    if kind < 0.6:
        items = range(1, source.randint(2, 4))
        return " ".join(f"{item}{source.choice('.、')}{random_line(source)};" for item in items)
    return random_line(source)


def random_text(source: random.Random) -> str:
    """Return a text of up to fourteen lines and tables."""
    lines = ["报告"]
    for _ in range(source.randint(1, 14)):
        if source.random() > 0.12:
            lines.append(random_line(source))
            continue
        width = source.randint(1, 8)
        rows = [[source.choice(TITLES) for _ in range(width)]]
        for _ in range(source.randint(0, 4)):
            cells = source.choice([width, width, width, 1, max(1, width - 1)])
            rows.append([random_cell(source) for _ in range(cells)])
        lines += [" | ".join(row) + " |" for row in rows]
    return "\n".join(lines)
