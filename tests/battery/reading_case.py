"""Cases of tests/battery/reading/*.txt: a file as a clerk might leave it -> what is said, and that the advice helps.

A non-programmer can add a case::

    === 行号 名称 @选项 …       the row of the fault table that it proves
    --- 写的                    the data file; ⟦U+000B⟧ is that character, ⟦5000×[⟧ is [ 5000 times
    --- 计划                    (optional) 计划.yaml beside it
    --- 模板                    (optional) templates/试验.jinja
    --- 说的
    3:3 错误 words | more words     each problem in any order, no more and no fewer; 通过 when there is none
    --- 改成                    (optional) the data file mended by hand; it must pass
    --- 不改                    (instead) the fault is not one of the data file

Without 改成 the lines and words that the messages show are put in by the test, and the file must pass. Options: an
encoding, `crlf`, `cr`, `gbk+ff` (a bad byte at the end), `utf-8+gbk`, `utf-16-cut`, `名=…` for the name of the file.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhibi.errors import Problem, ReportError
from zhibi.model import Project
from zhibi.pipeline import check_report

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = Path(__file__).parent / "reading"
_PARTS = re.compile(r"(?m)^--- (写的|计划|模板|说的|改成|不改)\n?")
_SHOWN_LINE = re.compile(r"(?:请写成|加一个空格|加引号|末尾补上引号|补上一行)：(.+)$")
_SHOWN_WORD = re.compile(r"您是不是想写“(.+?)”")
_SHOWN_VALUE = re.compile(r"请加引号：(\"[^\"]*\")$")


@dataclass(frozen=True)
class Case:
    """One case of a case file."""

    row: int
    name: str
    options: tuple[str, ...]
    parts: dict[str, str]

    @property
    def file_name(self) -> str:
        return next((one.removeprefix("名=") for one in self.options if one.startswith("名=")), "数据.yaml")

    @property
    def wanted(self) -> list[tuple[str, list[str]]]:
        """Place and level, and the words, of each problem; none for 通过."""
        lines = [line for line in self.parts["说的"].strip("\n").split("\n") if line != "通过"]
        split = [line.split(" ", 2) for line in lines]
        return [(self._place(at, level), words.split(" | ")) for at, level, words in split]

    def _place(self, at: str, level: str) -> str:
        named = at if re.match(r".+\.(yaml|jinja):", at) else f"{self.file_name}:{at}"
        return f"{named} {level}"


def read_cases() -> list[Case]:
    """Return every case of every file."""
    cases = []
    for path in sorted(CASES.glob("*.txt")):
        for chunk in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            head, _, rest = chunk.partition("\n")
            row, *words = head.split()
            options = tuple(word[1:] for word in words if word.startswith("@"))
            name = " ".join(word for word in words if not word.startswith("@"))
            found = _PARTS.split(rest)[1:]
            parts = {key: text.rstrip("\n") + "\n" for key, text in zip(found[::2], found[1::2], strict=True)}
            cases.append(Case(int(row), name, options, parts))
    return cases


def unfold_marks(text: str) -> str:
    """Replace ⟦U+000B⟧ and ⟦5000×[⟧ by what they stand for."""
    text = re.sub(r"⟦U\+([0-9A-F]+)⟧", lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"⟦(\d+)×(.)⟧", lambda found: found[2] * int(found[1]), text)


def encode(text: str, options: Sequence[str]) -> bytes:
    """Return `text` as the bytes that the options of a case ask for."""
    raw = text.encode()
    for option in options:
        match option:
            case "crlf":
                raw = text.replace("\n", "\r\n").encode()
            case "cr":
                raw = text.replace("\n", "\r").encode()
            case "gbk+ff":
                raw = text.encode("gbk") + b"\xff\xff"
            case "utf-8+gbk":
                raw = text.encode() + "甲".encode("gbk")
            case "utf-16-cut":
                raw = text.encode("utf-16")[:-1]
            case _ if not option.startswith("名="):
                raw = text.encode(option)
    return raw


def lay_out(case: Case, folder: Path) -> Path:
    """Write the files of a case; return the data file."""
    templates = folder / "templates"
    shutil.copytree(ROOT / "templates", templates)
    if "模板" in case.parts:
        (templates / "试验.jinja").write_text(case.parts["模板"], encoding="utf-8")
    if "计划" in case.parts:
        (folder / "计划.yaml").write_text(case.parts["计划"], encoding="utf-8")
    data = folder / case.file_name
    written = unfold_marks(case.parts["写的"])
    data.write_bytes(encode("" if written == "\n" else written, case.options))
    return data


def problems_of(data: Path) -> tuple[bool, tuple[Problem, ...]]:
    """Return whether a data file passes, and what is said of it."""
    folder = data.parent
    try:
        return True, check_report(data, Project(folder, folder / "templates")).problems
    except ReportError as error:
        return False, error.problems


def apply_advice(text: str, problems: Sequence[Problem]) -> str:
    """Return `text` with what the messages show put where they point."""
    lines = text.split("\n")
    for problem in problems:
        old = lines[problem.at.line - 1]
        if shown := _SHOWN_VALUE.search(problem.suggestion):
            lines[problem.at.line - 1] = old[: problem.at.column - 1] + shown[1]
        elif shown := _SHOWN_LINE.search(problem.suggestion):
            lines[problem.at.line - 1] = old[: len(old) - len(old.lstrip())] + shown[1]
        elif shown := _SHOWN_WORD.search(problem.suggestion):
            lines[problem.at.line - 1] = old.replace(_wrong_word(problem), shown[1])
    return "\n".join(lines)


def _wrong_word(problem: Problem) -> str:
    found = re.search(r"“(.+?)”", problem.message)
    assert found
    return problem.text or found[1]
