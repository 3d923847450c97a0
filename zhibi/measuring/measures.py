"""The table of measures: element -> group, clause of GB/T 9704-2012, what is asked, tolerance in mm.

Where another standard states the figure the clause says so. Tolerance is 0.5 mm unless the standard
states its own. Strength: the standard's "应" and "一般" are both measured; what is free is not here.
"""

from __future__ import annotations

from dataclasses import dataclass

TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Preset:
    """How software is set to give the type area: margins in millimetres, line distance in points.

    `foot` is where the words' side of the 22nd line then ends, in millimetres from the sheet's top.
    """

    name: str
    top: float
    bottom: float
    left: float
    right: float
    pitch: float
    foot: float


GB_9704 = Preset("GB/T 9704", 37.0, 35.0, 28.0, 26.0, 28.95, 262.0)
"""Margins are the type area's own; 22 lines fill it."""

GB_33476 = Preset("GB/T 33476.2", 34.58, 32.58, 28.0, 26.0, 29.45, 260.7)
"""Half of the space between lines lies outside the type area above and below."""

PRESETS = (GB_9704, GB_33476)

TYPE_TOP, TYPE_BOTTOM, TYPE_LEFT, TYPE_RIGHT = 37.0, 262.0, 28.0, 184.0
"""Edges of the type area on an upright sheet, in millimetres from its top left corner (cl. 5.2.1)."""


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
        Measure("右边对齐", "5.2.3", "整行右端相差不超过 0.3 mm（另许量误差 0.05 mm）", 0.35),
    ),
    "版头": (
        Measure("份号", "7.2.1", "三号，第 1 行顶格"),
        Measure("密级和保密期限", "7.2.2", "三号黑体，顶格，份号的下一行"),
        Measure("紧急程度", "7.2.3", "三号黑体，顶格，密级的下一行"),
        Measure("发文机关标志位置", "7.2.4", "墨迹上缘距纸上边 72 mm"),
        Measure("命令标志位置", "10.2", "墨迹上缘距纸上边 57 mm"),
        Measure("发文机关标志居中", "7.2.4", "居中"),
        Measure("发文字号位置", "7.2.5", "标志下空二行"),
        Measure("发文字号左右", "7.2.5", "居中"),
        Measure("发文字号写法", "7.2.5", "年份用六角括号〔〕，不加“第”，不编虚位"),
        Measure("签发人", "7.2.6", "右空一字，姓名用楷体，发文字号左空一字"),
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
        Measure("标题位置", "7.3.1", "红色分隔线下空二行"),
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
        Measure("页末标题", "7.3.3", "标题不在一页的最后一行"),
    ),
    "文尾": (
        Measure("附件说明位置", "7.3.4", "正文下空一行"),
        Measure("附件说明左边", "7.3.4", "左空二字"),
        Measure("署名位置", "7.3.5", "不加盖印章的，正文或附件说明下空一行"),
        Measure("署名和日期左右", "7.3.5", "按是否加盖印章排"),
        Measure("成文日期写法", "7.3.5.4", "阿拉伯数字，年月日齐全，不编虚位"),
        Measure("署名同页正文", "7.3.5.5", "署名所在的页有正文"),
        Measure("附注左边", "7.3.6", "左空二字，加圆括号"),
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
