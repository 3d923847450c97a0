"""The year of an invented district: its plan, what its six units did each quarter, what the eight indicators reached.

Everything here is data; `test_year.py` walks through the year with it.
"""

from __future__ import annotations

from dataclasses import dataclass

UNITS = ("区科技局", "区经信局", "区财政局", "区人社局", "区教育局", "区市场监管局")


@dataclass(frozen=True, slots=True)
class Task:
    """One task: who leads and helps, by which quarter, and what stands for its yearly total."""

    text: str
    units: tuple[str, ...]
    due: int
    total: int
    counted: str
    indicators: tuple[str, ...] = ()


KE, JING, CAI, REN, JIAO, SHI = UNITS

TASKS = (
    Task("新认定高新技术企业240家。", (KE,), 4, 240, "家高新技术企业", ("高新技术企业新认定数",)),
    Task("新增科技型中小企业400家。", (KE, JING), 4, 400, "家科技型中小企业", ("科技型中小企业新增数",)),
    Task("新建产学研联合实验室12家。", (KE,), 3, 12, "家联合实验室"),
    Task("举办科技成果对接活动20场。", (KE, JIAO), 4, 20, "场对接活动"),
    Task("编制科技创新三年行动方案1份。", (KE,), 1, 1, "份行动方案"),
    Task("完成技术交易额88亿元。", (KE, SHI), 4, 88, "亿元技术交易", ("技术交易额",)),
    Task("新增数字化车间、智能工厂28家。", (JING,), 4, 28, "家数字化车间、智能工厂", ("工业技改投资",)),
    Task("培育专精特新企业36家。", (JING, KE), 4, 36, "家专精特新企业"),
    Task("开展产业链供需对接8场。", (JING,), 3, 8, "场供需对接"),
    Task("建成工业互联网平台4个。", (JING,), 4, 4, "个工业互联网平台"),
    Task("拨付科技专项资金6批。", (CAI, KE), 4, 6, "批专项资金", ("财政科技支出",)),
    Task("完成专项资金绩效评价2轮。", (CAI,), 2, 2, "轮绩效评价"),
    Task("新设天使投资子基金3支。", (CAI,), 4, 3, "支子基金"),
    Task("办理科技企业贴息160户。", (CAI,), 4, 160, "户贴息"),
    Task("引进高层次人才110名。", (REN,), 4, 110, "名高层次人才", ("高层次人才引进数",)),
    Task("组织专场招聘活动24场。", (REN, JIAO), 4, 24, "场专场招聘"),
    Task("培养高技能人才2200名。", (REN,), 4, 2200, "名高技能人才"),
    Task("新建博士后工作站4家。", (REN,), 3, 4, "家博士后工作站"),
    Task("共建现代产业学院3所。", (JIAO, REN), 3, 3, "所产业学院"),
    Task("开设科学教育课程60门。", (JIAO,), 4, 60, "门科学教育课程"),
    Task("命名科普教育基地10个。", (JIAO, KE), 4, 10, "个科普教育基地"),
    Task(
        "每万人口高价值发明专利拥有量达到38件。", (SHI,), 4, 38, "件高价值发明专利", ("高价值发明专利拥有量",)
    ),
    Task("完成专利质押融资24亿元。", (SHI,), 4, 24, "亿元专利质押融资"),
    Task("压缩专利纠纷裁决时限，办结案件40件。", (SHI,), 4, 40, "件专利纠纷案件", ("专利纠纷裁决时限",)),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: unit, target, what each quarter reached, and the same of the year before."""

    unit: str
    target: str
    reached: tuple[str, str, str, str]
    before: tuple[str, str, str, str]
    more: str = ""


INDICATORS = {
    "高新技术企业新认定数": Indicator("家", "240", ("0", "96", "171", "252"), ("0", "88", "160", "231")),
    "科技型中小企业新增数": Indicator("家", "400", ("105", "232", "338", "421"), ("98", "210", "301", "386")),
    "技术交易额": Indicator("亿元", "88", ("19.6", "44.1", "66.8", "90.3"), ("16.2", "38.4", "57.9", "79.5")),
    "工业技改投资": Indicator(
        "亿元", "52", ("11.3", "12.9", "13.4", "15.2"), ("10.1", "11.8", "12.6", "13.9"), "口径: 当季"
    ),
    "财政科技支出": Indicator(
        "亿元", "9.6", ("2.05", "4.63", "7.12", "9.72"), ("1.88", "4.21", "6.50", "8.75")
    ),
    "高层次人才引进数": Indicator("名", "110", ("24", "58", "87", "116"), ("21", "49", "75", "98")),
    "高价值发明专利拥有量": Indicator(
        "件", "38", ("34.6", "35.8", "37.1", "38.4"), ("29.9", "31.2", "32.7", "33.8")
    ),
    "专利纠纷裁决时限": Indicator(
        "日", "45", ("56", "51", "47", "44"), ("66", "63", "61", "58"), "方向: 越低越好"
    ),
}


def plan_yaml() -> str:
    """Return the plan file of 2026 as an office would have written it in January."""
    lines = ["版本: 1", "名称: 云川区2026年重点工作", "年度: 2026", "任务:"]
    for number, task in enumerate(TASKS, 1):
        lines += [
            f"  - 序号: {number}",
            f"    内容: {task.text}",
            f"    目标: 全年{task.total}{task.counted}。",
            f"    责任单位: [{', '.join(task.units)}]",
            f"    完成时限: {task.due}",
            *([f"    指标: [{', '.join(task.indicators)}]"] if task.indicators else []),
        ]
    lines.append("指标:")
    for name, own in INDICATORS.items():
        before = ", ".join(f'{quarter}: "{figure}"' for quarter, figure in enumerate(own.before, 1))
        lines += [f"  {name}:  # 逐季填写", f"    单位: {own.unit}", f'    目标: "{own.target}"']
        lines += [f"    上年同期: {{{before}}}", *([f"    {own.more}"] if own.more else [])]
    return "\n".join(lines) + "\n"


def status_of(task: Task, quarter: int) -> str:
    """Return how far a task has got at the end of a quarter; the ninth, tenth and eighteenth run late."""
    late = TASKS.index(task) + 1 in {9, 10, 18}
    if quarter >= task.due + late:
        return "已完成"
    return "滞后" if late and quarter >= task.due - 1 else "按序推进"


def result_of(task: Task, quarter: int) -> str:
    """Return what a unit says it has done by the end of a quarter."""
    done = task.total if status_of(task, quarter) == "已完成" else task.total * quarter // 5
    return f"截至第{'一二三四'[quarter - 1]}季度末，累计完成{done}{task.counted}。"


def next_of(task: Task, quarter: int) -> str:
    """Return what a unit means to do next; nothing where it has done."""
    if status_of(task, quarter) == "已完成":
        return ""
    return f"第{'一二三四'[quarter % 4]}季度继续推进，按月调度{task.counted[1:]}工作。"
