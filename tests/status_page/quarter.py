"""A filled third quarter of 云川区, invented: 24 tasks, 6 leading units, 10 indicators with a rate and 4 without."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from zhibi.model import Project

ROOT = Path(__file__).resolve().parents[2]

UNITS = ("区发改局", "区经信局", "区科技局", "区教育局", "区市场监管局", "云川经济技术开发区管委会")

STATUSES = (
    *("已完成", "已完成", "按序推进", "按序推进", "滞后", "未启动"),
    *("已完成", "按序推进", "按序推进", "已完成", "按序推进", "按序推进"),
    *("已完成", "已调整", "按序推进", "滞后", "按序推进", "已完成"),
    *("已完成", "按序推进", "按序推进", "按序推进", "滞后", "按序推进"),
)

RATED = (
    ("技术交易额", "亿元", "96", "81.6"),
    ("研发投入强度", "%", "3.90", "3.80"),
    ("高新技术企业", "家", "260", "274"),
    ("科技型中小企业", "家", "450", "398"),
    ("省级重点实验室", "家", "9", "8"),
    ("规上工业高新技术产业占比", "%", "68.5", "67.9"),
    ("高新技术产业投资增速", "%", "12", "8.4"),
    ("每万人口高价值发明专利拥有量", "件", "42", "43.7"),
    ("新增产学研联合实验室", "家", "20", "13"),
    ("招引科技型项目总投资", "亿元", "1,200", "876.5"),
)
"""Name, unit, target and figure of an indicator."""

UNRATED = (
    "单位地区生产总值能耗: {单位: 吨标准煤/万元, 目标: '0.30', 实际: {3: '0.28'}, 方向: 越低越好}",
    "科普基地: {单位: 个, 实际: {3: '17'}}",
    "科技特派员: {单位: 人, 目标: '60'}",
)


def plan(indicators: Sequence[str]) -> str:
    """Return a plan of 24 tasks, four to a unit."""
    tasks = "".join(
        f"  - {{序号: {number}, 内容: 第{number}项重点工作。, 责任单位: {UNITS[(number - 1) // 4]}, 完成时限: 4"
        + (f", 指标: {RATED[1][0]}}}\n" if number == 9 and rated(*RATED[1]) in indicators else "}\n")
        for number in range(1, 25)
    )
    own = "".join(f"  {one}\n" for one in indicators)
    return f"版本: 1\n名称: 计划\n年度: 2026\n任务:\n{tasks}" + (f"指标:\n{own}" if own else "")


def rated(name: str, unit: str, target: str, figure: str) -> str:
    """Return an indicator of the plan."""
    quoted = name.replace("'", "''")
    return f"? '{quoted}'\n  : {{单位: '{unit}', 目标: '{target}', 实际: {{3: '{figure}'}}}}"


INDICATORS = (*(rated(*one) for one in RATED), *UNRATED)


def quarter(
    folder: Path, indicators: Sequence[str] = INDICATORS, more: str = "状态页: 是\n"
) -> tuple[Path, Project]:
    """Write plan, data file and templates of a project; return its data file and the project."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "计划.yaml").write_text(plan(indicators), encoding="utf-8")
    progress = "".join(
        f"  {number}: {{状态: {status}, 完成情况: 完成了第{number}项工作的{number * 3}件事。}}\n"
        for number, status in enumerate(STATUSES, 1)
    )
    head = "版本: 1\n模板: 省级季度完成情况\n年度: 2026\n季度: 3\n全称: 云川区\n计划: 计划.yaml\n"
    data = folder / "三季度.yaml"
    data.write_text(f"{head}{more}进展:\n{progress}", encoding="utf-8")
    return data, Project(folder, folder / "templates")
