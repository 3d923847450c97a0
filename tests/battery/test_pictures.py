"""Rows 101, 104 and 106 of the fault table in whole builds: one bad picture stops one paper, nothing else is opened."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.battery.picture_office import PATHS, picture_office
from tests.pictures.picture_drawing import ROOT, paper
from zhibi.layout import lay_out
from zhibi.model import Project
from zhibi.pipeline import check_report
from zhibi.writers.docx import write_docx


@pytest.fixture
def office(tmp_path: Path) -> Project:
    return picture_office(tmp_path)


def _config(made: Project, names: str) -> None:
    rows = "".join(f"  - {{名称: {name}, 数据: data/{name}.yaml}}\n" for name in names)
    (made.root / "config.yaml").write_text(f"版本: 1\n输出: 成品\n报告:\n{rows}", encoding="utf-8")


def _write(made: Project, name: str, *blocks: str) -> None:
    text = paper(*blocks, title=f"关于{name}的通知")
    (made.root / "data" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_bad_picture_stops_its_own_paper_only(office: Project) -> None:
    _config(office, "甲乙丙")
    for name, picture in (("甲", "图片/好.png"), ("乙", "图片/没有.png"), ("丙", "图片/好.png")):
        _write(office, name, f"图: {picture}\n    说明: 甲")
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "--config", "config.yaml", "--format", "docx"],
        cwd=office.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "data/乙.yaml:5:8 错误：找不到图片“图片/没有.png” —— 请检查文件名；" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    made = sorted(path.name for path in (office.root / "成品").glob("关于*"))
    assert made == ["关于丙的通知.docx", "关于甲的通知.docx"]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_a_build_opens_no_socket_and_nothing_outside(office: Project) -> None:
    """Not even for the papers that ask for it: in each of them something else is wrong as well."""
    _config(office, "甲乙")
    _write(office, "甲", "图: 图片/好.png\n    说明: 甲", "图: 内链.png\n    说明: 甲\n    题: 图1")
    asked = [typed for typed in PATHS if not typed.startswith(" ") and typed.isprintable()]
    _write(office, "乙", *(f"图: {json.dumps(typed, ensure_ascii=False)}\n    说明: 甲" for typed in asked))
    log = office.root / "记录"
    done = subprocess.run(
        [
            *("strace", "-f", "--seccomp-bpf", "-s", "400"),
            *("-e", "trace=connect,sendto,open,openat,openat2", "-o", str(log)),
            *(sys.executable, str(ROOT / "build.py"), "--config", "config.yaml"),
        ],
        cwd=office.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("data/乙.yaml:") >= len(asked)
    assert sorted(path.name for path in (office.root / "成品").glob("关于*")) == [
        "关于甲的通知.docx",
        "关于甲的通知.pdf",
    ]
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("好.png" in _plain(call) for call in calls), "the log shows what is opened"
    for call in map(_plain, calls):
        assert not ("AF_INET" in call and "connect(" in call), call
        for secret in ("秘密.png", "/etc/passwd", "/dev/zero", "/environ", "/dev/stdin", "管道.png"):
            assert f'{secret}"' not in call, call


def _plain(call: str) -> str:
    """Return a line of the log with the octal bytes of names as letters."""
    raw = call.encode("utf-8", errors="replace").decode("unicode_escape", errors="replace")
    return raw.encode("latin-1", errors="replace").decode("utf-8", errors="replace")


# -- row 106: the same picture more than once --------------------------------------------------------------


def test_a_picture_shown_often_is_one_file_with_numbers_of_its_own(office: Project) -> None:
    data = office.root / "data" / "甲.yaml"
    block = "{图: 图片/好.png, 说明: 甲}"
    annex = f"附件:\n  - 标题: 图\n    正文: [{block}, {block}]\n"
    data.write_text(paper(block, block, block, more=annex), encoding="utf-8")
    made = write_docx(lay_out(check_report(data, office).paper.flow))
    with ZipFile(BytesIO(made)) as archive:
        words = archive.read("word/document.xml").decode()
        assert len([name for name in archive.namelist() if "media" in name]) == 1
    assert [f'docPr id="{number}"' in words for number in range(1, 7)] == [True] * 5 + [False]
