"""Names that would lead out of the project, in every place where data or a template name a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from tests.battery.template_office import DATA, HEAD, PLAN, check, problems, watching, write_office
from zhibi.model import Project, read_config
from zhibi.output import safe_stem
from zhibi.pipeline import build_report, check_report

TRICKS = (
    *(
        "../密件",
        "../密件.yaml",
        "../../密件",
        "../../../../../../../../etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
    ),
    *("/proc/self/environ", "/dev/zero", "/dev/stdin", "~/密件", "$HOME/密件", "./../密件", "子/../../密件"),
    *("..\\密件", "..\\..\\密件", "C:\\密件", "C:密件", "\\\\服务器\\共享\\密件", "//服务器/共享/密件"),
    *(
        "%2e%2e/密件",
        "%2e%2e%2f密件",
        "..%2f密件",
        "..%5c密件",
        "..%c0%af密件",
        "．．／密件",
        "file:///etc/passwd",
    ),
    *(
        "密件\u0000.yaml",
        "../密件\u0000",
        "密件\n",
        "CON",
        "NUL",
        ".",
        "..",
        "...",
        "/",
        "密" * 4000,
        "a/" * 3000,
    ),
    *("链接", "链接文件夹/密件", "链接的链接", "圈", "管道", "设备", "文件夹"),
)


def office(folder: Path, data: str = "") -> Path:
    """Write an office whose folder is full of traps; what lies beside it is secret."""
    root = folder / "项目"
    file = write_office(root, "甲\n", data)
    for place in (folder, folder.parent):
        (place / "密件").write_text(PLAN.replace("抓平台", "不可见"), encoding="utf-8")
        (place / "密件.yaml").write_text(PLAN.replace("抓平台", "不可见"), encoding="utf-8")
    for place in (root, root / "templates"):
        (place / "链接").symlink_to(folder / "密件")
        (place / "链接.jinja").symlink_to(folder / "密件")
        (place / "链接文件夹").symlink_to(folder)
        (place / "链接的链接").symlink_to(place / "链接")
        (place / "圈").symlink_to(place / "圈")
        (place / "设备").symlink_to("/dev/zero")
        (place / "文件夹").mkdir()
        os.mkfifo(place / "管道")
    return file


def typed(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=10**6).strip()


@pytest.mark.parametrize("number", range(len(TRICKS)))
def test_a_plan_lies_in_the_project(tmp_path: Path, number: int) -> None:
    trick = TRICKS[number]
    file = office(tmp_path, DATA.replace("计划: 计划.yaml", f"计划: {typed(trick)}"))
    with watching("密件", "密件.yaml", "passwd", "environ", "zero", "stdin", "管道", "设备") as seen:
        found = problems(file)
    assert seen == []
    assert all(problem.at.file == "数据.yaml" and problem.at.line == 6 for problem in found)
    assert "不可见" not in "".join(map(str, found))
    assert str(tmp_path) not in "".join(map(str, found)), "a folder of this machine is told"


@pytest.mark.parametrize("name", ["../计划/计划.yaml", "计划/计划.yaml", "./计划.yaml", "近处"])
def test_a_plan_elsewhere_in_the_project_is_read(tmp_path: Path, name: str) -> None:
    write_office(tmp_path)
    for place in ("计划", "data/计划"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "计划.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "data" / "计划.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "data" / "近处").symlink_to(tmp_path / "计划" / "计划.yaml")
    file = tmp_path / "data" / "数据.yaml"
    file.write_text(DATA.replace("计划: 计划.yaml", f"计划: {name}"), encoding="utf-8")
    source = check_report(file, Project(tmp_path, tmp_path / "templates")).paper.source
    assert [task["内容"] for task in source.context["任务"]] == ["抓平台", "抓人才"]


@pytest.mark.parametrize("number", range(len(TRICKS)))
def test_a_template_is_named_not_reached(tmp_path: Path, number: int) -> None:
    file = office(tmp_path, DATA.replace("模板: 试验", f"模板: {typed(TRICKS[number])}"))
    with watching(
        "密件", "密件.yaml", "passwd", "environ", "zero", "stdin", "管道", "设备", "链接.jinja"
    ) as seen:
        found = problems(file)
    assert seen == []
    assert "不可见" not in "".join(map(str, found))
    assert all(problem.suggestion for problem in found)


@pytest.mark.parametrize("place", ["data", "template", "expression", "title"])
def test_a_finished_file_stays_in_its_folder(tmp_path: Path, place: str) -> None:
    """Whatever the name says: in the data, as typed in a template, made by an expression, or as the title."""
    output = tmp_path / "成品"
    for number, trick in enumerate(TRICKS):
        root = tmp_path / str(number)
        name = typed(trick)
        head, data = HEAD, DATA.replace("文件名: 试验\n", "")
        if place == "data":
            data += f"文件名: {name}\n"
        elif place == "title":
            data += f"标题: {name}\n"
        elif place == "template":
            head = HEAD.removesuffix("---\n") + f"文件名: {name}\n---\n"
        else:
            head = HEAD.removesuffix("---\n") + "文件名: '{{ 名 }}'\n---\n"
            data = data.replace("名: 云川区", f"名: {name}")
        found = check(write_office(root, "甲\n", data, head))
        if isinstance(found, tuple):
            assert all(problem.at.line for problem in found), trick
            continue
        target = output / f"{found.stem}.docx"
        assert target.resolve().parent == output.resolve(), trick
        assert len(target.name.encode()) <= 255, trick
        assert not set(target.name) & set('/\\:*?"<>|\x00\n'), trick
        assert not target.name.startswith("."), trick
        assert safe_stem(found.stem) == found.stem, trick


def test_files_are_written_where_the_person_says(tmp_path: Path) -> None:
    """`输出` and `数据` are the office's own settings: a share outside the project is its right."""
    root = tmp_path / "项目"
    write_office(root, "甲\n", DATA.replace("文件名: 试验", "文件名: ../../试验"))
    share = tmp_path / "共享"
    config = root / "config.yaml"
    config.write_text(
        f"版本: 1\n输出: {typed(str(share))}\n格式: [docx]\n报告: [{{名称: ../试, 数据: 数据.yaml}}]\n",
        encoding="utf-8",
    )
    project = Project(root, root / "templates")
    found = read_config(config, project)
    assert found.output == share
    checked = check_report(found.reports[0].data, project)
    (written,) = build_report(checked, found.output, found.formats).files
    assert written.parent == share
    assert sorted(path.name for path in tmp_path.iterdir()) == ["共享", "项目"]
    assert [path.name for path in share.glob("*.docx")] == [written.name]


@pytest.mark.parametrize(
    "name", ["/dev/zero", "管道", "设备", "圈", "文件夹", "没有.yaml", "密\u0000件", "../没有"]
)
def test_a_data_file_is_a_file(tmp_path: Path, name: str) -> None:
    root = office(tmp_path).parent
    found = problems(root / name)
    assert len(found) >= 1
    assert all(problem.message and problem.suggestion for problem in found)
