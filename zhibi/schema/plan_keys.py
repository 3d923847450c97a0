"""The keys of a plan file (重点工作计划), its tasks and its indicators, and how a paper names the quarter before."""

from __future__ import annotations

from typing import Final

from zhibi.schema.parts import ANY_TEXT, POSITIVE, TEXT, TEXTS, Schema, described, ref

QUARTER = r"^[1-4]$"

DIRECTIONS = ("越高越好", "越低越好")
"""Which way an indicator should go; the first where none is said."""

SUMS = ("累计", "当季")
"""What a quarter's figure counts: the year so far (where nothing is said), or that quarter alone."""

MAX_PLACES = 6
"""Most decimal places of a worked-out rate."""

FIGURES: Final[Schema] = {
    "if": {"type": "object"},
    "then": {
        "type": "object",
        "patternProperties": {QUARTER: ANY_TEXT},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "else": ANY_TEXT,
}
"""A figure of the whole year, or one a quarter."""

TASK_KEYS: Final[dict[str, Schema]] = {
    "序号": described(POSITIVE, "任务的编号，一经确定不再改动", 4),
    "内容": described(ref("单元格"), "任务内容", "举办科学家、企业家、投资人对接会。"),
    "目标": described(ref("单元格"), "目标任务"),
    "举措": described(ref("单元格"), "工作举措"),
    "责任单位": described(TEXTS, "责任单位，牵头的写在最前；几个单位写成 [甲, 乙]", "区科技局"),
    "配合单位": described(TEXTS, "配合单位；不写就是责任单位里牵头以外的各家"),
    "完成时限": described({"type": "integer", "minimum": 1, "maximum": 4}, "第几季度末以前完成", 3),
    "指标": described(TEXTS, "这项任务对应的指标，写下面“指标”里的名称"),
    "类别": described(TEXT, "分组用的类别"),
}

INDICATOR_KEYS: Final[dict[str, Schema]] = {
    "单位": described(TEXT, "计量单位", "%"),
    "目标": described(ANY_TEXT, "全年目标", "3.9"),
    "实际": described(FIGURES, "实际数；按季写成 {1: …, 2: …}，各季的表取本季的数", "3.95"),
    "上年同期": described(FIGURES, "上年同期数，写法和“实际”一样（都按季写，或都写一个数）", "3.72"),
    "方向": described({"enum": list(DIRECTIONS)}, "越低越好的指标不算完成率", DIRECTIONS[0]),
    "口径": described(
        {"enum": list(SUMS)}, "按季写的数是从年初累计的（不写就是累计），还是当季的（由程序相加）", SUMS[0]
    ),
    "小数": described(
        {"type": "integer", "minimum": 0, "maximum": MAX_PLACES}, "完成率、增幅保留几位小数（不写就是 1）", 1
    ),
}

LISTED, LEFT_OUT = "照列", "不列"
"""What becomes of a task that is settled in the file of the next quarter; the first where a template says nothing."""

LAST: Final[Schema] = described(
    TEXT,
    "上一季度的数据文件，和这个文件放在一起；写了就能对照上期",
    "云川区科技局2026年第二季度重点工作完成情况.yaml",
)
