"""The Word file as LibreOffice renders it breaks lines and pages where the PDF does, on samples and on seeds.

The office faces that the Word file names are not on a test machine: fontconfig stands the open ones in
for them, as the PDF does. Nothing is said here about Word or WPS.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests.test_seeds import SEEDS
from tests.unread import unread
from zhibi.importer import import_paper, write_yaml
from zhibi.model import Project, ReportEntry, read_config
from zhibi.pipeline import build_report, check_report

ROOT = Path(__file__).resolve().parent.parent
PROJECT = Project(ROOT, ROOT / "templates")
REPORTS = read_config(ROOT / "config.yaml", PROJECT).reports
FORMS = sorted((ROOT / "tests" / "forms").glob("*.yaml"))
PAGES_OF_FORMS = {"文件": 2, "联合": 2, "信函": 2, "命令": 1, "纪要": 2}
STANDING_IN = {
    "仿宋_GB2312": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "黑体": "Noto Sans CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
}

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def fontconfig(folder: Path) -> Path:
    """Write a fontconfig file in which open faces answer to the office names."""
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{open_face}</string></edit></match>'
        for name, open_face in STANDING_IN.items()
    )
    file = folder / "fonts.conf"
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
    body = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    file.write_text(f"{head}{body}{matches}</fontconfig>", encoding="utf-8")
    return file


def render(docx: Path, folder: Path) -> Path:
    """Return the PDF that LibreOffice makes of a Word file."""
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{folder}/office", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(docx)),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig(folder)), "HOME": str(folder)},
    )
    return folder / f"{docx.stem}.pdf"


def pages(file: Path) -> list[list[tuple[str, ...]]]:
    """Return of each page the lines of its cells, then its lines outside of tables, then what is turned."""
    with pdfplumber.open(file) as pdf:
        return [
            [*_cells(page), *((line,) for line in _lines(_outside(page))), (_turned(page),)]
            for page in pdf.pages
        ]


def _cells(page: Any) -> list[tuple[str, ...]]:
    boxes = [cell for table in page.find_tables() for row in table.rows for cell in row.cells if cell]
    return [tuple(_lines([char for char in page.chars if _inside(char, box)])) for box in boxes]


def _turned(page: Any) -> str:
    """Return the number of a landscape page, which stands turned (GB/T 9704-2012 cl. 8)."""
    return "".join(char["text"] for char in page.chars if not char["upright"]).replace(" ", "")


def _outside(page: Any) -> list[Any]:
    tables = [table.bbox for table in page.find_tables()]
    upright = (char for char in page.chars if char["upright"])
    return [char for char in upright if not any(_inside(char, box) for box in tables)]


def _inside(char: Any, box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _lines(chars: list[Any]) -> list[str]:
    rows: list[tuple[float, list[Any]]] = []
    for char in sorted(chars, key=lambda char: (char["top"] + char["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        if not char["text"].strip():
            continue
        if rows and middle - rows[-1][0] < 5:
            rows[-1] = (middle, [*rows[-1][1], char])
        else:
            rows.append((middle, [char]))
    texts = ("".join(char["text"] for char in sorted(row, key=lambda char: char["x0"])) for _, row in rows)
    return [unicodedata.normalize("NFKC", text) for text in texts]


def assert_parity(data: Path, project: Project, folder: Path) -> None:
    """Build a paper and compare what LibreOffice makes of its Word file with its PDF."""
    docx, pdf = build_report(check_report(data, project), folder / "成品", ("docx", "pdf")).files
    wanted = pages(pdf)
    assert sum(len(unit) for page in wanted for unit in page) > 80
    assert pages(render(docx, folder)) == wanted


@pytest.mark.parametrize("entry", REPORTS, ids=[entry.name for entry in REPORTS])
def test_both_files_break_at_the_same_places(entry: ReportEntry, tmp_path: Path) -> None:
    assert_parity(entry.data, PROJECT, tmp_path)


@pytest.mark.parametrize("form", FORMS, ids=[form.stem for form in FORMS])
def test_every_form_breaks_at_the_same_places(form: Path, tmp_path: Path) -> None:
    docx, pdf = build_report(check_report(form, PROJECT), tmp_path / "成品", ("docx", "pdf")).files
    wanted = pages(pdf)
    assert len(wanted) == PAGES_OF_FORMS[form.stem]
    assert pages(render(docx, tmp_path)) == wanted


@pytest.mark.skipif(not SEEDS, reason="the published papers are not beside this checkout")
@pytest.mark.parametrize("seed", SEEDS, ids=[seed.stem[:3] for seed in SEEDS])
def test_a_published_paper_breaks_at_the_same_places(seed: Path, tmp_path: Path) -> None:
    data = tmp_path / "导入.yaml"
    data.write_text(write_yaml(import_paper(seed).data, "文稿.schema.json"), encoding="utf-8")
    assert_parity(data, unread(tmp_path), tmp_path)


LETTER = """版本: 1
模板: 文稿
版头: {格式: 信函, 发文机关标志: 云川市云川区科学技术局}
发文字号: 云科函〔2026〕5号
标题: 关于商请支持科创园区建设的函
主送机关: 云川区财政局：
成文日期: 2026年2月18日
"""
PLAIN = "署名: 云川市云川区科学技术局\n"
STAMPED = "署名: 区长　何以南\n署名方式: 签名章\n"
LONG = f"  - {'为加快科创园区建设商请支持，' * 9}请予函复。\n"
HEADED = f"  - 标题: 总体安排\n    内容:\n    {LONG}"


@pytest.mark.parametrize(
    ("count", "last", "signed", "begins"),
    [
        (13, "", PLAIN, "第12项"),
        (14, "", PLAIN, "第13项"),
        (15, "", PLAIN, "第14项"),
        (11, "", STAMPED, "第10项"),
        (13, LONG, PLAIN, "持"),
        (14, LONG, PLAIN, "为加快"),
        (13, HEADED, PLAIN, "一、总体安排"),
    ],
)
def test_a_letter_of_many_paragraphs_ends_its_first_page_at_the_same_place(
    count: int, last: str, signed: str, begins: str, tmp_path: Path
) -> None:
    lines = "".join(f"  - 第{number}项为加快科创园区建设商请支持。\n" for number in range(count))
    paper = tmp_path / "函.yaml"
    paper.write_text(f"{LETTER}{signed}正文:\n{lines}{last}", encoding="utf-8")
    docx, pdf = build_report(check_report(paper, PROJECT), tmp_path / "成品", ("docx", "pdf")).files
    wanted = pages(pdf)
    assert wanted[1][0][0].startswith(begins)
    assert pages(render(docx, tmp_path)) == wanted
