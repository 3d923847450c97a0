"""`check` on our data: what it prints, what may be asked of it, and what a build shows of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import run

DATA = """\
版本: 1
模板: 文稿
标题: 关于甲的通知
正文:
  - 各单位要认真落实,按时报送。
  - 请于年底以前搞定。
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "甲.yaml").write_text(DATA, encoding="utf-8")
    (tmp_path / "config.yaml").write_text("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", encoding="utf-8")
    return tmp_path


def test_a_finding_shows_its_words_and_its_clause(office: Path) -> None:
    said = run(["check", "甲.yaml"], office)
    assert said.code == 0
    assert said.err == ""
    assert said.out.splitlines() == [
        "甲.yaml:5:13 提醒〔半角标点〕：“,”是半角标点 —— 请改成全角“，”",
        "    各单位要认真落实【,】按时报送。　依据：GB/T 15834—2011 第4章",
        "甲.yaml:6:11 询问〔口语词〕：“搞定”是口头的说法 —— 公文里常写作：完成、解决",
        "    请于年底以前【搞定】。",  # What rests on custom only names no clause.
        "✓ 甲",
        "检查了 1 份：错误 0 处，提醒 1 处，询问 1 处。",
    ]
    assert run(["check", "甲.yaml", "--quiet"], office).out.splitlines() == said.out.splitlines()[:4]


def test_json_has_the_clause_and_the_mended_words(office: Path) -> None:
    said = json.loads(run(["check", "甲.yaml", "--json"], office).out)
    first, second = said["problems"]
    assert (first["rule"], first["text"], first["mended"], first["start"]) == ("半角标点", ",", "，", 8)
    assert first["clause"] == "GB/T 15834—2011 第4章"
    assert (second["level"], second["mended"]) == ("询问", None)


def test_rules_and_levels_can_be_asked_for(office: Path) -> None:
    said = run(["check", "甲.yaml", "--level", "提醒"], office)
    assert "搞定" not in said.out
    assert said.out.endswith("检查了 1 份：错误 0 处，提醒 1 处。\n")
    said = run(["check", "甲.yaml", "--only", "口语词，长句"], office)
    assert "搞定" in said.out
    assert "半角" not in said.out
    assert said.out.endswith("检查了 1 份（只看口语词、长句）：错误 0 处，提醒 0 处，询问 1 处。\n")
    (office / "甲.yaml").write_text(DATA.replace("标题:", "标提:"), encoding="utf-8")
    assert run(["check", "甲.yaml", "--only", "口语词"], office).code == 1


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--only", "半角标典"], "您是不是想写“半角标点”？"),
        (["--only", "错别字"], "您是不是想写“易混词”？"),
        (["--only", "空格"], "您是不是想写“多余空格”"),
        (["--only", "，"], "--only 后面缺少内容"),
        (["--level", "警告"], "可以写：错误、提醒、询问"),
        (["--annotate", "批注.docx"], "一次给一个 Word 文件"),
        (["--fix", "--annotate", "批注.docx"], "请分两次运行"),
    ],
)
def test_what_makes_no_sense_is_refused(office: Path, words: list[str], hint: str) -> None:
    said = run(["check", "甲.yaml", *words], office)
    assert said.code == 2
    assert hint in said.err


def test_a_build_counts_questions_and_tells_them_in_json(office: Path) -> None:
    said = run(["甲", "--config", "config.yaml", "--format", "docx"], office)
    assert said.code == 0
    assert "半角标点" in said.err
    assert "搞定" not in said.err
    assert "另有 1 处询问，用 check 查看。" in said.out
    told = json.loads(run(["甲", "--config", "config.yaml", "--format", "docx", "--json"], office).out)
    assert {problem["rule"] for problem in told["problems"]} == {"半角标点", "口语词"}


def test_rules_are_silenced_beside_a_line_and_for_an_office(office: Path) -> None:
    (office / "甲.yaml").write_text(
        DATA.replace("报送。\n", "报送。  # 校对:忽略 半角标点\n"), encoding="utf-8"
    )
    (office / "config.yaml").write_text(
        "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n校对: {忽略: [口语词]}\n", encoding="utf-8"
    )
    said = run(["check", "--config", "config.yaml"], office)
    assert (said.err, said.out) == ("", "✓ 甲\n检查了 1 份：错误 0 处，提醒 0 处，询问 0 处。\n")


def test_names_of_no_rule_are_told_where_they_were_typed(office: Path) -> None:
    (office / "甲.yaml").write_text(
        DATA.replace("报送。\n", "报送。  # 校对:忽略 半角标点 半角标店\n"), encoding="utf-8"
    )
    (office / "config.yaml").write_text(
        "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n校对: {忽略: [口语, 口语词]}\n", encoding="utf-8"
    )
    said = run(["check", "--config", "config.yaml"], office)
    assert said.code == 0
    assert said.err.splitlines() == [
        "config.yaml:3:11 提醒：校对规则里没有“口语”，这一处忽略不起作用 —— 您是不是想写“口语词”？"
    ]
    wanted = [
        "甲.yaml:5:34 提醒：校对规则里没有“半角标店”，这一处忽略不起作用 —— 您是不是想写“半角标点”？",
    ]
    for more in ([], ["--only", "长句"]):
        said = run(["check", "--config", "config.yaml", *more], office)
        assert [line for line in said.out.splitlines() if line.startswith("甲.yaml")] == wanted


def test_comments_that_silence_nothing_are_told(office: Path) -> None:
    lines = (
        "  - 甲单位要落实。# 校对:忽略 长句",
        '  - "乙单位要落实。 # 校对:忽略 长句"',
        "  - |",
        "    丙单位要落实。 # 校对:忽略 长句",
        "  - 丁单位要落实。 # 校对:忽略",
        "  - 戊单位要落实，，己单位也要。 # 校对:忽略 重复标点",
        "  - |   # 校对:忽略 重复标点",
        "    庚单位要落实，，辛单位也要。",
    )
    (office / "甲.yaml").write_text(DATA.partition("  -")[0] + "\n".join(lines) + "\n", encoding="utf-8")
    said = run(["check", "甲.yaml", "--only", "重复标点"], office)
    assert said.code == 0
    text = "“# 校对:忽略 长句”不是注释，成了公文里的文字 —— "
    assert said.out.splitlines()[:-2] == [
        f"甲.yaml:5:12 提醒：{text}请在 # 前面空一格，并写在引号外面",
        f"甲.yaml:6:14 提醒：{text}请写在引号外面；用 | 写的多行文字，写在 | 的后面",
        f"甲.yaml:8:13 提醒：{text}请写在引号外面；用 | 写的多行文字，写在 | 的后面",
        "甲.yaml:9:13 提醒：“# 校对:忽略”没有写明规则，不起作用 —— 请写上规则的名称，如 # 校对:忽略 长句",
    ]


def test_data_that_are_wrong_are_told_apart_from_a_paper_that_was_read(office: Path) -> None:
    (office / "甲.yaml").write_text(DATA.replace("标题:", "标提:"), encoding="utf-8")
    said = run(["check", "甲.yaml"], office)
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines()[-2:] == [
        "✗ 甲：数据写错了，还没有校对；改好这些，再看校对的结果",
        "检查了 1 份：错误 1 处，提醒 0 处，询问 0 处。",
    ]
    (office / "甲.yaml").write_text(DATA.replace(",", "，，"), encoding="utf-8")
    said = run(["check", "甲.yaml"], office)
    assert said.code == 1
    assert "✗ 甲\n" in said.out


def test_a_file_that_cannot_be_read_is_no_faulty_paper(office: Path) -> None:
    said = run(["check", "甲.yaml", "没有.yaml", "没有.txt"], office)
    assert said.code == 2
    assert [line.partition(" ")[0] for line in said.err.splitlines()] == ["没有.yaml", "没有.txt"]
    assert said.out.endswith("错误 0 处，提醒 1 处，询问 1 处。2 份没有读成。\n")
    (office / "乙.yaml").write_bytes(b"\x00\xff")
    assert run(["check", "乙.yaml"], office).code == 2


def test_a_folder_stands_for_the_papers_in_it(office: Path) -> None:
    folder = office / "收文"
    (folder / "备份").mkdir(parents=True)
    assert "“收文/”里没有公文" in run(["check", "收文/"], office).err
    (folder / "乙.txt").write_text("关于甲的通知\n各单位要认真落实，按时报送。\n", encoding="utf-8")
    for name in ("校对.yaml", "~$乙.docx", ".丙.txt", "丁.pdf"):
        (folder / name).write_text("版本: 1\n", encoding="utf-8")
    (office / "甲.yaml").rename(folder / "甲.yaml")
    said = run(["check", "收文"], office)
    assert (said.code, said.err) == (0, "")
    assert [line for line in said.out.splitlines() if line[0] in "✓✗"] == ["✓ 乙.txt", "✓ 甲"]
