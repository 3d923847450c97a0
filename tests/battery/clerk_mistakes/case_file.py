"""The text cases of this folder: what a clerk did, what must be said, and how the advice is followed.

Every case changes the sound project of `样板/` (config.yaml, data/, and the program's own templates)::

    === 冒号用了全角
    --- 原来 data/通知.yaml
    主送机关: 各镇：
    --- 写成
    主送机关：各镇：
    --- 应说
    data/通知.yaml:5:5 错误：…
    --- 改法
    照消息            (照消息: the message shows the words; 照原来: back to the sound project; or --- 改成 and the words)

More steps: `--- 整个 文件`, `--- 存为 文件 GBK`, `--- 改名 旧 新`, `--- 建文件夹 名`, `--- 放入 文件 Word`; `--- 命令` and
`--- 改成命令` are the words after build.py. `⟪U+3000⟫` stands for a character that cannot be seen.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from docx import Document

from tests.battery.office import ROOT

HERE = Path(__file__).resolve().parent
SOUND = HERE / "样板"
OUTPUT = "成品"
AS_TOLD, AS_BEFORE = "照消息", "照原来"
_HIDDEN = re.compile(r"⟪U\+([0-9A-F]{4,5})⟫")
_PLACED = re.compile(r"(?P<file>[^:\n]+?)(?::(?P<line>\d+):(?P<column>\d+))? (?:错误|提醒)：(?P<words>.+)")
_WHOLE_LINE = re.compile(
    r"(?:请改成半角冒号加一个空格|请改成半角减号加一个空格|请写成|请给这段文字加引号|请在文字末尾补上引号|请加引号|请改成)：(.+)$"
)
_MEANT = re.compile(r"“(?P<typed>[^”]+)”[^“]*?—— 您是不是想写“(?P<meant>[^”]+)”？")
_ADD = re.compile(r"请补上一行：(.+)$")
_QUOTE = re.compile(r'请加引号：("[^"]+")$')
Step = tuple[str, tuple[str, ...], str]
"""What is done, to which files, with which words."""


@dataclass(frozen=True)
class Mistake:
    """One case of a case file."""

    name: str
    steps: tuple[Step, ...]
    wanted: tuple[str, ...]
    command: tuple[str, ...]
    code: int
    mend: str
    mended_words: str | None
    mended_command: tuple[str, ...]

    @property
    def only_data(self) -> bool:
        """Tell whether the case stands in data files alone, so that many can be checked in one run."""
        files = [names[0] for _, names, _ in self.steps if names]
        plain = self.command[:1] == ("build",) and self.command[1:] in {("通知",), ("三季度",)}
        return plain and self.command == self.mended_command and all(map(_is_data, files))

    @property
    def report(self) -> str:
        """The report that a case of data files builds."""
        return self.command[1]


def _is_data(file: str) -> bool:
    return file.startswith("data/")


def read_mistakes() -> list[Mistake]:
    """Return every case of every text file of this folder."""
    found = []
    for path in sorted(HERE.glob("*.txt")):
        for chunk in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            name, _, rest = chunk.partition("\n")
            found.append(_mistake(f"{path.stem}：{name.strip()}", rest))
    return found


def _mistake(name: str, text: str) -> Mistake:
    parts = re.split(r"(?m)^--- (.+)\n", text)
    blocks = [(head.split(), words.strip("\n")) for head, words in zip(parts[1::2], parts[2::2], strict=True)]
    said = {head[0]: words for head, words in blocks}
    steps = [(head[0], tuple(head[1:]), _seen(words)) for head, words in blocks if len(head) > 1]
    steps += [("写成", (), _seen(said["写成"]))] if "写成" in said else []
    wanted = tuple(_seen(line) for line in said["应说"].split("\n") if line)
    command = tuple(shlex.split(said["命令"])) if "命令" in said else ("build", _report_of(steps))
    default = "0" if all(" 提醒：" in line for line in wanted) else "2"
    return Mistake(
        name,
        tuple(steps),
        wanted,
        command,
        int(said.get("退出码", default)),
        said.get("改法", "").strip(),
        _seen(said["改成"]) if "改成" in said else None,
        tuple(shlex.split(said["改成命令"])) if "改成命令" in said else command,
    )


def _report_of(steps: list[Step]) -> str:
    files = " ".join(name for _, names, _ in steps for name in names)
    return "三季度" if "三季度" in files or "计划" in files or "季度" in files else "通知"


def _seen(words: str) -> str:
    return _HIDDEN.sub(lambda match: chr(int(match[1], 16)), words)


def make_mistake(case: Mistake, folder: Path) -> None:
    """Do in the sound project of `folder` what the clerk did."""
    _change(case, folder, next((words for what, _, words in case.steps if what == "写成"), ""))


def mend(case: Mistake, folder: Path, said: list[str]) -> None:
    """Follow the advice: as the messages show it, back to the sound project, or with the words of the case."""
    if case.mended_words is not None:
        lay_out_project(folder)
        _change(case, folder, case.mended_words)
    elif case.mend == AS_TOLD:
        for line in said:
            _as_told(line, folder)
    elif case.mend == AS_BEFORE:
        lay_out_project(folder)
    else:
        assert case.mended_command != case.command, f"{case.name}：没有写改法"


def lay_out_project(folder: Path) -> None:
    """Put the sound project into `folder`, in place of what stood there; the program is left alone."""
    if (folder / OUTPUT).is_file():
        (folder / OUTPUT).unlink()
    shutil.rmtree(folder / "data", ignore_errors=True)
    shutil.copytree(SOUND, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", folder / "templates", dirs_exist_ok=True)


def _change(case: Mistake, folder: Path, words: str) -> None:
    for what, names, text in case.steps:
        if what != "写成":
            _STEPS[what](folder, *names, text=text, words=words)


def _replace(folder: Path, name: str, *, text: str, words: str) -> None:
    before = (folder / name).read_text(encoding="utf-8")
    assert before.count(text) == 1, f"{name} 里应当恰有一处：{text}"
    (folder / name).write_text(before.replace(text, words), encoding="utf-8", newline="")


def _whole(folder: Path, name: str, *, text: str, words: str) -> None:
    if (folder / name).is_dir():
        shutil.rmtree(folder / name)
    (folder / name).write_text(f"{text}\n" if text else "", encoding="utf-8")


def _save_as(folder: Path, name: str, encoding: str, *, text: str, words: str) -> None:
    (folder / name).write_bytes((folder / name).read_text(encoding="utf-8").encode(encoding))


def _rename(folder: Path, old: str, new: str, *, text: str, words: str) -> None:
    (folder / old).rename(folder / new)


def _make_folder(folder: Path, name: str, *, text: str, words: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir(parents=True)


def _put_word_file(folder: Path, name: str, kind: str, *, text: str, words: str) -> None:
    stream = io.BytesIO()
    Document().save(stream)
    (folder / name).write_bytes(stream.getvalue())


_STEPS = {
    "原来": _replace,
    "整个": _whole,
    "存为": _save_as,
    "改名": _rename,
    "建文件夹": _make_folder,
    "放入": _put_word_file,
}


def _as_told(message: str, folder: Path) -> None:
    """Do to the line that a message names what the message says; the words it shows are taken as they are."""
    at = _PLACED.fullmatch(message)
    assert at, f"消息没有写明文件、行、列：{message}"
    assert at["line"], f"消息没有写明行和列：{message}"
    file = folder / at["file"]
    lines = file.read_text(encoding="utf-8").split("\n")
    number = int(at["line"]) - 1
    lines[number : number + 1] = _told(lines[number], int(at["column"]), at["words"])
    file.write_text("\n".join(lines), encoding="utf-8")


def _told(line: str, column: int, words: str) -> list[str]:
    indent = re.match(r"\s*", line)
    assert indent
    if found := _MEANT.search(words):
        assert found["typed"] in line, f"第 {column} 列所在的行里没有“{found['typed']}”：{line}"
        return [line.replace(found["typed"], found["meant"], 1)]
    if found := _QUOTE.search(words):
        return [line.replace(found[1].strip('"'), found[1], 1)]
    if found := _WHOLE_LINE.search(words):
        return [indent.group() + found[1]]
    if found := _ADD.search(words):
        return [" " * (column - 1) + found[1], line]
    raise AssertionError(f"消息没有写出改好的样子：{words}")


def describe(case: Mistake) -> str:
    """Return the command of a case as a clerk types it."""
    words = case.command[1:] if case.command[0] == "build" else case.command
    return " ".join(["python3 build.py", *words])
