"""An oracle for imports: data -> the text of the paper, numbers included, without any code of the engine.

Written from the data format alone (层次, 连续, 列项, 分述, 表 …); its numerals and counters are its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

HAN = "零一二三四五六七八九"
FIRST = "一1①a⑴"


def fold(text: str) -> str:
    """Fold width and drop white space and cell marks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("|", "")


def han(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else HAN[tens] + "十"
    return head + (HAN[ones] if ones else "")


def serial(sample: str, value: int) -> str:
    """Write the serial of `value` after a sample such as （一）."""
    if sample == "无":
        return ""
    place = next(index for index, sign in enumerate(sample) if sign in FIRST)
    sign = sample[place]
    written = {"一": han(value), "1": str(value)}.get(sign) or chr(ord(sign) + value - 1)
    return sample[:place] + written + sample[place + 1 :]


class Oracle:
    """Counts and writes one paper or part."""

    def __init__(self, numbering: dict[str, Any]) -> None:
        self.samples = [
            *numbering.get("层次", []),
            *["一、", "（一）", "1.", "（1）"][len(numbering.get("层次", [])) :],
        ]
        self.running = numbering.get("连续", [])
        self.through = numbering.get("全文连续", [])
        self.items = numbering.get("列项", "1.")
        self.series = numbering.get("分述", "一是")
        self.last = [0, 0, 0, 0]

    def body(self, blocks: list[Any], above: int = 0) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, dict) and "标题" in block:
                yield from self.heading(block, above)
            elif isinstance(block, dict) and "列项" in block:
                yield from self.list(block, above)
            elif isinstance(block, dict) and "表" in block:
                yield from self.table(block["表"])
            elif isinstance(block, dict) and "提要" in block:
                yield self.words(block["提要"]) + self.words(block.get("文", ""))
            elif isinstance(block, dict) and "分页" in block:
                continue
            else:
                yield self.words(block)

    def heading(self, block: dict[str, Any], above: int) -> Iterator[str]:
        level = block.get("层次", above + 1)
        sample = block.get("编号", self.samples[level - 1])
        number = ""
        if sample != "无":
            value = block.get("序号", self.last[level - 1] + 1)
            self.last[level - 1] = value
            for deeper in range(level + 1, 5):
                goes_on = deeper in self.through or (deeper in self.running and deeper == level + 1)
                self.last[deeper - 1] *= goes_on
            number = serial(sample, value)
        yield number + self.words(block["标题"]) + self.words(block.get("接排", ""))
        yield from self.body(block.get("内容", []), level)

    def list(self, block: dict[str, Any], above: int) -> Iterator[str]:
        value = 0
        for item in block["列项"]:
            whole = item if isinstance(item, dict) and "文" in item else {"文": item}
            value = whole.get("序号", value + 1)
            yield serial(block.get("编号", self.items), value) + self.words(whole["文"])
            yield from self.body(whole.get("内容", []), above)

    def words(self, raw: Any) -> str:
        if not isinstance(raw, dict):
            return str(raw)
        sample = raw.get("编号", self.series)
        items = [serial(sample, value) + self.words(item) for value, item in enumerate(raw["分述"], 1)]
        return self.words(raw.get("引语", "")) + "".join(items) + self.words(raw.get("结语", ""))

    def table(self, table: dict[str, Any]) -> Iterator[str]:
        yield table.get("标题", "")
        yield f"单位：{table['单位']}" if "单位" in table else ""
        columns = [{"名": column} if isinstance(column, str) else column for column in table["栏"]]
        seen: set[tuple[str, ...]] = set()
        for depth in range(3):
            for column in columns:
                groups = column.get("组", [])
                path = tuple([groups] if isinstance(groups, str) else groups)[: depth + 1]
                if len(path) > depth and path not in seen:
                    seen.add(path)
                    yield path[-1]
        yield from (column.get("题", column["名"]) for column in columns)
        count = 0
        before: dict[str, Any] = {}
        for row in table["行"]:
            if "分组" in row:
                yield row["分组"]
                continue
            for column in columns:
                value = row.get(column["名"], "")
                if column.get("类", "序号" if column["名"] == "序号" else "") == "序号":
                    count = value if isinstance(value, int) else count + 1
                    value = value or count
                if column.get("合并") == "是" and value and value == before.get(column["名"]):
                    continue
                before[column["名"]] = value
                yield self.cell(value, column.get("编号", "1."))
        if "合计" in table:
            yield table["合计"]
            yield from (
                str(self.total(table, column["名"])) for column in columns if column.get("求和") == "是"
            )
        notes = table.get("注", [])
        yield from [notes] if isinstance(notes, str) else notes

    def total(self, table: dict[str, Any], name: str) -> str:
        from decimal import Decimal

        return str(sum(Decimal(str(row.get(name, "0"))) for row in table["行"]))

    def cell(self, value: Any, sample: str) -> str:
        if isinstance(value, list):
            value = {"项": value}
        if isinstance(value, dict) and "项" in value:
            sample = value.get("编号", sample)
            items = [serial(sample, place) + self.words(item) for place, item in enumerate(value["项"], 1)]
            return self.words(value.get("引语", "")) + "".join(items)
        return self.words(value)


def headings(blocks: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the headings of a body alone, a run-in one without its full stop."""
    for block in blocks:
        if isinstance(block, dict) and "标题" in block:
            title = block["标题"].removesuffix("。") if "接排" in block else block["标题"]
            under = list(headings(block.get("内容", [])))
            yield {key: block[key] for key in ("层次", "编号", "序号") if key in block} | {
                "标题": title,
                "内容": under,
            }


def render(data: dict[str, Any]) -> str:
    """Return the folded text of a paper."""
    return fold("".join(_paper(data)))


def _paper(data: dict[str, Any]) -> Iterator[str]:
    numbering = data.get("编号", {})
    colon = "：" if data.get("信息公开冒号") == "是" else ""
    yield from (f"{label}{colon}{value}" for label, value in data.get("信息公开", {}).items())
    outline = data.get("目录")
    if outline:
        own = outline if isinstance(outline, dict) else {}
        yield own.get("题", "目录")
        yield from Oracle(numbering).body(own.get("项", list(headings(data["正文"]))))
    yield from (str(data.get(key, "")) for key in ("发文字号", "标题", "主送机关"))
    yield from Oracle(numbering).body(data.get("正文", []))
    attachments = data.get("附件", [])
    many = len(attachments) > 1
    if attachments and data.get("附件说明") != "否":
        names = [
            f"{value}.{part['标题']}" if many else part["标题"] for value, part in enumerate(attachments, 1)
        ]
        yield "附件：" + "".join(names)
    names = data.get("署名", [])
    yield from [names] if isinstance(names, str) else names
    yield from (str(data.get(key, "")) for key in ("成文日期", "附注"))
    for part in data.get("印发件", []):
        yield from _part(part, numbering)
    for value, part in enumerate(attachments, 1):
        yield f"附件{value}" if many else "附件"
        yield from _part(part, numbering)


def _part(part: dict[str, Any], numbering: dict[str, Any]) -> Iterator[str]:
    yield part["标题"]
    yield from Oracle({**numbering, **part.get("编号", {})}).body(part["正文"])
