"""10,000 generated and 10,000 mutated files: no fault but a `ReportError`, no hang, every refusal with its place.

`make test` runs 300 of each, and the laws of reading: what does not change the meaning changes nothing.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.battery.reading_fuzz import Tally, config_reader, judge, mutate, reader
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.pipeline import check_report

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = 20261122
Rounds = Callable[[int, int], int]


@pytest.fixture
def office(tmp_path: Path) -> Project:
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "config.yaml", tmp_path)
    return Project(tmp_path, tmp_path / "templates")


def papers(office: Project) -> list[Path]:
    files = sorted((office.root / "data").glob("*.yaml"))
    return [file for file in files if "\n模板:" in file.read_text(encoding="utf-8")]


def run_mutated(office: Project, count: int, start: int) -> Tally:
    """Break one real file a round: data and plans, now and then a template's head or the config."""
    tally = Tally()
    files = {path: path.read_bytes() for path in (office.root / "data").glob("*.yaml")}
    users = {file: file for file in papers(office)}
    plans = {
        "云川区2026年重点工作计划.yaml": "云川区科技局2026年第三季度重点工作完成情况.yaml",
        "云川市2026年重点工作计划.yaml": "云川市科技局2026年度重点工作三季度完成情况.yaml",
    }
    users |= {office.root / "data" / plan: office.root / "data" / user for plan, user in plans.items()}
    templates = {
        office.templates / f"{yaml.load(raw, Loader=yaml.BaseLoader)['模板']}.jinja": path
        for path, raw in files.items()
        if path in papers(office)
    }
    for number in range(count):
        source = random.Random(start + number)
        if number % 25 == 0:
            path, read = office.root / "config.yaml", config_reader(office, office.root / "config.yaml")
        elif number % 5 == 0:
            path = source.choice(sorted(templates))
            read = reader(office, templates[path])
        else:
            path = source.choice(sorted(users))
            read = reader(office, users[path])
        whole = path.read_bytes()
        if path.suffix == ".jinja":
            _, head, body = whole.split(b"---\n", 2)
            path.write_bytes(b"---\n" + mutate(head, source) + b"---\n" + body)
        else:
            path.write_bytes(mutate(whole, source))
        try:
            judge(f"seed {start + number}, {path.name}", read, tally)
        finally:
            path.write_bytes(whole)
    return tally


def test_mutated_files(office: Project, rounds: Rounds) -> None:
    count = rounds(300, 10_000)
    tally = run_mutated(office, count, SEED)
    assert tally.accepted + tally.refused == count
    assert tally.refused > count // 3
    assert tally.accepted > count // 20


KEYS = st.sampled_from(
    (
        *(
            "版本",
            "模板",
            "标题",
            "正文",
            "附件",
            "表",
            "栏",
            "行",
            "列项",
            "内容",
            "序号",
            "编号",
            "取数",
            "分述",
            "提要",
        ),
        *(
            "成文日期",
            "署名",
            "版头",
            "版记",
            "计划",
            "年度",
            "季度",
            "进展",
            "信息公开",
            "目录",
            "横向",
            "甲",
            "标提",
            "1",
        ),
    )
)
WORDS = st.sampled_from(
    (
        *(
            "1",
            "文稿",
            "区级季度完成情况",
            "甲乙丙。",
            "是",
            "否",
            "2026-09-30",
            "2026年2月30日",
            "007",
            "一、",
            "",
            "~",
            "'",
            '"',
        ),
        *(
            "甲: 乙",
            "[2026]3号",
            "*重点",
            "{{ 指标.甲.实际 }}",
            "第1项 #备注",
            "|",
            ">",
            "1,000",
            "１０",
            "9" * 30,
            ": ",
            "- ",
        ),
    )
)
HOSTILE = st.text(
    alphabet=st.sampled_from(
        "甲乙标题正文:：- \t\n\n\n  #\"'[]{}|>*&!%@`,?~\\\r\x00\u3000\u0085\u2028\ufeff123年月日"
    ),
    max_size=300,
)
VALUES = st.recursive(
    WORDS | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


PLAIN = st.sampled_from(
    ("甲乙丙。", "关于甲的通知", "第3项", "5%", "12:30", "汉字 abc", "注意：乙。", "一是丙；", "A-1", "1.10")
)
SENTENCES = st.one_of(PLAIN, PLAIN, PLAIN, PLAIN, WORDS)
ROWS = st.lists(st.dictionaries(st.sampled_from(("甲", "乙")), SENTENCES, max_size=2), min_size=1, max_size=4)
BLOCKS = st.recursive(
    SENTENCES
    | st.fixed_dictionaries({"列项": st.lists(SENTENCES, min_size=1, max_size=3)})
    | st.fixed_dictionaries({"表": st.fixed_dictionaries({"栏": st.just(["甲", "乙"]), "行": ROWS})}),
    lambda inner: st.fixed_dictionaries({"标题": SENTENCES, "内容": st.lists(inner, min_size=1, max_size=3)}),
    max_leaves=8,
)
NEAR: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
    {"标题": PLAIN, "正文": st.lists(BLOCKS, min_size=1, max_size=5)},
    optional={"署名": SENTENCES, "成文日期": st.sampled_from(("2026-9-30", "2026年9月30日", "2026/9/30"))},
)
"""Papers that are right but for a word here and there."""


def write_paper(data: dict[str, object], style: int) -> str:
    """Write a near-valid paper as a clerk or a program would."""
    text: str = yaml.safe_dump(
        data,
        allow_unicode=True,
        default_flow_style=(None, True, False)[style % 3],
        sort_keys=False,
        width=(30, 10**6)[style % 2],
    )
    head = "" if style % 5 == 0 else "版本: 1\n模板: 文稿\n"
    return head + (text.replace("'", "") if style % 4 == 0 else text)


PAPERS = st.builds(write_paper, st.dictionaries(KEYS, VALUES, max_size=7), st.integers(0, 59))
NEARLY = st.builds(write_paper, NEAR, st.sampled_from((1, 2, 3, 7, 9, 11)))


def run_generated(office: Project, count: int, start: int) -> Tally:
    """Read hostile text and near-valid papers that hypothesis makes."""
    tally = Tally()
    data = office.root / "data" / "生成.yaml"

    @seed(start)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.one_of(
            HOSTILE,
            PAPERS,
            NEARLY,
            NEARLY,
            st.builds(lambda head, rest: head + rest, PAPERS, HOSTILE),
            st.binary(max_size=80),
        )
    )
    def run(text: str | bytes) -> None:
        data.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        judge(repr(text)[:2000], reader(office, data), tally)

    run()
    return tally


def test_generated_files(office: Project, rounds: Rounds) -> None:
    count = rounds(300, 10_000)
    tally = run_generated(office, count, SEED)
    assert tally.accepted + tally.refused >= count * 9 // 10
    assert tally.refused > count // 3
    assert tally.accepted > count // 30


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def commented(text: str) -> bytes:
    return (
        "# 说明\n\n".encode()
        + text.encode().replace("\n标题:".encode(), "\n# 注释\n标题:".encode())
        + b"\n# end\n"
    )


SAME = {
    "CRLF": crlf,
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "mixed": lambda text: text.replace("\n", "\r\n", text.count("\n") // 2).encode(),
    "BOM": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "GB18030": lambda text: text.encode("gb18030"),
    "---": lambda text: b"---\n" + text.encode(),
    "comments": commented,
}
"""Ways to write the same text in other bytes."""


@pytest.mark.parametrize("way", SAME)
def test_the_same_text_in_other_bytes_is_the_same_source(way: str, office: Project) -> None:
    for file in papers(office):
        wanted, _ = read_source(file, office)
        file.write_bytes(SAME[way](file.read_text(encoding="utf-8")))
        found, problems = read_source(file, office)
        assert found.data == wanted.data
        assert dict(found.context) == dict(wanted.context)
        assert [problem.rule for problem in problems] == (["编码"] if way == "GB18030" else [])


def words_of(office: Project, file: Path) -> str:
    """Return the flow of a paper without the places that its words were typed at."""
    return re.sub(r"Location\([^)]*\)", "", repr(check_report(file, office).paper.flow))


def test_the_order_of_keys_changes_nothing_that_is_printed(office: Project, rounds: Rounds) -> None:
    source = random.Random(SEED)
    files = papers(office)
    wanted = {file: words_of(office, file) for file in files}
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    for _ in range(rounds(8, 200)):
        file = source.choice(files)
        chunks = ["".join(block) for block in blocks(texts[file])]
        source.shuffle(chunks)
        file.write_text("".join(chunks), encoding="utf-8")
        assert words_of(office, file) == wanted[file]
        file.write_text(texts[file], encoding="utf-8")


def blocks(text: str) -> list[list[str]]:
    """Cut a file into its entries of the top level; comments stay with what follows."""
    out: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True):
        starts = line[0] not in " -#\n" and any(not other.startswith("#") for other in out[-1])
        if starts:
            out.append([])
        out[-1].append(line)
    return out
