"""A DOCX -> the PDF that LibreOffice makes of it, in a profile of its own.

Office faces that are not on the machine are answered by open ones, after the real ones; a font that
stood in is then told as 替代, never as the office's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from zhibi.errors import Location, Problem, ReportError, reason
from zhibi.measuring.reading import RULE

_SECONDS = 180
_STAND_INS = {
    "仿宋_GB2312": "FandolFang",
    "仿宋": "FandolFang",
    "FangSong": "FandolFang",
    "方正仿宋_GBK": "FandolFang",
    "楷体_GB2312": "FandolKai",
    "楷体": "FandolKai",
    "KaiTi": "FandolKai",
    "方正楷体_GBK": "FandolKai",
    "黑体": "Noto Sans CJK SC",
    "SimHei": "Noto Sans CJK SC",
    "方正黑体_GBK": "Noto Sans CJK SC",
    "宋体": "Noto Serif CJK SC",
    "SimSun": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "方正小标宋_GBK": "Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif",
}


def office_program() -> str | None:
    """Return the LibreOffice of this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def render_docx(path: Path, program: str) -> bytes:
    """Return the PDF of a Word file; raise `ReportError` when there is none."""
    _check(path)
    with tempfile.TemporaryDirectory(prefix="zhibi-") as name:
        folder = Path(name)
        # The file's own name may hold anything; a copy has one that no program stumbles over.
        copy = folder / "paper.docx"
        copy.write_bytes(path.read_bytes())
        command = [
            *(program, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(copy)),
        ]
        surroundings = {**os.environ, "FONTCONFIG_FILE": str(_fontconfig(folder)), "HOME": str(folder)}
        try:
            subprocess.run(command, check=True, capture_output=True, env=surroundings, timeout=_SECONDS)
            return copy.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            message = "LibreOffice 打不开这个 Word 文件，没有量成"
            raise _fault(path, message, "请用 Word 或 WPS 打开它，另存一份再试") from error


def _check(path: Path) -> None:
    try:
        sound = zipfile.is_zipfile(path)
        names = zipfile.ZipFile(path).namelist() if sound else []
    except (OSError, zipfile.BadZipFile) as error:
        why = reason(error) if isinstance(error, OSError) else "文件已损坏"
        raise _fault(path, f"打不开：{why}", "请核对文件名，或重新复制这个文件") from error
    if "word/document.xml" not in names:
        raise _fault(path, "这不是 DOCX 文件，或者已损坏", "请用 Word 或 WPS 另存为 .docx")


def _fault(path: Path, message: str, hint: str) -> ReportError:
    return ReportError([Problem(Location(str(path)), RULE, message, hint)])


def _fontconfig(folder: Path) -> Path:
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="append" binding="same"><string>{open_face}</string></edit></match>'
        for name, open_face in _STAND_INS.items()
    )
    head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
    system = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    file = folder / "fonts.conf"
    file.write_text(f"{head}{system}{matches}</fontconfig>", encoding="utf-8")
    return file
