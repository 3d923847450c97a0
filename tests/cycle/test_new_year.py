"""`new 2027`: the plan of the new year and the paper on the old one, out of what the quarters said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cycle.new_making import (
    HEAD,
    PLAN,
    PROGRESS,
    TAIL,
    TEMPLATE,
    YEAR,
    YEARLY,
    office,
    series_of,
    written,
)
from tests.test_samples import flow_text
from zhibi.cycle.beginning.new_file import YearSoFar, year_so_far
from zhibi.cycle.beginning.next_plan import next_plan, plan_path
from zhibi.cycle.beginning.next_year import fitting, next_year
from zhibi.cycle.beginning.telling import to_fill
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.model.source import read_plan
from zhibi.periods import Period
from zhibi.pipeline import check_report

YEAR_2026 = Period(2026)
MADE = (
    "由 build.py new 照2026年第三季度的“季度表”做成（第四季度的还没有）；补齐以后要重做，"
    "请把这个文件移走，再运行 python3 build.py new 2027"
)
NEW_PLAN = f"""# 全区的计划
# {MADE}
版本: 1
名称: 某区2027年重点工作计划
年度: 2027
任务:
  # 以下照 2026 年的计划，请逐项核对内容、目标和完成时限
  # 2026年第2项；2026年第三季度：按序推进
  # 当时的下一步：再办2场，
  # 当时的下一步：力争投入4%。
  - 序号: 1
    内容: 举办对接会。
    责任单位: 局
    指标: [投入]
  # 2026年第5项；不在局的表里
  - 序号: 2
    内容: 建设园区。
    责任单位: 厅
  # 2026 年已完成、已调整的，没有列入：
  # 第1项 已完成：培育企业，新增20家。
  # 第7项 已调整：走访企业。
指标:
  # 统计局提供
  投入:
    # 2026 年目标 4，实际 3.1、3.2、3.4；第4季度的数还没有，有了请补进“上年同期”；请填写 2027 年的目标：
    # 目标:
    单位: "%"
    小数: 2
    上年同期: {{1: "3.1", 2: "3.2", 3: "3.4"}}
  满意率:
    # 2026 年目标 95以上，实际 96左右；请填写 2027 年的目标：
    # 目标:
    单位: "%"
"""
NEW_YEAR = """# 每年二月
# MADE
版本: 1
模板: 年
季度表: 某局2026年第三季度.yaml
年度: 2026
# 成文日期: 2026年2月13日    # 上期的；请改成本期的，并删去行首的 # 号
正文:
  - 标题: 2026年总结
    内容:
      # 开头一段：全年总的情况和评价
      - （请填写）
      - 取数: 2026年，{{ 统计.任务总数 }}项重点工作中，已完成{{ 统计.已完成 }}项，占{{ 统计.完成占比 }}%。
      # 第1项（牵头单位：局；完成时限：第2季度末）
      # 原来的思路：培育企业，新增20家。
      # 目标：新增20家
      # 2026年第三季度：已完成
      - 标题: 培育企业
        内容:
          - 分述:
              - 取数: 投入{{ 指标.投入.实际 }}%；
              - 新增21家。
      # 第2项（牵头单位：局）
      # 原来的思路：举办对接会。
      # 2026年第三季度：按序推进
      - 标题: 举办对接会
        内容:
          - 取数: 办会8场，投入{{ 指标.投入.实际 }}%。
      # 第7项（牵头单位：局）
      # 原来的思路：走访企业。
      # 2026年第三季度：已调整
      - 标题: 走访企业
        内容:
          - 并入第2项。
      # 其他单位的任务，没有列入：
      # 第5项 建设园区。
  - 标题: 2027年思路
    内容:
      # 开头一段：新的一年总的要求
      - （请填写）
      # 第1项 培育企业，新增20家。（已完成，不再列入）
      # 第2项（牵头单位：局）
      # 原来的思路：举办对接会。
      # 2026年第三季度：按序推进；下面是当时写的下一步
      - 标题: 举办对接会
        内容:
          - 分述:
              - 再办2场，
              - 力争投入4%。
      # 第7项 走访企业。（已调整，不再列入）
""".replace("MADE", MADE)


def so_far_of(project: Project) -> YearSoFar:
    return year_so_far(series_of(project)[0], 2026, project)


def paper(project: Project) -> str:
    return next_year(series_of(project)[1], YEAR_2026, so_far_of(project), project).text


def test_the_plan_of_the_new_year(tmp_path: Path) -> None:
    project = office(tmp_path)
    new = next_plan(so_far_of(project))
    assert new.path == tmp_path / "data" / "某区2027年重点工作计划.yaml" == plan_path(so_far_of(project))
    assert new.text == NEW_PLAN
    assert new.notes == (
        MADE,
        "原计划第5项不在局的表里，看不出完成没有，都列进了新的计划，已完成的请删去",
    )
    assert to_fill(new.text) == ["指标的目标（2 处）"]
    new.path.write_text(new.text, encoding="utf-8")
    plan = read_plan(new.path, project)
    assert [task["序号"] for task in plan["任务"]] == ["1", "2"]
    assert plan["指标"]["投入"]["上年同期"] == {"1": "3.1", "2": "3.2", "3": "3.4"}


def test_the_paper_on_the_old_year(tmp_path: Path) -> None:
    project = office(tmp_path)
    assert paper(project) == NEW_YEAR
    path = tmp_path / "data" / "2026年总结及2027年思路.yaml"
    assert written(path, NEW_YEAR, project) == []
    said = flow_text(check_report(path, project).paper.flow)
    assert "2026年,3项重点工作中,已完成1项,占33.3%。" in said
    assert "一是投入3.4%;二是新增21家。" in said
    plan = tmp_path / "data" / "某区2026年重点工作计划.yaml"
    plan.write_text(PLAN.replace('3: "3.4"', '3: "3.5"'), encoding="utf-8")
    assert flow_text(check_report(path, project).paper.flow) == said.replace("3.4%", "3.5%")


@pytest.mark.parametrize(
    "plan",
    [
        "{版本: 1, 名称: 某区2026年重点工作计划, 年度: 2026, 任务: [{序号: 2, 内容: 举办对接会。, 责任单位: 局}]}\n",
        "版本: 1\n名称: >-\n  某区2026年重点\n  工作计划\n年度: 2026\n任务:\n- 序号: 2\n  内容: [举办, 对接会。]\n"
        '  责任单位: 局\n  举措: {取数: "按“{{ 1 }}”办"}\n',
        '任务:\n  - {序号: 002, 内容: "举办：对接会。", 责任单位: 局}\n版本: 1\n名称: 某区2026年重点工作计划\n年度: 2026\n',
    ],
)
def test_every_plan_that_can_be_read_goes_on(tmp_path: Path, plan: str) -> None:
    progress = "进展:\n  2: {状态: 滞后, 完成情况: 略, 下一步: {编号: 1、, 项: [再办, 总结]}}\n"
    quarter = HEAD.replace("投入{{ 指标.投入.实际 }}%", "甲") + progress
    project = office(tmp_path, quarter, 计划=plan)
    new = next_plan(so_far_of(project))
    new.path.write_text(new.text, encoding="utf-8")
    made = read_plan(new.path, project)
    assert (made["名称"], made["年度"]) == ("某区2027年重点工作计划", "2027")
    assert [task["序号"] for task in made["任务"]] == ["1"]
    assert "  # 当时的下一步：再办\n  # 当时的下一步：总结\n  - " in new.text
    assert written(tmp_path / "data" / "2026年总结及2027年思路.yaml", paper(project), project) == []


def test_a_plan_that_is_done_leaves_one_task_to_fill_in(tmp_path: Path) -> None:
    plan = PLAN.replace("  - {序号: 5, 内容: 建设园区。, 责任单位: 厅}\n", "").partition("指标:\n")[0]
    progress = PROGRESS.replace("按序推进", "已完成").replace("指标.投入.实际", "任务[1].序号")
    quarter = (HEAD + progress + TAIL).replace("指标.投入.目标", "年度").replace("指标.投入.实际", "年度")
    project = office(tmp_path, quarter, 计划=plan.replace("    指标: [投入]\n", ""))
    text = next_plan(so_far_of(project)).text
    assert "  - 序号: 1\n    内容: （请填写）\n    责任单位: （请填写）\n  # 2026 年已完成" in text
    path = plan_path(so_far_of(project))
    path.write_text(text, encoding="utf-8")
    assert len(read_plan(path, project)["任务"]) == 1
    year = paper(project)
    assert "      # 开头一段：新的一年总的要求\n      - （请填写）\n      # 第1项" in year
    assert written(tmp_path / "data" / "2026年总结及2027年思路.yaml", year, project) == ["完成有下步"]


def test_what_the_year_cannot_fetch_stands_as_words(tmp_path: Path) -> None:
    progress = PROGRESS.replace("办会8场", "第{{ 季度 | 汉字 }}季度办会8场")
    text = paper(office(tmp_path, HEAD + progress))
    assert "          - 第三季度办会8场，投入3.4%。\n" in text
    assert "              - 取数: 投入{{ 指标.投入.实际 }}%；\n" in text


def test_a_quarter_that_nobody_has_begun_says_nothing_of_the_year(tmp_path: Path) -> None:
    project = office(tmp_path)
    fourth = tmp_path / "data" / "某局2026年第四季度.yaml"
    blank = "进展:\n  1: {状态: 已完成, 完成情况: 新增21家。}\n  2: {状态: , 完成情况: , 下一步: }\n"
    head = HEAD.replace("季度: 3", "季度: 4").replace("指标.投入.实际", "指标.投入.目标")
    fourth.write_text(head + blank, encoding="utf-8")
    assert so_far_of(project).period == Period(2026, 3)
    assert "（第四季度的还没有填）；补齐以后要重做" in next_plan(so_far_of(project)).notes[0]
    fourth.write_text(head + blank.replace("2: {状态: ,", "2: {状态: 滞后,"), encoding="utf-8")
    assert so_far_of(project).period == Period(2026, 4)
    assert (
        "（2026年第四季度的没有填完：局（第2、7项任务；指标：投入））"
        in next_plan(so_far_of(project)).notes[0]
    )
    full = (head + PROGRESS).replace("实际", "目标")
    fourth.write_text(full, encoding="utf-8")
    plan = tmp_path / "data" / "某区2026年重点工作计划.yaml"
    plan.write_text(PLAN.replace('3: "3.4"}', '3: "3.4", 4: "3.6"}'), encoding="utf-8")
    assert "第四季度的“季度表”做成；要重做，请把这个文件移走" in next_plan(so_far_of(project)).notes[0]
    plan.write_text(PLAN, encoding="utf-8")
    fourth.write_text(head + blank.replace("2: {状态: ,", "2: {状态: 滞后,"), encoding="utf-8")
    assert "              - 取数" not in paper(project)
    assert "      # 还有 1 项没有填“状态”，填好以后可以写：\n      # - 取数: 2026年，{{ 统计" in paper(
        project
    )
    assert "- 标题: 走访企业\n        内容:\n          - （请填写）\n" in paper(project)


def test_the_first_paper_on_a_year_has_none_before_it(tmp_path: Path) -> None:
    project = office(tmp_path)
    (tmp_path / "data" / "2025年总结及2026年思路.yaml").unlink()
    kind = Path(__file__).resolve().parents[2] / "templates" / "总结与要点.jinja"
    (tmp_path / "templates" / kind.name).write_bytes(kind.read_bytes())
    text = paper(project)
    assert (
        "模板: 总结与要点\n季度表: 某局2026年第三季度.yaml\n标题: 局2026年工作总结及2027年工作思路\n年度: 2026\n下年: 思路\n总结:\n  # 开头一段：全年总的情况和评价\n  - （请填写）\n  - 取数"
        in text
    )
    assert "\n要点:\n  # 开头一段：新的一年总的要求\n  - （请填写）\n  # 第1项" in text
    path = tmp_path / "data" / "2026年总结及2027年思路.yaml"
    assert written(path, text, project) == []
    said = flow_text(check_report(path, project).paper.flow)
    assert "2026年工作总结" in said.split("全年")[0]
    assert "2027年工作思路" in said
    assert "要点" not in said
    assert to_fill(text) == ["（请填写）（2 处）", "署名", "成文日期"]
    points = replace(series_of(project)[1], pattern="data/{年度}年总结和{下年度}年要点.yaml")
    made = next_year(points, YEAR_2026, so_far_of(project), project).text
    assert "标题: 局2026年工作总结及2027年工作要点\n年度: 2026\n下年: 要点\n" in made


def said_of(project: Project) -> str:
    with pytest.raises(ReportError) as caught:
        paper(project)
    return str(caught.value)


def test_what_is_in_the_way_is_told(tmp_path: Path) -> None:
    project = office(tmp_path)
    (tmp_path / "templates" / "年.jinja").write_text(
        YEARLY.replace("  季度表: {类型: 季度表}\n", ""), encoding="utf-8"
    )
    assert said_of(project).startswith(
        "config.yaml:4:25 错误：“总结”的模板没有类型是 季度表 的字段，取不到任务完成得怎样 —— 请在模板的“字段”里加一行"
    )
    old = tmp_path / "data" / "2025年总结及2026年思路.yaml"
    old.write_text(YEAR.replace("标题: 2025年总结", "标是: 甲"), encoding="utf-8")
    assert "data/2025年总结及2026年思路.yaml:8:5 错误" in said_of(project)
    with pytest.raises(ReportError, match=r"看不出 2027 年的任务完成得怎样 —— .* build\.py new 2026Q4$"):
        year_so_far(series_of(project)[0], 2027, project)
    with pytest.raises(
        ReportError, match="它从2026年第一季度开始：2026 年的计划请照样例写，以后从 new 2027 做起"
    ):
        year_so_far(series_of(project)[0], 2025, project)


def test_a_plan_without_a_year_in_its_name(tmp_path: Path) -> None:
    project = office(tmp_path, (HEAD + PROGRESS).replace("某区2026年重点工作计划.yaml", "计划.yaml"))
    (tmp_path / "data" / "某区2026年重点工作计划.yaml").rename(tmp_path / "data" / "计划.yaml")
    with pytest.raises(ReportError, match=r"计划文件的名称“计划\.yaml”里没有 2026"):
        plan_path(so_far_of(project))


def test_of_several_quarterly_papers_the_one_that_last_year_names(tmp_path: Path) -> None:
    config = """版本: 1
定期:
  - {名称: 甲, 周期: 季, 数据: "data/甲{年度}-{季}.yaml", 起始: 2026Q1, 期限: 10}
  - {名称: 季度表, 周期: 季, 数据: "data/某局{年度}年第{季度}季度.yaml", 起始: 2026Q1, 期限: 10}
  - {名称: 总结, 周期: 年, 数据: "data/{年度}年总结及{下年度}年思路.yaml", 起始: 2025, 期限: 30}
"""
    project = office(tmp_path, 配置=config)
    (tmp_path / "data" / "甲计划2026.yaml").write_text(PLAN, encoding="utf-8")
    other = (HEAD + PROGRESS).replace("某区2026年重点工作计划", "甲计划2026")
    (tmp_path / "data" / "甲2026-3.yaml").write_text(other, encoding="utf-8")
    first, second, yearly = series_of(project)
    found = [year_so_far(one, 2026, project) for one in (first, second)]
    assert fitting(yearly, YEAR_2026, found, project) is found[1]
    year = tmp_path / "data" / "2025年总结及2026年思路.yaml"
    year.write_text(
        YEAR.replace("计划: 某区2026年重点工作计划.yaml", "季度表: 甲2026-3.yaml"), encoding="utf-8"
    )
    assert fitting(yearly, YEAR_2026, found, project) is found[0]
    year.unlink()
    with pytest.raises(
        ReportError, match=r"有几种季度表（甲、季度表），看不出“总结”用哪一种 —— .* new 2027 甲 总结"
    ):
        fitting(yearly, YEAR_2026, found, project)


def test_a_paper_that_is_annexed_keeps_its_title_and_parts(tmp_path: Path) -> None:
    kind = Path(__file__).resolve().parents[2] / "templates" / "印发通知.jinja"
    notice = """版本: 1
模板: 印发通知
署名: 某局
印发件:
  - 标题: 某局2025年工作总结及2026年工作思路
    横向: 是
    正文: [{标题: 2025年成绩}, {标题: 2026年打算}, 完。]
  - {标题: 名单, 正文: [甲]}
"""
    project = office(tmp_path, 年=notice)
    (tmp_path / "templates" / kind.name).write_bytes(kind.read_bytes())
    text = paper(project)
    assert written(tmp_path / "data" / "2026年总结及2027年思路.yaml", text, project) == []
    assert (
        "模板: 印发通知\n季度表: 某局2026年第三季度.yaml\n署名: 某局\n印发件:\n"
        "  - 标题: 某局2026年工作总结及2027年工作思路\n    横向: 是\n"
        "  # 上期还有：名单（见 2025年总结及2026年思路.yaml）\n    正文:\n      - 标题: 2026年成绩\n        内容:\n"
    ) in text
    assert (
        "      - 标题: 2027年打算\n        内容:\n          # 开头一段：新的一年总的要求\n          - （请填写）\n          # 第1项"
        in text
    )


def test_a_year_of_which_nothing_is_said_yet(tmp_path: Path) -> None:
    blank = "进展:\n  2: {状态: , 完成情况: , 下一步: }\n"
    project = office(tmp_path, HEAD + blank)
    assert so_far_of(project).period == Period(2026, 3)
    assert next_plan(so_far_of(project)).text.count("；2026年第三季度：未填") == 3
    assert written(tmp_path / "data" / "2026年总结及2027年思路.yaml", paper(project), project) == []


def test_a_quarterly_paper_without_statuses_counts_nothing(tmp_path: Path) -> None:
    template = TEMPLATE.replace("状态: {类型: 状态}, ", "")
    progress = "进展:\n  2: {完成情况: 办会8场。}\n"
    text = paper(office(tmp_path, HEAD + progress, 季模板=template))
    assert "统计" not in text
    assert (
        "      # 2026年第三季度：没有“状态”一栏\n      - 标题: 举办对接会\n        内容:\n          - 办会8场。\n"
        in text
    )


def test_a_quarterly_paper_without_a_plan_says_nothing_of_the_year(tmp_path: Path) -> None:
    kind = Path(__file__).resolve().parents[2] / "templates" / "文稿.jinja"
    project = office(tmp_path, "版本: 1\n模板: 文稿\n标题: 甲\n正文: [乙。]\n")
    (tmp_path / "templates" / kind.name).write_bytes(kind.read_bytes())
    with pytest.raises(ReportError, match="“季度表”的2026年第三季度没有写“计划”，不知道照哪一份计划做"):
        so_far_of(project)
