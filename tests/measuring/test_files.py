"""Files that cannot be measured say so in Chinese; the command prints a table or JSON and tells by its exit code."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.measuring import drawing, made
from zhibi.cli import main
from zhibi.errors import ReportError
from zhibi.measuring import Verdict, measure_docx, measure_file, measure_pdf
from zhibi.measuring.measures import BY_NAME
from zhibi.model import Project, ReportEntry, read_config
from zhibi.pipeline import build_report, check_report

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = Project(ROOT, ROOT / "templates")
REPORTS = read_config(ROOT / "config.yaml", PROJECT).reports
OFFICE = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed: no DOCX is laid out"
)


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("量") / "通知.pdf"
    file.write_bytes(made.paper())
    return file


def plain_pdf(font: str) -> bytes:
    """Return the smallest PDF with one word in a font that every reader has of its own."""
    stream = b"BT /F 16 Tf 100 700 Td (Notice) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/%s>>" % font.encode(),
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, part) for number, part in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def test_a_font_that_is_not_in_the_file_is_a_fault() -> None:
    finding = next(one for one in measure_pdf(plain_pdf("Helvetica")).findings if one.element == "字体嵌入")
    assert (finding.verdict, finding.page, finding.found) == (Verdict.FAULT, 1, "Helvetica")


def test_a_font_name_in_an_old_encoding_is_read() -> None:
    name = "".join(f"#{byte:02X}" for byte in "仿宋".encode("gbk")) + "_GB2312"
    finding = next(one for one in measure_pdf(plain_pdf(name)).findings if one.element == "字体嵌入")
    assert finding.found == "仿宋_GB2312"


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    whole = drawing.pdf([drawing.words("通知", 28, 37)])
    locked = folder / "加密.pdf"
    (folder / "原.pdf").write_bytes(whole)
    command = ["qpdf", "--encrypt", "secret", "owner", "256", "--", str(folder / "原.pdf"), str(locked)]
    subprocess.run(command, check=True)
    contents = {
        "截断.pdf": (whole[: len(whole) // 2], "不完整"),
        "坏.pdf": (b"%PDF-1.7\nnothing\n%%EOF\n", "损坏"),
        "空.pdf": (b"", "不是 PDF"),
        "字.pdf": ("通知".encode(), "不是 PDF"),
        "扫描.pdf": (drawing.pdf([drawing.rule(28, 37, 100, 1)]), "没有文字"),
        "假.docx": (b"PK\x03\x04nothing", "不是 DOCX"),
    }
    for name, (data, _) in contents.items():
        (folder / name).write_bytes(data)
    return {
        "加密": (locked, "密码"),
        "没有": (folder / "没有.pdf", "找不到"),
        "文件夹": (folder, "文件夹"),
        **{name: (folder / name, said) for name, (_, said) in contents.items()},
    }


def test_a_bad_file_is_named_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = bad_files(tmp_path)
    assert len(files) == 9
    for name, (file, said) in files.items():
        if name.endswith(".docx") and not shutil.which("soffice"):
            continue
        with pytest.raises(ReportError) as caught:
            measure_file(file)
        (problem,) = caught.value.problems
        assert said in problem.message, name
        assert problem.suggestion, name
        assert main(["measure", str(file)]) == 2
        shown = capsys.readouterr()
        assert said in shown.err, name
        assert "Traceback" not in shown.err + shown.out


def test_the_command_tells_by_its_exit_code(
    right: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measure", str(right)]) == 0
    said = capsys.readouterr().out
    assert "【页码】" in said
    assert "0 项不符" in said.splitlines()[-1]
    assert "不适用" not in said
    wrong = tmp_path / "错.pdf"
    wrong.write_bytes(made.paper(folio_up=25.0))
    assert main(["measure", str(wrong), "--quiet"]) == 1
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()[2:]] == [["不符", "页码高低"]]
    assert main(["measure", str(right), "--preset", "33476.2"]) == 1
    assert "GB/T 33476.2" in capsys.readouterr().out
    assert main(["measure", str(right), "--preset", "别的"]) == 2
    assert "33476.2" in capsys.readouterr().err


def test_the_columns_of_the_table_stand_under_one_another(
    right: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measure", str(right)]) == 0
    lines = capsys.readouterr().out.splitlines()
    column = lines[0].encode("gbk").index("条款".encode("gbk"))
    row = next(line for line in lines if "天头" in line)
    assert row.encode("gbk")[column:].startswith(b"5.2.1")


def test_json_holds_every_finding(right: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", str(right), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {finding["要素"] for finding in said["量得"]} == set(BY_NAME)
    top = next(finding for finding in said["量得"] if finding["要素"] == "发文机关标志位置")
    assert (top["条款"], top["页"], top["结论"]) == ("7.2.4", 1, "通过")
    assert abs(top["偏差毫米"]) < 0.05
    assert sum(said["合计"].values()) == len(said["量得"])
    assert said["合计"]["不符"] == 0


def test_without_libreoffice_nothing_of_a_word_file_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / "通知.docx"
    file.write_bytes(b"PK")
    findings = measure_docx(file).findings
    assert {finding.element for finding in findings} == set(BY_NAME)
    assert {finding.verdict for finding in findings} == {Verdict.UNCHECKED}
    assert main(["measure", str(file)]) == 0
    assert "没有 LibreOffice" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["pdf", pytest.param("docx", marks=OFFICE)])
@pytest.mark.parametrize("entry", REPORTS, ids=[entry.name for entry in REPORTS])
def test_our_own_papers_keep_to_the_standard(entry: ReportEntry, kind: str, tmp_path: Path) -> None:
    (file,) = build_report(check_report(entry.data, PROJECT), tmp_path, (kind,)).files
    measured = measure_file(file)
    assert [finding for finding in measured.findings if finding.verdict is Verdict.FAULT] == []
    assert measured.count(Verdict.UNCHECKED) == 0
    assert measured.count(Verdict.PASS) >= 8
