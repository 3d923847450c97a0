"""A YAML file with a few values changed: they come back as wanted, and nothing else has moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibi import plain
from zhibi.errors import ReportError, has_errors
from zhibi.reading import parse_yaml
from zhibi.round_trip import rewrite

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*(ROOT / "data").glob("*.yaml"), *(ROOT / "tests" / "forms").glob("*.yaml")])

PAPER = """# 表头的说明
版本: 1   # 版本后面的说明
进展:
  # 第四项由科技局报
  4:
    状态: 滞后   # 等统计局
    完成情况:
      - 第一件事；
      # 中间的说明
      - 第二件事。  # 尾上的说明
    下一步: |
      两行
      文字

  # 第五项
  5: {状态: "", 完成情况: , 下一步: '原来'}
  6:
# 结尾的说明
指标: {投入: {实际: {1: "3.7", 2: "3.8"}},  # 括号里的说明
       企业: {目标: "5"}}
"""


def read(raw: bytes | str) -> Any:
    text = raw if isinstance(raw, str) else raw.decode()
    data, problems = parse_yaml(text, "甲.yaml")
    assert not has_errors(problems)
    return data


def changed(text: str, *changes: tuple[str, Any]) -> str:
    """Return the text after changes whose paths are written with strokes: 进展/4/状态."""
    return rewrite(
        text.encode(), "甲.yaml", [(tuple(path.split("/")), one) for path, one in changes]
    ).decode()


def test_a_value_and_what_follows_it_can_change_at_one_place() -> None:
    text = changed(PAPER, ("进展/9/状态", "滞后"), ("进展/6/状态", "未启动"))
    assert "  6:\n    状态: 未启动\n  9:\n    状态: 滞后\n# 结尾" in text


def comments(text: str) -> list[str]:
    return sorted(line[line.index("#") :] for line in text.splitlines() if "#" in line)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("进展/4/状态", "已完成", "状态: 滞后   #", "状态: 已完成   #"),
        ("进展/4/下一步", "一行", "下一步: |\n      两行\n      文字\n", "下一步: 一行\n"),
        (
            "进展/4/完成情况",
            "只有一件。",
            "    完成情况:\n      - 第一件事；\n      # 中间的说明\n      - 第二件事。  # 尾上的说明",
            "    # 中间的说明\n    完成情况: 只有一件。  # 尾上的说明",
        ),
        (
            "进展/4/状态",
            ["甲", "乙"],
            "状态: 滞后   # 等统计局\n",
            "状态:  # 等统计局\n      - 甲\n      - 乙\n",
        ),
        ("进展/4/问题", "没有", "      文字\n", "      文字\n    问题: 没有\n"),
        ("进展/5/状态", "滞后", '{状态: "",', "{状态: 滞后,"),
        ("进展/5/完成情况", ["甲", "乙, 丙"], "完成情况: ,", '完成情况: [甲, "乙, 丙"] ,'),
        ("进展/5/问题", "没有", "'原来'}", "'原来', 问题: 没有}"),
        ("进展/6/状态", "滞后", "  6:\n", "  6:\n    状态: 滞后\n"),
        (
            "进展/7/完成情况",
            {"编号": "1、", "项": ["甲", {"取数": "{{ 乙 }}"}]},
            "  6:\n",
            '  6:\n  7:\n    完成情况:\n      编号: 1、\n      项:\n        - 甲\n        - {取数: "{{ 乙 }}"}\n',
        ),
        ("指标/投入/实际/3", "3.90", '2: "3.8"}}', '2: "3.8", 3: "3.90"}}'),
        ("指标/投入/实际/2", "3.85", '2: "3.8"', '2: "3.85"'),
        ("指标/企业/实际/3", "8", '目标: "5"}', '目标: "5", 实际: {3: "8"}}'),
    ],
)
def test_only_the_value_changes(path: str, value: Any, old: str, new: str) -> None:
    assert PAPER.count(old) == 1
    text = changed(PAPER, (path, value))
    assert text == PAPER.replace(old, new)
    assert comments(text) == comments(PAPER)


def test_many_changes_go_in_at_once() -> None:
    text = changed(
        PAPER,
        ("进展/4/状态", "已完成"),
        ("进展/8/状态", "滞后"),
        ("进展/8/问题", "无"),
        ("指标/投入/目标", "4"),
    )
    data = read(text)
    assert (data["进展"]["4"]["状态"], data["进展"]["8"]) == ("已完成", {"状态": "滞后", "问题": "无"})
    assert data["指标"]["投入"] == {"实际": {"1": "3.7", "2": "3.8"}, "目标": "4"}
    assert changed(text, ("进展/4/状态", "已完成")) == text
    assert rewrite(PAPER.encode(), "甲.yaml", []) == PAPER.encode()


ODD = (
    *(
        "007",
        "是",
        "yes",
        "NO",
        "2026-10-09",
        "a: b",
        "甲: 乙",
        "# 开头",
        "甲 # 尾",
        "3.90",
        "1,000",
        "~",
        "null",
    ),
    *(
        "- 甲",
        "—甲",
        "[甲]",
        "{{ 甲 }}",
        "*甲",
        "&甲",
        "!甲",
        "%甲",
        "@甲",
        "`甲",
        "“甲”",
        '"甲"',
        "'甲'",
        "甲\n乙",
    ),
    *(
        "标题：甲",
        "甲：",
        "",
        "乙，丙, 丁",
        "甲\\n乙",
        "? 甲",
        "1、甲",
        "=",
        "<<",
        "版本",
        "１２",
        "12:30",
        "。",
    ),
)


@pytest.mark.parametrize("text", ODD)
def test_texts_that_yaml_reads_otherwise_come_back(text: str) -> None:
    places = ("进展/4/状态", "进展/5/状态", "进展/9/状态", "指标/投入/目标")
    new = changed(PAPER, *((place, text) for place in places), ("进展/4/完成情况", [text, text]))
    data = read(new)
    found = {data["进展"]["4"]["状态"], data["进展"]["5"]["状态"], data["进展"]["9"]["状态"]}
    assert found | {data["指标"]["投入"]["目标"]} | set(data["进展"]["4"]["完成情况"]) == {text}


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_are_kept(codec: str, mark: bytes, end: str) -> None:
    raw = mark + PAPER.replace("\n", end).encode(codec)
    path = ("进展", "4", "完成情况")
    new = rewrite(raw, "甲.yaml", [(path, ["甲", "乙", "丙"])])
    wanted = changed(PAPER, ("/".join(path), ["甲", "乙", "丙"]))
    assert new == mark + wanted.replace("\n", end).encode(codec)


def test_a_file_of_two_line_ends_and_none_at_its_end_keeps_them() -> None:
    assert changed("版本: 1\r\n甲: 一\n乙: 二", ("乙", "三"), ("丙", "四")) == (
        "版本: 1\r\n甲: 一\n乙: 三\r\n丙: 四"
    )


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("甲：一\n乙: 二\n", "乙", "没有改写"),
        ("甲: 一\n甲: 二\n", "甲", "没有改写"),
        ("甲: [一\n", "甲", "没有改写"),
        ("甲: 一\n", "甲/乙", "和要写的不一样"),
        ("甲: [一]\n", "甲/乙", "和要写的不一样"),
        ("甲: {乙, 丙: 一}\n", "甲/乙", "不能原样改写"),
        ("甲: {丁: 一,\n 丙: '两\n  行', 乙: [一,  # 说明\n  二]}\n", "甲/乙", "和要写的不一样"),
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str, path: str, words: str) -> None:
    with pytest.raises(ReportError, match=words):
        changed(text, (path, "新"))


def test_a_character_that_the_reader_takes_out_is_never_written() -> None:
    with pytest.raises(ReportError, match="和要写的不一样"):
        changed(PAPER, ("进展/4/状态", "甲\u200b乙"))


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the path and value of everything that stands under keys alone."""
    for key, inner in value.items():
        yield (*path, str(key)), inner
        if isinstance(inner, plain.Mapping):
            yield from leaves(inner, (*path, str(key)))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_no_other_line_of_our_own_files_changes(file: Path) -> None:
    raw = file.read_bytes()
    for path, value in list(leaves(read(raw)))[::9]:
        if isinstance(value, plain.Scalar):
            old, new = raw.decode().splitlines(), rewrite(raw, "甲.yaml", [(path, "新的文字")]).decode()
            same = sum(one == other for one, other in zip(old, new.splitlines(), strict=True))
            assert same == len(old) - 1, path
        again = rewrite(raw, "甲.yaml", [(path, value)])
        assert read(again) == read(raw)
        assert rewrite(again, "甲.yaml", [(path, value)]) == again


WORDS = st.text(st.sampled_from("甲乙丙：:，,#-—'\"{}[]&*!|>%@`=~0127. 是\\"), max_size=8)
VALUES = st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=3))
PATHS = st.sampled_from([path for path, _ in leaves(read(PAPER)) if len(path) > 1] + [("进展", "9", "状态")])


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(PATHS, VALUES, min_size=1, max_size=3))
def test_whatever_is_written_is_read_again(wanted: dict[tuple[str, ...], Any]) -> None:
    chosen = {
        path: value
        for path, value in wanted.items()
        if not any(other != path and other[: len(path)] == path for other in wanted)
    }
    text = rewrite(PAPER.encode(), "甲.yaml", list(chosen.items())).decode()
    after = dict(leaves(read(text)))
    assert all(after[path] == value for path, value in chosen.items())
    kept = {
        path: value
        for path, value in leaves(read(PAPER))
        if not isinstance(value, plain.Mapping) and not any(path[: len(one)] == one for one in chosen)
    }
    assert all(after[path] == value for path, value in kept.items())
    told = [one for one in comments(PAPER) if one.startswith("# ") and '"' not in one]
    assert all(one in text for one in told)
