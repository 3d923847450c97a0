"""A Word file of ours gives back the very data it was made from, when those are written as the importer writes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from zhibi.importer import import_paper
from zhibi.model import Project
from zhibi.pipeline import build_report, check_report

ROOT = Path(__file__).resolve().parents[2]

PAPER = """\
版本: 1
模板: 文稿
标题: |-
  云川区科学技术局
  2026年工作要点
语言: zh-TW
编号:
  层次: [一、, （一）, 1、]
信息公开:
  索引号: A1/2026
  有效性: ""
信息公开冒号: 是
目录: {题: 提纲}
发文字号: 云科〔2026〕2号
主送机关: 各单位：
正文:
  - 一、这是正文，不是标题。
  - 1.5亿元(含)已到位, 半角照旧。
  - 提要: 抓平台。
    文: 建成3个。
  - 提要: 抓人才。
    文: {引语: 做到：, 编号: ①, 分述: [早；, 小。]}
  - 标题: 情况
    内容:
      - 标题: 创新工作打开新局面。
        层次: 3
        接排: {分述: [组建专班。, 制定办法。]}
      - 标题: 没有编号的标题
        编号: 无
        内容:
          - 分页: 是
          - 编号: 一是
            列项:
              - 甲
              - 文: 乙
                序号: 4
                内容: [乙下面的一段。]
  - 标题: 打算
    序号: 3
    内容:
      - 表:
          标题: 项目表
          栏:
            - {名: 序号, 类: 序号}
            - {名: 县区, 合并: 是}
            - {名: 项目, 题: 项 目, 编号: 1、}
            - {名: 计划, 组: [投资, 全年], 类: 数, 求和: 是}
            - {名: 完成情况, 题: 完成情况（不超过300字）, 组: 投资, 限字: 300}
            - {名: 责任单位, 编号: 无}
          行:
            - 分组: 一、平台
            - {序号: 3, 县区: 东区, 项目: [第一条；, 第二条。], 计划: 10.50, 责任单位: [成果处, 规划处]}
            - 县区: 东区
              项目: {引语: 分两步：, 编号: 一是, 项: [先, 后]}
              计划: 0.1
              完成情况: {引语: 已, 分述: [甲；, 乙。]}
          合计: 合计
          注: [注：截至9月底。, 2.万元四舍五入。]
印发件:
  - 标题: 实施方案
    编号: {层次: [第一条　]}
    正文:
      - 标题: 为规范工作，制定本方案。
附件:
  - 标题: 平台表
    横向: 是
    正文: [见表。]
  - 标题: 人才表
    正文: [见表。]
附件说明: 否
署名: [甲局, 乙局]
成文日期: 2026年2月8日
附注: （联系人：张三）
"""


def test_a_paper_with_everything_gives_back_its_data(tmp_path: Path) -> None:
    data = tmp_path / "文.yaml"
    data.write_text(PAPER, encoding="utf-8")
    checked = check_report(data, Project(tmp_path, ROOT / "templates"))
    (docx,) = build_report(checked, tmp_path, ("docx",)).files
    imported = import_paper(docx)
    assert imported.problems == ()
    assert as_text(imported.data) == as_text(yaml.load(PAPER, Loader=yaml.BaseLoader))


FORMS = {
    "文件": """\
版头:
  份号: "000001"
  密级: 秘密★1年
  紧急程度: 特急
  发文机关标志: 云川市云川区人民政府文件
  签发人: [林一舟, 周明, 何以南]
发文字号: 云府〔2026〕12号
标题: 关于2026年度工作安排的请示
主送机关: 云川市人民政府：
署名: 云川市云川区人民政府
成文日期: 2026年2月18日
署名方式: 盖章
版记: {抄送: 区委办公室，区监委。, 印发机关: 区政府办公室, 印发日期: 2026年2月18日}
正文: [请审定。]
""",
    "联合": """\
版头: {发文机关标志: [云川区科学技术局, 云川区财政局]}
发文字号: 云科〔2026〕2号
标题: 关于印发办法的通知
署名: [云川区科学技术局, 云川区财政局]
成文日期: 2026年2月18日
署名方式: 盖章
版记: {主送: 各镇人民政府。, 抄送: 区委办公室。, 印发机关: 区科学技术局办公室}
正文: [请执行。]
""",
    "信函": """\
版头: {格式: 信函, 密级: 机密, 发文机关标志: 云川区科学技术局}
发文字号: 云科函〔2026〕2号
标题: 关于商请支持的函
版记: {抄送: 区委办公室。}
正文: [请支持。]
""",
    "命令": """\
版头: {格式: 命令, 发文机关标志: 云川市人民政府令}
发文字号: 第12号
成文日期: 2026年2月18日
署名: 市长
署名方式: 签名章
文件名: 令
正文: [现予公布。]
""",
    "纪要": """\
版头: {格式: 纪要, 发文机关标志: 云川区人民政府常务会议纪要}
标题: 研究科技工作
与会: {出席: 林一舟、周明。, 请假: 何以南。}
正文: [现纪要如下。]
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_heads_and_imprints_come_back(form: str, tmp_path: Path) -> None:
    data = tmp_path / f"{'令' if form == '命令' else '文'}.yaml"
    data.write_text("版本: 1\n模板: 文稿\n" + FORMS[form], encoding="utf-8")
    checked = check_report(data, Project(tmp_path, ROOT / "templates"))
    (docx,) = build_report(checked, tmp_path, ("docx",)).files
    imported = import_paper(docx)
    wanted = yaml.load("版本: 1\n模板: 文稿\n" + FORMS[form], Loader=yaml.BaseLoader)
    assert {**imported.data, "版本": "1"} == wanted


def test_a_continued_table_is_one_again(tmp_path: Path) -> None:
    rows = "".join(f"        - {{序号: {number}, 任务: 第{number}项}}\n" for number in range(1, 101))
    table = f"  - 表:\n      续表: 是\n      栏: [{{名: 序号, 类: 序号}}, 任务]\n      行:\n{rows}"
    data = tmp_path / "文.yaml"
    data.write_text(f"版本: 1\n模板: 文稿\n标题: 续表\n正文:\n{table}", encoding="utf-8")
    checked = check_report(data, Project(tmp_path, ROOT / "templates"))
    (docx,) = build_report(checked, tmp_path, ("docx",)).files
    (found,) = import_paper(docx).data["正文"]
    assert found["表"]["续表"] == "是"
    assert len(found["表"]["行"]) == 100


def as_text(value: object) -> object:
    """Return data with every scalar as text; a mapping keeps its order."""
    if isinstance(value, dict):
        return [(key, as_text(inner)) for key, inner in value.items()]
    return [as_text(inner) for inner in value] if isinstance(value, list) else str(value)
