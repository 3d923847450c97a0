"""An office with every kind of thing that the path of a picture can lead to, and how a picture is refused there.

A secret picture lies beside the project: a trick has succeeded when it comes in, or when anything is opened that
does not lie below the project.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests.pictures.picture_drawing import coded, drawn, paper, project
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.pipeline import check_report

AT = "data/甲.yaml:5:8"
OUTSIDE = "项目文件夹之外"
NETWORK = "不能取自网络"

PATHS = {
    "http://example.invalid/a.png": NETWORK,
    "https://example.invalid/a.png": NETWORK,
    "HTTP://169.254.169.254/latest/meta-data/": NETWORK,
    "http:/127.0.0.1/a.png": NETWORK,
    "ftp://example.invalid/a.png": NETWORK,
    "gopher://127.0.0.1:9/_a": NETWORK,
    "javascript:alert(1)": NETWORK,
    "jar:file:/a.zip!/a.png": NETWORK,
    " https://example.invalid/a.png": NETWORK,
    "file:///etc/passwd": "file: 地址",
    "FILE:图片/好.png": "file: 地址",
    "data:image/png;base64,iVBORw0KGgo=": "data:",
    "//example.invalid/a.png": "共享文件夹",
    "\\\\server\\share\\a.png": "共享文件夹",
    "\\\\?\\C:\\a.png": "共享文件夹",
    "C:\\图片\\好.png": "盘符",
    "c:/图片/好.png": "盘符",
    "/etc/passwd": "斜线开头",
    "\\etc\\passwd": "斜线开头",
    "/dev/stdin": "斜线开头",
    "/proc/self/environ": "斜线开头",
    "~/秘密.png": "~ 开头",
    "~root/秘密.png": "~ 开头",
    "../../秘密.png": OUTSIDE,
    "图片/../../../秘密.png": OUTSIDE,
    "..\\..\\秘密.png": OUTSIDE,
    "../../../../../../../../etc/passwd": OUTSIDE,
    "没有/../../../秘密.png": OUTSIDE,
    "%2e%2e/%2e%2e/秘密.png": "% 编码",
    "..%2f..%2f秘密.png": "% 编码",
    "直链.png": "指向项目文件夹之外",
    "绝对链.png": "指向项目文件夹之外",
    "二链.png": "指向项目文件夹之外",
    "夹/秘密.png": "指向项目文件夹之外",
    "密码.png": "指向项目文件夹之外",
    "零.png": "指向项目文件夹之外",
    "环境.png": "指向项目文件夹之外",
    "自己.png": "圈",
    "管道.png": "管道",
    "图片": "文件夹",
    ".": "文件夹",
    "图片/好.png:流": "半角冒号",
    "图片/好.png/甲": "找不到图片",
    "图片/没有.png": "找不到图片",
    "ｈｔｔｐ：//甲/a.png": "找不到图片",
    "图片/\n好.png": "控制字符",
    "长" * 300 + ".png": "文件名太长",
}
"""What is typed -> words of the refusal."""


def picture_office(tmp_path: Path) -> Project:
    """A project with a secret picture beside it, and every kind of thing that a path can lead to."""
    (tmp_path / "秘密.png").write_bytes(coded(drawn()))
    made = project(tmp_path / "项目")
    folder = made.root / "data"
    links = {
        "直链.png": "../../秘密.png",
        "绝对链.png": tmp_path / "秘密.png",
        "二链.png": "直链.png",
        "夹": tmp_path,
        "密码.png": "/etc/passwd",
        "自己.png": "自己.png",
        "零.png": "/dev/zero",
        "环境.png": "/proc/self/environ",
        "内链.png": "图片/好.png",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "管道.png")
    return made


def refused(typed: str, made: Project) -> str:
    """Return what is said of a 图 that is refused; it has its place and says how to mend it."""
    data = made.root / "data" / "甲.yaml"
    data.write_text(paper(f"图: {json.dumps(typed, ensure_ascii=False)}\n    说明: 甲"), encoding="utf-8")
    before = time.monotonic()
    with pytest.raises(ReportError) as caught:
        check_report(data, made)
    assert time.monotonic() - before < 5
    (problem,) = caught.value.problems
    assert str(problem.at) == AT
    assert problem.suggestion
    return problem.message


def refused_file(content: bytes, made: Project, name: str = "图片/甲.png") -> str:
    (made.root / "data" / name).write_bytes(content)
    return refused(name, made)
