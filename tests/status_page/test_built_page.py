"""A status page in finished files: Word and PDF say the same, every judge passes them, and only papers with one
import matplotlib, which leaves nothing behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from docx import Document

from tests.extract import fold
from tests.judges import DOCX, PDF
from tests.judges.tools import NO_SDK, sdk_program
from tests.status_page.quarter import RATED, ROOT, quarter
from tests.test_parity import render
from zhibi.pipeline import check_report, make_report

PAGE = 3
"""The status page of the sample: one page, behind the two of its table."""

ALT = re.compile(r"(\S+?)，目标([\d.,]+)(\S+?)，累计([\d.,]+)\3，完成率([\d.]+)%")


@dataclass(frozen=True)
class Made:
    """The finished files of a paper with a status page, their project, and the rates of its records."""

    folder: Path
    docx: Path
    pdf: Path
    rates: dict[str, str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("状态页")
    data, project = quarter(folder)
    checked = check_report(data, project)
    report = make_report(checked, ("docx", "pdf"))
    assert report.problems == ()
    for kind, content in report.files.items():
        (folder / f"样.{kind}").write_bytes(content)
    records = checked.paper.source.context["指标"]
    return Made(
        folder,
        folder / "样.docx",
        folder / "样.pdf",
        {name: str(record["完成率"]) for name, record in records.items()},
    )


def alt_in_word(file: Path) -> str:
    (shape,) = Document(str(file)).inline_shapes
    return str(shape._inline.docPr.get("descr"))


def alt_in_pdf(file: Path) -> str:
    with pikepdf.open(file) as pdf:
        (alt,) = {
            str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        }
    return alt


@dataclass(frozen=True)
class Seen:
    """What a stranger reads on the status page of a PDF: its lines as words, its bars and how many pixel pictures."""

    rows: list[list[str]]
    bars: int
    images: int


@pytest.fixture(scope="module")
def seen(made: Made) -> Seen:
    with pdfplumber.open(made.pdf) as pdf:
        page = pdf.pages[PAGE - 1]
        lines = unicodedata.normalize("NFKC", page.extract_text(y_tolerance=5)).splitlines()
        bars = [rect for rect in page.rects if rect["height"] == pytest.approx(8, abs=0.1)]
        return Seen([line.split() for line in lines], len(bars), len(page.images))


def test_tables_of_both_files_agree(made: Made, seen: Seen) -> None:
    table = Document(str(made.docx)).tables[-1]
    assert len(table.rows) == 8
    for row in table.rows:
        assert [fold(cell.text) for cell in row.cells if cell.text] in seen.rows


def test_the_plot_is_told_in_words_with_every_figure(made: Made) -> None:
    alt = alt_in_word(made.docx)
    assert alt == alt_in_pdf(made.pdf)
    told = ALT.findall(alt.partition("：")[2].replace("；", " "))
    assert told == [(name, target, unit, figure, made.rates[name]) for name, unit, target, figure in RATED]


def test_what_has_no_rate_stands_below_the_plot_only(made: Made, seen: Seen) -> None:
    blank = [name for name, rate in made.rates.items() if not rate]
    words = "".join("".join(row) for row in seen.rows)
    assert len(blank) == 3
    for name in blank:
        assert name not in alt_in_word(made.docx)
        assert name in words
        assert name in Document(str(made.docx)).paragraphs[-1].text


def test_the_plot_is_vector_in_the_pdf_and_pixels_in_word(made: Made, seen: Seen) -> None:
    assert seen.images == 0
    assert seen.bars == len(RATED)
    (shape,) = Document(str(made.docx)).inline_shapes
    assert shape.width.mm == pytest.approx(225, abs=0.1)


@pytest.mark.parametrize("judge", DOCX)
def test_the_word_file_is_valid(judge: str, made: Made) -> None:
    if "SDK" in judge and sdk_program() is None:
        pytest.skip(NO_SDK)
    assert DOCX[judge](made.docx) == []


@pytest.mark.parametrize("judge", PDF)
def test_the_pdf_is_valid(judge: str, made: Made) -> None:
    assert PDF[judge](made.pdf) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_both_files_break_at_the_same_places(made: Made, tmp_path: Path) -> None:
    """Lines are read outside of tables too, for to a reader of tables the bars of the PDF are cells."""
    ours, theirs = (list(lines(file)) for file in (made.pdf, render(made.docx, tmp_path)))
    assert len(ours) == PAGE
    assert sum(map(len, ours)) > 40
    assert theirs == ours


def lines(file: Path) -> Iterator[list[str]]:
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            upright = page.filter(lambda item: item.get("upright", True))
            yield [fold(line) for line in upright.extract_text(y_tolerance=5).splitlines()]


SETTINGS = "svg.fonttype: none\nlines.linewidth: 9\nsvg.hashsalt: other\nfigure.facecolor: red\nno such key\n"

WITHOUT = """import sys
from pathlib import Path
from zhibi.model import Project
from zhibi.pipeline import check_report, make_report
project = Project(Path.cwd(), Path.cwd() / "templates")
make_report(check_report(Path("无.yaml"), project), ("docx",))
assert not {"matplotlib", "numpy"} & set(sys.modules)
check_report(Path("三季度.yaml"), project)
assert not {"matplotlib", "numpy"} & set(sys.modules)
"""


def test_a_paper_without_a_status_page_does_not_import_matplotlib(made: Made) -> None:
    text = (made.folder / "三季度.yaml").read_text(encoding="utf-8")
    (made.folder / "无.yaml").write_text(text.replace("状态页: 是\n", ""), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", WITHOUT],
        cwd=made.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )


def test_a_worker_makes_the_same_bytes_whatever_a_user_has_set_up(made: Made, tmp_path: Path) -> None:
    home, scratch = tmp_path / "家", tmp_path / "临时"
    for folder in (home / ".config" / "matplotlib", scratch):
        folder.mkdir(parents=True)
    shutil.copy(made.folder / "计划.yaml", tmp_path)
    shutil.copy(made.folder / "三季度.yaml", tmp_path)
    for place in (tmp_path, home / ".config" / "matplotlib"):
        (place / "matplotlibrc").write_bytes(SETTINGS.encode() + "字体".encode("gbk"))
    (tmp_path / "config.yaml").write_text(
        "版本: 1\n输出: 成品\n报告:\n  - {名称: 三季度, 数据: 三季度.yaml}\n", encoding="utf-8"
    )
    before = sorted(home.rglob("*"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"HOME": str(home), "TMPDIR": str(scratch), "MPLBACKEND": "no such backend"}
    environment |= {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "--config", "config.yaml"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert b"atplotlib" not in done.stdout + done.stderr
    for wanted in (made.docx, made.pdf):
        (built,) = (tmp_path / "成品").glob(f"*{wanted.suffix}")
        assert built.read_bytes() == wanted.read_bytes(), built.suffix
    assert [path for path in sorted(home.rglob("*")) if "fontconfig" not in str(path)] == before
    assert list(scratch.iterdir()) == []
