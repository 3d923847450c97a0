"""A published paper (text or Word file) -> the YAML data of a 文稿, and what the importer was not sure of.

`python build.py import FILE` is `write_yaml(import_paper(FILE).data, schema)`; nothing is guessed in
silence: everything dropped (rule 导入损坏), doubtful (导入存疑) or judged (导入) is a `Problem` with its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhibi.errors import Location, Problem, ReportError
from zhibi.errors import reason as explain
from zhibi.importer.blocks import Data, Notes
from zhibi.importer.dump import dump_yaml
from zhibi.importer.foreign import as_paper
from zhibi.importer.own import is_own, restore
from zhibi.importer.recognise import recognise
from zhibi.importer.txt import read_text
from zhibi.importer.word import read_word
from zhibi.importer.word_xml import is_word

__all__ = ["Imported", "import_paper", "write_yaml"]

TEMPLATE = "文稿"
VERSION = 1
_ORDER = (
    *("文件名", "标题", "语言", "横向", "编号", "信息公开", "信息公开冒号", "目录", "版头", "发文字号"),
    *(
        "主送机关",
        "正文",
        "印发件",
        "附件",
        "附件说明",
        "与会",
        "署名",
        "署名方式",
        "成文日期",
        "附注",
        "版记",
    ),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """The data of a paper in YAML order, and every problem met, in the order of the file."""

    data: Data
    problems: tuple[Problem, ...]


def import_paper(path: Path) -> Imported:
    """Read a text or Word file as a 文稿; raise `ReportError` when it cannot be read at all."""
    notes = Notes()
    try:
        data = _read(path, notes)
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"打不开文件（{explain(error)}）"
        raise ReportError([Problem(Location(str(path)), "导入", reason, "请核对文件名和权限")]) from error
    problems = sorted(notes.problems, key=lambda problem: (problem.at, problem.rule))
    return Imported({"版本": VERSION, "模板": TEMPLATE, **_in_order(data)}, tuple(problems))


def write_yaml(data: Data, schema_path: str) -> str:
    """Return a data file: the line that tells editors the schema, then the data."""
    return f"# yaml-language-server: $schema={schema_path}\n{dump_yaml(data)}"


def _read(path: Path, notes: Notes) -> Data:
    raw = path.read_bytes()
    if not is_word(path.name, raw):
        return recognise(read_text(path, raw, notes), notes)
    word = read_word(raw, str(path), notes)
    return restore(word, notes) if is_own(word) else recognise(as_paper(word), notes)


def _in_order(data: Data) -> Data:
    return {key: data[key] for key in _ORDER if key in data} | data
