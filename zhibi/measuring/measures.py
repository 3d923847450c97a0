"""The table of measures: element -> group, clause of GB/T 9704-2012, what is asked, tolerance in mm.

Where another standard states the figure the clause says so. Tolerance is 0.5 mm unless the standard
states its own. Strength: the standard's "应" and "一般" are both measured; what is free is not here.
"""

from __future__ import annotations

from dataclasses import dataclass

TOLERANCE = 0.5


SHEET_WIDTH, SHEET_HEIGHT = 210.0, 297.0
"""The upright sheet in millimetres (cl. 5.1)."""


@dataclass(frozen=True, slots=True)
class Area:
    """The type area of an upright sheet: its edges in millimetres from the sheet's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width in millimetres."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Millimetres from the sheet's left edge to its middle."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Preset:
    """How software is set to give the type area: margins in millimetres, line distance in points.

    `foot` is where the words' side of the 22nd line then ends, in millimetres from the sheet's top.
    `half` are the millimetres above the first and below the last line that lie outside the type area.
    """

    name: str
    top: float
    bottom: float
    left: float
    right: float
    pitch: float
    foot: float
    half: float = 0.0

    @property
    def area(self) -> Area:
        """The type area that these margins give."""
        right, bottom = SHEET_WIDTH - self.right, SHEET_HEIGHT - self.bottom - self.half
        return Area(self.left, round(self.top + self.half, 3), right, round(bottom, 3))


GB_9704 = Preset("GB/T 9704", 37.0, 35.0, 28.0, 26.0, 28.95, 262.0)
"""Margins are the type area's own; 22 lines fill it."""

GB_33476 = Preset("GB/T 33476.2", 34.58, 32.58, 28.0, 26.0, 29.45, 260.7, 2.42)
"""Half of the space between lines lies outside the type area above and below."""

PRESETS = (GB_9704, GB_33476)

STANDARD_AREA = Area(28.0, 37.0, 184.0, 262.0)
"""The type area of cl. 5.2.1; both presets give it."""

CHAR = 156 / 28
"""Width of a character of the grid in millimetres (cl. 5.2.3)."""

SEVEN_EIGHTHS = 4.84
"""Millimetres from the rules of a letter to what stands next to them: 7/8 of a 三号 character (cl. 10.1)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured."""

    element: str
    clause: str
    asked: str
    tolerance: float = TOLERANCE


GROUPS: dict[str, tuple[Measure, ...]] = {
    "纸张和版心": (
        Measure("纸张", "5.1", "A4，210×297 mm"),
        Measure("天头", "5.2.1", "37±1 mm", 1.0),
        Measure("订口", "5.2.1", "28±1 mm", 1.0),
        Measure("版心右边", "5.2.1", "距纸左边 184 mm"),
        Measure("版心下边", "5.2.1", "距纸上边 262 mm（GB/T 33476.2 的设置得 260.7 mm）", 1.0),
    ),
    "行和字": (
        Measure("每页行数", "5.2.3", "22 行"),
        Measure("每行字数", "5.2.3", "28 字"),
        Measure("行距", "5.2.3", "22 行撑满版心"),
        Measure("正文字号", "5.2.2", "三号（16 磅）"),
        Measure("正文字体", "5.2.2", "仿宋"),
        Measure(
            "右边对齐", "5.2.3", "整行右端相差不超过 0.3 mm（另许量误差 0.05 mm；文字处理软件 0.5 mm）", 0.35
        ),
    ),
    "版头": (
        Measure("份号", "7.2.1", "三号，第 1 行顶格"),
        Measure("密级和保密期限", "7.2.2", "三号黑体，顶格，份号的下一行"),
        Measure("紧急程度", "7.2.3", "三号黑体，顶格，密级的下一行"),
        Measure("发文机关标志位置", "7.2.4", "墨迹上缘距纸上边 72 mm"),
        Measure("命令标志位置", "10.2", "墨迹上缘距纸上边 57 mm"),
        Measure("发文机关标志居中", "7.2.4", "居中"),
        Measure("联合标志", "7.2.4", "各机关名称等宽，“文件”在右侧，上下居中"),
        Measure("发文字号位置", "7.2.5", "标志下空二行；有签发人的，与最后一位签发人同行"),
        Measure("发文字号左右", "7.2.5", "居中；有签发人的，左空一字"),
        Measure("发文字号写法", "7.2.5", "年份用六角括号〔〕，不加“第”，不编虚位"),
        Measure("签发人位置", "7.2.6", "标志下空二行"),
        Measure("签发人", "7.2.6", "右空一字，姓名用楷体，各行首位姓名对齐"),
        Measure("红色分隔线位置", "7.2.7", "发文字号之下 4 mm"),
        Measure("红色分隔线长度", "7.2.7", "与版心等宽，156 mm"),
        Measure("信函上双线位置", "10.1", "标志之下 4 mm"),
        Measure("信函上双线长度", "10.1", "170 mm"),
        Measure("信函下双线位置", "10.1", "距纸下边 20 mm"),
        Measure("信函下双线长度", "10.1", "170 mm"),
        Measure("信函标志位置", "10.1", "墨迹上缘距纸上边 30 mm"),
        Measure("信函发文字号", "10.1", "上双线之下 3 号字高的 7/8（4.84 mm），居右顶格"),
        Measure("信函首页页码", "10.1", "首页不显示页码"),
    ),
    "主体": (
        Measure("标题位置", "7.3.1", "红色分隔线（信函、纪要是上一要素）下空二行"),
        Measure("标题字号", "7.3.1", "二号（22 磅）"),
        Measure("标题字体", "7.3.1", "小标宋"),
        Measure("标题居中", "7.3.1", "居中"),
        Measure("标题形状", "7.3.1", "梯形或菱形，不能中间短、两头长"),
        Measure("主送机关位置", "7.3.2", "标题下空一行"),
        Measure("主送机关左边", "7.3.2", "顶格"),
        Measure("首行缩进", "7.3.3", "左空二字"),
        Measure("首页正文", "7.3.3", "首页必须显示正文"),
        Measure("一级标题", "7.3.3", "黑体"),
        Measure("二级标题", "7.3.3", "楷体"),
        Measure("三级标题", "7.3.3", "仿宋"),
        Measure("四级标题", "7.3.3", "仿宋"),
        Measure("加粗", "7.3.3", "不加粗"),
        Measure("命令正文位置", "10.2", "令号下空二行"),
        Measure("页末标题", "7.3.3", "标题不在一页的最后一行"),
    ),
    "文尾": (
        Measure("附件说明位置", "7.3.4", "正文下空一行"),
        Measure("附件说明左边", "7.3.4", "左空二字"),
        Measure("署名位置", "7.3.5", "不加盖印章的，正文或附件说明下空一行；签名章下空二行"),
        Measure("署名和日期左右", "7.3.5", "按不加盖印章、加盖印章或签名章排"),
        Measure("成文日期写法", "7.3.5.4", "阿拉伯数字，年月日齐全，不编虚位"),
        Measure("署名同页正文", "7.3.5.5", "署名所在的页有正文"),
        Measure("附注左边", "7.3.6", "左空二字，加圆括号"),
        Measure("出席名单位置", "10.3", "正文或附件说明下空一行"),
        Measure("出席名单左右", "10.3", "左空二字，回行与冒号后的第一个字对齐"),
        Measure("出席名单字体", "10.3", "“出席”“请假”“列席”用黑体，姓名用仿宋"),
        Measure("附件序号位置", "7.3.7", "版心左上角第一行顶格"),
        Measure("附件序号字体", "7.3.7", "黑体"),
        Measure("附件标题位置", "7.3.7", "版心第三行居中"),
        Measure("附件标题字号", "7.3.7", "二号（22 磅）"),
    ),
    "版记": (
        Measure("版记线长度", "7.4.1", "与版心等宽，156 mm"),
        Measure("版记首末线粗细", "7.4.1", "0.35 mm", 0.06),
        Measure("版记中间线粗细", "7.4.1", "0.25 mm", 0.06),
        Measure("版记末线位置", "7.4.1", "与版心下边重合，距纸上边 262 mm"),
        Measure("信函版记", "10.1", "不加分隔线、印发机关和日期，在版心最下方"),
        Measure("版记页", "GB/T 33476.2 7.3.1", "双数页"),
        Measure("版记字号", "7.4.2", "四号（14 磅）"),
        Measure("版记左右", "7.4.2", "左右各空一字"),
    ),
    "页码": (
        Measure("页码齐全", "7.5", "每页都有，依次编"),
        Measure("页码写法", "7.5", "数字左右各一条一字线"),
        Measure("页码字号", "7.5", "四号（14 磅）"),
        Measure("页码字体", "7.5", "宋体"),
        Measure("页码高低", "7.5", "一字线中线距纸下边 28.0 mm"),
        Measure("页码左右", "7.5", "单页右空一字，双页左空一字"),
        Measure("横排页页码", "8", "与竖排页同在一处"),
    ),
    "字体": (
        Measure("字体嵌入", "–", "全部嵌入"),
        Measure("缺字", "–", "没有缺字"),
    ),
}
"""What is measured, in the order it is told."""

BY_NAME = {measure.element: measure for measures in GROUPS.values() for measure in measures}
GROUP_OF = {measure.element: group for group, measures in GROUPS.items() for measure in measures}


def asked_of(area: Area) -> dict[str, str]:
    """Return what is asked of the elements whose figure comes from the type area, where that is an own one."""
    if area == STANDARD_AREA:
        return {}
    return {
        "天头": f"{area.top:g}±1 mm（config.yaml）",
        "订口": f"{area.left:g}±1 mm（config.yaml）",
        "版心右边": f"距纸左边 {area.right:g} mm（config.yaml）",
        "版心下边": "末行在版心里（config.yaml）",
        "每行字数": f"{chars_in(area)} 字（config.yaml）",
        "红色分隔线长度": f"与版心等宽，{area.width:g} mm",
        "版记线长度": f"与版心等宽，{area.width:g} mm",
        "版记末线位置": f"与版心下边重合，距纸上边 {area.bottom:g} mm",
        "发文机关标志位置": f"墨迹上缘距纸上边 {area.top + 35:g} mm",
        "命令标志位置": f"墨迹上缘距纸上边 {area.top + 20:g} mm",
        "页码高低": f"一字线中线距纸下边 {SHEET_HEIGHT - area.bottom - 7:g} mm",
    }


def chars_in(area: Area) -> int:
    """Return how many characters of the grid a line holds: 28 of 15.75 points in 156 mm (cl. 5.2.3)."""
    return int((area.width * 72 / 25.4 + 0.01) / 15.75)
