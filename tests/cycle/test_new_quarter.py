"""`new 2026Q4`: the next quarter's file, its head as the old one stood, its tasks blank under what was said of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cycle.new_making import HEAD, PLAN, PROGRESS, TAIL, TEMPLATE, office, series_of, written
from zhibi.cycle.beginning.head import Turn, carried
from zhibi.cycle.beginning.next_quarter import next_quarter
from zhibi.cycle.beginning.old_file import read_old
from zhibi.cycle.beginning.telling import to_fill
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.periods import Period
from zhibi.pipeline import check_report
from zhibi.reading import read_yaml

FOURTH = Period(2026, 4)
MADE = """# 本局的季度表
版本: 1
模板: 季
年度: 2026   # 计划年度
季度: 4
# 只列本局的
单位: '局'
标题: 某局2026年第四季度完成情况
# 请核对下面的“文件名”：里面的时间照上期写，可能要改
文件名: 前三季度情况（2026Q4）
计划: 某区2026年重点工作计划.yaml   # 区里印的
上期: 某局2026年第三季度.yaml
# 综述：请填写本期的（上期的见 某局2026年第三季度.yaml）
综述:
  - （请填写）
信息公开:
  # 办公室编
  # 索引号: A/2026-1   # 顺着编    # 上期的；请改成本期的，并删去行首的 # 号
  发布机构: 局

  # 签发的那天
  # 成文日期: 2026-10-09    # 上期的；请改成本期的，并删去行首的 # 号
# 成文日期: 2026年10月9日    # 上期的；请改成本期的，并删去行首的 # 号
# 说明: 各项均按序推进。    # 上期的；请改成本期的，并删去行首的 # 号
主送机关: |
  各镇街、
  各处室：
# 每季填一次
进展:
  # 第1项 培育企业，新增20家。（上期已完成，照列；不用列的请删去）
  1:
    状态: 已完成
    完成情况: [投入3.4%, 新增21家。]
    下一步:
    # 备注:
  # 第2项 举办对接会。
  # 牵头单位：局；上期状态：按序推进
  # 上期下一步：再办2场，
  # 上期下一步：力争投入4%。
  2:
    状态:
    完成情况:
    下一步:
    # 备注:
  # 第7项 走访企业。（上期已调整，照列；不用列的请删去）
  7:
    状态: 已调整
    完成情况: 并入第2项。
    下一步:
    # 备注:
# 印成横的
横向: 是
# 完
"""


def made(project: Project, period: Period = FOURTH) -> str:
    return next_quarter(series_of(project)[0], period, project).text


def faults(project: Project, period: Period = FOURTH) -> list[str]:
    with pytest.raises(ReportError) as caught:
        made(project, period)
    return [str(problem) for problem in caught.value.problems]


def test_the_next_quarter_is_written_on_from_the_last(tmp_path: Path) -> None:
    project = office(tmp_path)
    new = next_quarter(series_of(project)[0], FOURTH, project)
    assert new.path == tmp_path / "data" / "某局2026年第四季度.yaml"
    assert new.text == MADE
    assert written(new.path, new.text, project) == ["期次", "未填进展"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("进展:\n", ""),
        ("进展:\n  2:\n", ""),
        ("", "缺少“进展” —— 请补上一行：进展: {}"),
        ("进展: []\n", "写的是列表 —— 请把各项任务写在下面：一行“序号:”，再下面缩进写各栏；还没有内容就空着"),
        ("进展:\n  2: 好\n", "写的是文字“好” —— 请在下面缩进写各栏，如 状态: …；还没有内容就空着"),
    ],
)
def test_a_progress_may_be_empty(tmp_path: Path, typed: str, said: str) -> None:
    template = TEMPLATE.replace("类型: 进展\n", "类型: 进展\n    必填: 是\n")
    project = office(tmp_path, HEAD + typed, 季模板=template)
    path = tmp_path / "data" / "某局2026年第三季度.yaml"
    if said:
        assert said in faults(project)[0]
    else:
        assert {one.rule for one in check_report(path, project).problems} == {"未填进展"}
        assert "  # 第2项 举办对接会。\n  # 牵头单位：局；上期状态：未填\n  2:\n    状态:\n" in made(project)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_file(tmp_path: Path, encoding: str, end: str) -> None:
    project = office(tmp_path)
    text = (HEAD + PROGRESS + TAIL).replace("\n", end)
    (tmp_path / "data" / "某局2026年第三季度.yaml").write_bytes(text.encode(encoding))
    assert made(project) == MADE


def indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "quarter",
    [
        f"---\n{HEAD}{PROGRESS}{TAIL}...\n",
        indented(HEAD + PROGRESS + TAIL),
        HEAD + TAIL + PROGRESS,
        HEAD.replace("季度: 3", '"季度": 3 # 第三').replace("标题: 某", "标题:\n  某") + PROGRESS,
        HEAD.replace("主送机关: |\n  各镇街、\n  各处室：", "主送机关: >-\n  各镇街、\n  # 各处室：")
        + PROGRESS,
        HEAD + PROGRESS.replace("进展:\n", "进展:   # 每季\n\n"),
    ],
)
def test_every_head_that_can_be_read_is_kept(tmp_path: Path, quarter: str) -> None:
    project = office(tmp_path, quarter)
    path = tmp_path / "data" / "某局2026年第四季度.yaml"
    assert "未填进展" in written(path, made(project), project)
    old, new = (read_yaml(tmp_path / "data" / f"某局2026年第{one}季度.yaml", "甲")[0] for one in "三四")
    assert old is not None
    assert new is not None
    kept = ("版本", "模板", "单位", "计划", "主送机关")
    assert [new[key] for key in kept] == [old[key] for key in kept]
    assert (new["季度"], new["标题"], new["上期"]) == (
        "4",
        "某局2026年第四季度完成情况",
        "某局2026年第三季度.yaml",
    )
    for comment in ("本局的季度表", "计划年度", "只列本局的", "区里印的", "每季填一次"):
        assert made(project).count(f"# {comment}") == 1
    assert list(new) == [
        key for key in (*list(old)[:8], "上期", *list(old)[8:]) if key not in {"说明", "成文日期"}
    ]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("三   # 写汉字", "四   # 写汉字"),
        ("第三季度", "第四季度"),
        ('"3"', '"4"'),
        ("上半年", "上半年"),
    ],
)
def test_a_quarter_in_words_moves_on(tmp_path: Path, typed: str, wanted: str) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text(f"季度: {typed}\n", encoding="utf-8")
    data, _ = read_yaml(path, "甲.yaml")
    assert data is not None
    (entry,) = read_old(path, data).entries
    assert carried(entry, Turn(Period(2026, 3), FOURTH, "甲.yaml", {})) == [f"季度: {wanted}"]


def test_comments_at_any_depth_and_escapes_are_read(tmp_path: Path) -> None:
    head = HEAD.replace("# 本局的季度表", "   # 本局的季度表").replace(
        "成文日期: 2026年", "  # 深处的\n成文日期: 2026年"
    )
    head = head.replace(
        "计划: 某区2026年重点工作计划.yaml   # 区里印的", '计划: "某区2026年重点工作计划\\x2Eyaml"'
    )
    head = head.replace("说明: 各项均按序推进。", "说明: 各项均按序推进。\n  # 再深些")
    project = office(tmp_path, head + PROGRESS)
    text = made(project)
    assert "未填进展" in written(tmp_path / "data" / "某局2026年第四季度.yaml", text, project)
    assert text.startswith("   # 本局的季度表\n版本: 1\n")
    assert "\n计划: 某区2026年重点工作计划.yaml\n上期: " in text
    assert "\n  # 深处的\n# 成文日期: 2026年10月9日" in text
    assert "改成本期的，并删去行首的 # 号\n  # 再深些\n主送机关" in text


def test_a_file_in_braces_is_written_a_line_a_key(tmp_path: Path) -> None:
    flow = (
        "# 本局\n{版本: 1, 模板: 季, 年度: 2026, 季度: 3, 单位: 局, 计划: 某区2026年重点工作计划.yaml, 综述: [好],\n"
        ' 信息公开: {索引号: "007", 发布机构: 局, 成文日期: 2026-10-09}, 进展: {2: {状态: 滞后, 完成情况: 略}}}\n'
    )
    project = office(tmp_path, flow)
    text = made(project)
    assert written(tmp_path / "data" / "某局2026年第四季度.yaml", text, project) == ["未填进展"]
    assert text.startswith(
        "# 本局\n# 由 build.py new 照2026年第三季度的数据文件做成（它没有填完：局（第1、7项任务））；补齐以后要重做，"
        "请把这个文件移走，再运行 python3 build.py new 2026Q4\n版本: 1\n模板: 季\n年度: 2026\n季度: 4\n单位: 局\n计划: 某区2026年重点工作计划.yaml\n上期: 某"
    )
    assert '  # 索引号: "007"    # 上期的' in text or '# 索引号: "007"    # 上期的' in text


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (
            "信息公开: {索引号: A1, 发布机构: 局, 成文日期: 2026-10-09}   # 都要",
            [
                "# 索引号: A1    # 上期的；请改成本期的，并删去行首的 # 号",
                '# 成文日期: "2026-10-09"    # 上期的；请改成本期的，并删去行首的 # 号',
                "信息公开:",
                "  发布机构: 局",
            ],
        ),
        (
            "信息公开:\n  文号: 某〔2026〕3号\n",
            ["# 信息公开:", "  # 文号: 某〔2026〕3号    # 上期的；请改成本期的，并删去行首的 # 号"],
        ),
        ("信息公开: {文号: A1}", ["# 文号: A1    # 上期的；请改成本期的，并删去行首的 # 号"]),
        ('信息公开: {发布机构: 局, 成文日期: ""}', ['信息公开: {发布机构: 局, 成文日期: ""}']),
        (
            "版头: {发文机关标志: 某局文件, 份号: 000001}",
            [
                "# 份号: 000001    # 上期的；请改成本期的，并删去行首的 # 号",
                "版头:",
                "  发文机关标志: 某局文件",
            ],
        ),
    ],
)
def test_what_belongs_to_one_paper_is_a_comment(tmp_path: Path, typed: str, wanted: list[str]) -> None:
    head = HEAD[: HEAD.index("信息公开")] + typed + "\n主送机关: 各镇街：\n"
    project = office(tmp_path, head + PROGRESS)
    text = made(project)
    lines = [line for line in text.split("\n") if line.strip()]
    first = lines.index("  - （请填写）") + 1
    assert lines[first : lines.index("主送机关: 各镇街：")] == wanted
    assert "未填进展" in written(tmp_path / "data" / "某局2026年第四季度.yaml", text, project)


def test_a_template_may_leave_settled_tasks_out(tmp_path: Path) -> None:
    project = office(tmp_path, 季模板=TEMPLATE.replace("类型: 进展\n", "类型: 进展\n    已完成: 不列\n"))
    text = made(project)
    assert (
        "进展:\n  # 已完成、已调整的没有列入：第1项 培育企业，新增20家。（已完成）；第7项 走访企业。（已调整）\n  # 第2项"
        in text
    )
    assert "\n  1:" not in text
    done = (HEAD + PROGRESS.replace("按序推进", "已完成") + TAIL).replace(
        "2026年第三季度完成", "2026年三季度完成"
    )
    (tmp_path / "data" / "某局2026年第三季度.yaml").write_text(done, encoding="utf-8")
    text = made(project)
    assert "标题: 某局2026年四季度完成情况" in text
    assert "进展: {}\n  # 已完成、已调整的没有列入" in text
    written(tmp_path / "data" / "某局2026年第四季度.yaml", text, project)


def test_a_column_that_must_not_be_blank_waits_as_a_comment(tmp_path: Path) -> None:
    template = TEMPLATE.replace("备注: {类型: 文字}", "备注: {类型: 文字, 必填: 是}")
    quarter = HEAD + PROGRESS.replace("下一步: 无}", "下一步: 无, 备注: 一}").replace(
        "完成情况: 并入第2项。", "完成情况: 并入第2项。, 备注: 二"
    ).replace("    下一步:\n", "    备注: 三\n    下一步:\n")
    project = office(tmp_path, quarter, 季模板=template)
    text = made(project)
    assert (
        "  # 上期下一步：力争投入4%。\n  # 2:\n  #   状态:\n  #   完成情况:\n  #   下一步:\n  #   备注:\n"
        in text
    )


def test_a_new_year_begins_with_the_tasks_of_its_plan(tmp_path: Path) -> None:
    project = office(tmp_path)
    fourth = (HEAD + PROGRESS + TAIL).replace("季度: 3", "季度: 4").replace("第三季度", "第四季度")
    fourth = fourth.replace("综述:\n", "上期: 某局2026年第三季度.yaml\n综述:\n")
    (tmp_path / "data" / "某局2026年第四季度.yaml").write_text(
        fourth.replace('"前三季度投入{{ 指标.投入.实际 }}%。"', "好").replace(
            "指标.投入.实际", "指标.投入.目标"
        ),
        encoding="utf-8",
    )
    first = Period(2027, 1)
    assert faults(project, first) == [
        "data/某局2026年第四季度.yaml:10:5 错误：没有 2027 年的计划文件“某区2027年重点工作计划.yaml” —— "
        "请先运行 python3 build.py new 2027"
    ]
    plan = PLAN.replace("2026", "2027").replace("内容: 举办对接会。", "内容: 举办十场对接会。")
    (tmp_path / "data" / "某区2027年重点工作计划.yaml").write_text(plan, encoding="utf-8")
    text = made(project, first)
    assert written(tmp_path / "data" / "某局2027年第一季度.yaml", text, project) == ["期次", "未填进展"]
    assert "年度: 2027   # 计划年度\n季度: 1\n" in text
    assert "标题: 某局2027年第一季度完成情况\n" in text
    assert "计划: 某区2027年重点工作计划.yaml   # 区里印的\n# 综述" in text
    assert "上期" not in text.partition("进展:")[2]
    assert "  # 第2项 举办十场对接会。\n  # 牵头单位：局\n  2:\n    状态:\n" in text
    assert "  # 第1项 培育企业，新增20家。\n  # 牵头单位：局；完成时限：第2季度末\n  1:\n" in text
    assert "\n  5:" not in text


def test_quarters_may_lie_in_folders_of_their_own(tmp_path: Path) -> None:
    config = (
        "版本: 1\n定期:\n  - {名称: 表, 周期: 季, 数据: '{年度}年/{季}/表.yaml', 起始: 2026Q1, 期限: 1}\n"
    )
    project = office(tmp_path, 配置=config)
    (tmp_path / "2026年" / "3").mkdir(parents=True)
    (tmp_path / "2026年" / "4").mkdir()
    plan = "计划: ../../data/某区2026年重点工作计划.yaml"
    quarter = (HEAD + PROGRESS).replace("计划: 某区2026年重点工作计划.yaml", plan)
    (tmp_path / "2026年" / "3" / "表.yaml").write_text(quarter, encoding="utf-8")
    text = made(project)
    assert f"{plan}   # 区里印的\n上期: ../3/表.yaml\n" in text
    assert "未填进展" in written(tmp_path / "2026年" / "4" / "表.yaml", text, project)


def test_a_quarter_without_one_before_says_what_to_do(tmp_path: Path) -> None:
    project = office(tmp_path)
    assert faults(project, Period(2027, 2)) == [
        "data/某局2027年第一季度.yaml 错误：没有2027年第一季度的数据文件，“季度表”的2027年第二季度无从接着做 —— "
        "请先运行 python3 build.py new 2026Q4，填好以后再做后面的"
    ]
    (tmp_path / "data" / "某局2026年第三季度.yaml").unlink()
    assert faults(project)[0].endswith("请先运行 python3 build.py new 2026Q1，填好以后再做后面的")
    first = made(project, Period(2026, 1))
    assert written(tmp_path / "data" / "某局2026年第一季度.yaml", first, project) == ["未填进展"]


FIRST = """# yaml-language-server: $schema=schema/季.schema.json
版本: 1
模板: 季
年度: 2026
季度: 1
# 单位:    # 可以不写；
计划: 某区2026年重点工作计划.yaml
综述:
  - （请填写）
# 说明:    # 可以不写；
# 填报日期:    # 可以不写；
进展:
  # 计划的任务都在下面；写了“单位”的，别的单位的任务不会印出来，可以删去
  # 第1项 培育企业，新增20家。
  # 牵头单位：局；完成时限：第2季度末
  1:
    状态:
    完成情况:
    下一步:
    # 备注:
"""


def test_the_first_quarter_is_made_from_the_plan(tmp_path: Path) -> None:
    project = office(tmp_path)
    new = next_quarter(series_of(project)[0], Period(2026, 1), project)
    assert new.text.startswith(FIRST)
    assert new.notes == ("照计划 data/某区2026年重点工作计划.yaml 的 4 项任务做成",)
    assert written(new.path, new.text, project) == ["未填进展"]
    new.path.write_text(new.text.replace("# 单位:    # 可以不写；", "单位: 局"), encoding="utf-8")
    second = next_quarter(series_of(project)[0], Period(2026, 2), project)
    assert (
        "# 由 build.py new 照2026年第一季度的数据文件做成（它没有填完：局（第1—2、7项任务））；"
        in second.text
    )
    assert "\n  5:" not in second.text
    second.path.write_text(second.text, encoding="utf-8")
    (tmp_path / "data" / "某局2026年第三季度.yaml").unlink()
    third = next_quarter(series_of(project)[0], Period(2026, 3), project)
    assert third.text.count("由 build.py new 照") == 1
    assert "由 build.py new 照2026年第二季度" in third.text


def test_what_a_first_quarter_needs_is_asked_for(tmp_path: Path) -> None:
    project = office(tmp_path)
    series, first = series_of(project)[0], Period(2026, 1)
    named = replace(series, template="季")
    other = tmp_path / "templates" / "另.jinja"
    other.write_text(TEMPLATE, encoding="utf-8")
    assert faults(project, first) == [
        "config.yaml:3:26 错误：“季度表”的第一期不知道用哪个模板 —— 请在 config.yaml 的这一项里写 "
        "模板: 另 或 模板: 季；在花括号里写的，前面加逗号"
    ]
    with pytest.raises(ReportError, match="“模板”写的是“月”，没有这样一个填进展的模板"):
        next_quarter(replace(series, template="月"), first, project)
    other.write_text("甲", encoding="utf-8")
    assert next_quarter(series, first, project).text.startswith(FIRST)
    with pytest.raises(ReportError, match="没有找到模板的说明部分"):
        next_quarter(replace(series, template="另"), first, project)
    second = tmp_path / "data" / "乙2026.yaml"
    second.write_text(PLAN, encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        next_quarter(named, first, project)
    assert str(caught.value) == (
        "data 错误：这里有几份 2026 年的计划（乙2026.yaml、某区2026年重点工作计划.yaml），不知道“季度表”照哪一份做"
        " —— 请写出来：python3 build.py new 2026Q1 季度表 --plan 乙2026.yaml"
    )
    assert "\n计划: 乙2026.yaml\n" in next_quarter(named, first, project, "乙2026.yaml").text
    second.write_text("任务: [", encoding="utf-8")
    (tmp_path / "data" / "某区2026年重点工作计划.yaml").unlink()
    with pytest.raises(
        ReportError, match="这里没有 2026 年的计划，“季度表”的第一期无从做起 —— 请照样例写一份"
    ) as caught:
        next_quarter(named, first, project)
    assert any(problem.at.file == "data/乙2026.yaml" for problem in caught.value.problems)


def test_a_date_that_a_first_quarter_must_have_waits_as_a_comment(tmp_path: Path) -> None:
    template = TEMPLATE.replace("{类型: 日期}", "{类型: 日期, 必填: 是}").replace(
        "单位: {类型: 文字}", "单位: {类型: 文字, 必填: 是, 说明: 哪个单位}\n  全称: {类型: 文字}"
    )
    new = next_quarter(series_of(project := office(tmp_path, 季模板=template))[0], Period(2026, 1), project)
    assert "\n# 哪个单位\n单位: （请填写）\n全称: （请填写）\n计划: " in new.text
    assert "\n# 填报日期:    # 请填写，并删去行首的 # 号\n" in new.text
    assert to_fill(new.text) == ["单位", "全称", "（请填写）", "填报日期"]


def test_all_that_is_wrong_with_the_quarter_before_is_told(tmp_path: Path) -> None:
    quarter = (
        (HEAD + PROGRESS).replace("已完成", "做完").replace("  7:", "  70:").replace("指标.投入.目标", "甲")
    )
    found = faults(office(tmp_path, quarter.replace("版本: 1", "版本: 2")))
    assert len(found) == 3
    assert all(line.startswith("data/某局2026年第三季度.yaml:") for line in found)
    (tmp_path / "data" / "某局2026年第三季度.yaml").write_text(
        (HEAD + PROGRESS).replace("单位: '局'", "单位: &甲 局\n全称: *甲"), encoding="utf-8"
    )
    assert "YAML 的特殊符号" in faults(Project(tmp_path, tmp_path / "templates"))[0]


@pytest.mark.parametrize(
    ("old", "new", "words", "wanted"),
    [
        (
            Period(2026, 3),
            FOURTH,
            "2026年第三季度、3季度、Q3、前三季度、二季度",
            "2026年第四季度、4季度、Q4、前三季度、二季度",
        ),
        (FOURTH, Period(2027, 1), "2026年４季度（2025年第四季度）", "2027年１季度（2025年第一季度）"),
        (Period(2025), Period(2026), "2025年总结和2026年要点，2024年", "2026年总结和2027年要点，2024年"),
        (Period(2026, 3), FOURTH, "文号20263、三季、IQ3", "文号20263、三季、IQ3"),
    ],
)
def test_words_of_time_move_on(old: Period, new: Period, words: str, wanted: str) -> None:
    assert Turn(old, new, "甲", {}).advanced(words) == wanted


def test_the_old_file_is_left_as_it_was(tmp_path: Path) -> None:
    project = office(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    made(project)
    check_report(tmp_path / "data" / "某局2026年第三季度.yaml", project)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_quarter_follows_quarter(tmp_path: Path) -> None:
    project = office(tmp_path)
    (tmp_path / "data" / "某局2026年第三季度.yaml").rename(tmp_path / "data" / "某局2026年第二季度.yaml")
    second = (HEAD + PROGRESS + TAIL).replace("季度: 3", "季度: 2").replace("第三季度", "第二季度")
    (tmp_path / "data" / "某局2026年第二季度.yaml").write_text(second, encoding="utf-8")
    third = made(project, Period(2026, 3))
    path = tmp_path / "data" / "某局2026年第三季度.yaml"
    assert "未填进展" in written(path, third, project)
    third = third.replace("  # 索引号: A/2026-1 ", "  索引号: A/2026-2 ").replace(
        "# 说明: 各项均按", "说明: 多数"
    )
    path.write_text(
        third.replace("    状态:\n    完成情况:\n", "    状态: 滞后\n    完成情况: 只办了1场。\n"),
        encoding="utf-8",
    )
    fourth = made(project)
    written(tmp_path / "data" / "某局2026年第四季度.yaml", fourth, project)
    assert [line for line in fourth.split("\n") if line.startswith("上期")] == [
        "上期: 某局2026年第三季度.yaml"
    ]
    assert "  # 牵头单位：局；上期状态：滞后\n  2:\n    状态:\n" in fourth
    assert (
        "    状态: 已完成\n    完成情况: [投入3.2%, 新增21家。]\n" in fourth
    )  # As it was printed when it was done.
    assert fourth.count("# 请核对下面的") == fourth.count("# 综述：请填写本期的") == 1
    assert fourth.count("成文日期: 2026-10-09    # 上期的") == fourth.count("# 成文日期: 2026年10月9日") == 1
    note = "    # 上期的；请改成本期的，并删去行首的 # 号\n"
    assert f"  # 索引号: A/2026-2   # 顺着编{note}  发布机构" in fourth
    assert f"# 说明: 多数序推进。{note}主送机关" in fourth
    assert fourth.count("# 本局的季度表") == 1


def test_a_paper_in_prose_is_written_on_too(tmp_path: Path) -> None:
    kind = Path(__file__).resolve().parents[2] / "templates" / "文稿.jinja"
    paper = "版本: 1\n模板: 文稿\n标题: 2026年三季度简报\n正文: [三季度很好。]\n成文日期: 2026年10月9日\n"
    project = office(tmp_path, paper)
    (tmp_path / "templates" / kind.name).write_bytes(kind.read_bytes())
    text = made(project)
    written(tmp_path / "data" / "某局2026年第四季度.yaml", text, project)
    assert text == (
        "版本: 1\n模板: 文稿\n标题: 2026年四季度简报\n"
        "# 正文: [三季度很好。]    # 上期的；请改成本期的，并删去行首的 # 号\n"
        "# 成文日期: 2026年10月9日    # 上期的；请改成本期的，并删去行首的 # 号\n"
    )


def test_what_must_be_there_stays_and_is_marked(tmp_path: Path) -> None:
    template = TEMPLATE.replace("  填报日期: {类型: 日期}", "  填报日期: {类型: 日期, 必填: 是}")
    quarter = HEAD + "填报日期: 2026-10-09\n" + PROGRESS
    text = made(office(tmp_path, quarter, 季模板=template))
    assert "# 请把下面的“填报日期”改成本期的\n填报日期: 2026-10-09\n" in text


def test_a_plan_whose_name_tells_no_year_has_no_next_one(tmp_path: Path) -> None:
    fourth = (
        (HEAD + PROGRESS).replace("季度: 3", "季度: 4").replace("某区2026年重点工作计划.yaml", "计划.yaml")
    )
    project = office(tmp_path)
    (tmp_path / "data" / "计划.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "data" / "某局2026年第四季度.yaml").write_text(
        fourth.replace("指标.投入.实际", "指标.投入.目标"), encoding="utf-8"
    )
    assert "计划文件的名称“计划.yaml”里没有年度，找不到 2027 年的计划" in faults(project, Period(2027, 1))[0]
