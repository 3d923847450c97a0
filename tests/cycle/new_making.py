"""A small office whose quarterly paper of 2026Q3 stands, to make the next files from."""

from __future__ import annotations

from pathlib import Path

from zhibi.checks import to_be_written
from zhibi.errors import Level
from zhibi.model import Project, Series, read_config
from zhibi.pipeline import check_report
from zhibi.plain import FILL_IN

TEMPLATE = """---
版本: 1
说明: 试验
字段:
  年度: {类型: 整数, 必填: 是}
  季度: {类型: 整数, 必填: 是}
  单位: {类型: 文字}
  计划: {类型: 计划, 必填: 是}
  综述: {类型: 正文, 必填: 是}
  说明: {类型: 文句}
  填报日期: {类型: 日期}
  进展:
    类型: 进展
    项: {状态: {类型: 状态}, 完成情况: {类型: 单元格, 必填: 是}, 下一步: {类型: 单元格}, 备注: {类型: 文字}}
要素:
  标题: "{{ 年度 }}年第{{ 季度 | 汉字 }}季度完成情况"
横向: 是
表:
  完成情况:
    行: 任务
    栏: [{名: 序号, 值: 项.序号}, {名: 完成情况, 值: 项.进展.完成情况}]
---
::正文 综述

{% if 说明 %}
{{ 说明 }}
{% endif %}

::表 完成情况
"""
YEARLY = """---
版本: 1
说明: 试验
字段:
  年度: {类型: 整数, 必填: 是}
  计划: {类型: 计划}
  季度表: {类型: 季度表}
  正文: {类型: 正文, 必填: 是}
要素:
  标题: "{{ 年度 }}年工作总结"
---
::正文
"""
PLAN = """# 全区的计划
版本: 1
名称: 某区2026年重点工作计划
年度: 2026
任务:
  - {序号: 1, 内容: "培育企业，新增20家。", 目标: 新增20家, 责任单位: [局, 处], 完成时限: 2}
  - 序号: 2
    内容: 举办对接会。
    责任单位: 局
    指标: [投入]
  - {序号: 5, 内容: 建设园区。, 责任单位: 厅}
  - {序号: 7, 内容: 走访企业。, 责任单位: 局}
指标:
  # 统计局提供
  投入: {单位: "%", 目标: "4", 小数: 2, 实际: {1: "3.1", 2: "3.2", 3: "3.4"}, 上年同期: {1: "3.0"}}
  满意率: {单位: "%", 目标: 95以上, 实际: 96左右}
"""
HEAD = """# 本局的季度表
版本: 1
模板: 季
年度: 2026   # 计划年度
季度: 3
# 只列本局的
单位: '局'
标题: 某局2026年第三季度完成情况
文件名: 前三季度情况（2026Q3）
计划: 某区2026年重点工作计划.yaml   # 区里印的
综述:
  - 取数: "前三季度投入{{ 指标.投入.实际 }}%。"
信息公开:
  # 办公室编
  索引号: A/2026-1   # 顺着编
  发布机构: 局

  # 签发的那天
  成文日期: 2026-10-09
成文日期: 2026年10月9日
说明: 各项均按序推进。
主送机关: |
  各镇街、
  各处室：
# 每季填一次
"""
PROGRESS = """进展:
  # 已经做完
  1: {状态: 已完成, 完成情况: [{取数: "投入{{ 指标.投入.实际 }}%"}, 新增21家。], 下一步: 无}
  2:
    状态: 按序推进
    完成情况: {取数: "办会8场，投入{{ 指标.投入.实际 }}%。"}
    下一步:
      - 再办2场，
      - {取数: "力争投入{{ 指标.投入.目标 }}%。"}
  7: {状态: 已调整, 完成情况: 并入第2项。}
"""
TAIL = """# 印成横的
横向: 是
# 完
"""
YEAR = """# 每年二月
版本: 1
模板: 年
年度: 2025
计划: 某区2026年重点工作计划.yaml
成文日期: 2026年2月13日
正文:
  - 标题: 2025年总结
    内容: [好。]
  - 标题: 2026年思路
    内容: [更好。]
"""
CONFIG = """版本: 1
定期:
  - {名称: 季度表, 周期: 季, 数据: "data/某局{年度}年第{季度}季度.yaml", 起始: 2026Q1, 期限: 10}
  - {名称: 总结, 周期: 年, 数据: "data/{年度}年总结及{下年度}年思路.yaml", 起始: 2025, 期限: 30}
"""


def office(folder: Path, quarter: str = HEAD + PROGRESS + TAIL, **changed: str) -> Project:
    """Write the office, with some of its files changed (计划, 年, 季模板, 配置); return the project."""
    (folder / "templates").mkdir()
    (folder / "data").mkdir()
    files = {
        "config.yaml": changed.get("配置", CONFIG),
        "templates/季.jinja": changed.get("季模板", TEMPLATE),
        "templates/年.jinja": YEARLY,
        "data/某区2026年重点工作计划.yaml": changed.get("计划", PLAN),
        "data/某局2026年第三季度.yaml": quarter,
        "data/2025年总结及2026年思路.yaml": changed.get("年", YEAR),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Project(folder, folder / "templates")


def series_of(project: Project) -> tuple[Series, ...]:
    return read_config(project.root / "config.yaml", project).series


HEADINGS = ("孤立标题", "标题不齐")


def written(path: Path, text: str, project: Project) -> list[str]:
    """Write a new file and check it; return the rules of the advice, raise when it has errors.

    Where something is still to be written, that is said too; it is looked at here. The headings of a
    draft are not judged: it has one part where another will follow.
    """
    assert not path.exists()
    path.write_text(text, encoding="utf-8")
    problems = check_report(path, project).problems
    assert all(problem.level is not Level.ERROR for problem in problems)
    rules = {problem.rule for problem in problems if problem.rule not in HEADINGS}
    assert (to_be_written.RULE in rules) == (FILL_IN in text)
    return sorted(rules - {to_be_written.RULE})
