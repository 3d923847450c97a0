"""What a clerk gets wrong at ten in the evening: every message says where, what and how; its advice makes the build pass.

The cases lie in `clerk_mistakes/*.txt`, one a mistake (B20 and rows 1-11, 15, 20-23, 26, 28, 32, 37-40, 46-49, 56,
65, 67, 73, 81, 83, 85, 112 of the fault table). Those of data files run in one `check`; each case runs
alone, as a build with an old paper in the way, in the full battery.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.clerk_mistakes.case_file import (
    OUTPUT,
    Mistake,
    lay_out_project,
    make_mistake,
    mend,
    read_mistakes,
)
from tests.battery.office import INPUT, OK, copy_program, papers, run

MISTAKES = read_mistakes()
IN_DATA = [case for case in MISTAKES if case.only_data]
OLD_WORDS = {
    "data/通知.yaml": ("过期不再受理", "请勿延误"),
    "data/三季度.yaml": ("年底前再新增9家", "年底前再新增8家"),
}
"""What stood in the data when the papers of before were made: file -> words now, words then."""

_PLACED = re.compile(r"\S[^：]*?(:[1-9]\d*:[1-9]\d*)? (错误|提醒)：\S.* —— \S.*")
_ABOUT_COMMANDS = re.compile(r"\S.*(可以写：.+|用 --help 查看.+)。")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def set_of_words(text: str) -> frozenset[str]:
    return frozenset(_LATIN.findall(text))


_OUR_WORDS = set_of_words(
    "YAML Tab UTF GBK GB docx pdf PDF python Word Excel WPS config data templates yaml import build py jinja "
    "if for set macro endif endfor endmacro help format out check txt"
)
"""Latin words that clerks meet in our own manual."""

_FILTERS = set_of_words("Jinja join length map select sort sum")
LONGEST = 260
"""Characters that a message may have; a longer one is not read."""

ids = [case.name for case in MISTAKES]


def test_there_are_enough_and_each_has_its_own_name() -> None:
    assert len(MISTAKES) >= 40
    assert len(set(ids)) == len(ids)
    assert all(case.wanted for case in MISTAKES)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program, so that a case may spoil its templates."""
    return copy_program(tmp_path_factory.mktemp("执笔"))


def test_all_mistakes_in_data_files_are_said_and_mended_in_one_run(tmp_path: Path) -> None:
    rows = []
    for number, case in enumerate(IN_DATA):
        lay_out_project(tmp_path / f"{number:03}")
        make_mistake(case, tmp_path / f"{number:03}")
        rows.append(f"  - {{名称: '{number:03}', 数据: '{number:03}/data/{case.report}.yaml'}}\n")
    config = tmp_path / "config.yaml"
    # What YAML trips over (a colon, [2026]) is no good Chinese either: the project's own config silences that too.
    silenced = "校对: {忽略: [半角标点, 发文字号, 孤立标题]}\n"
    config.write_text(f"版本: 1\n报告:\n{''.join(rows)}{silenced}", encoding="utf-8")
    said = run(["check", "--config", "config.yaml"], tmp_path)
    assert said.code == INPUT  # Two are no text at all, which is told apart from the papers.
    assert len(said.err.splitlines()) == 2
    every = said.out + said.err
    told = {f"{number:03}": lines_of(every, f"{number:03}") for number in range(len(IN_DATA))}
    wrong = {
        case.name: told[f"{n:03}"] for n, case in enumerate(IN_DATA) if told[f"{n:03}"] != [*case.wanted]
    }
    assert wrong == {}
    # Below a finding stands its sentence, set in.
    assert sum(map(len, told.values())) == len(re.findall(r"(?m)^[^\s✓✗检]", every))
    for number, case in enumerate(IN_DATA):
        mend(case, tmp_path / f"{number:03}", told[f"{number:03}"])
    after = run(["check", "--config", "config.yaml"], tmp_path)
    assert (after.code, after.err) == (OK, "")
    assert not [line for line in after.out.splitlines() if line[0] not in "✓检"]


def lines_of(said: str, folder: str) -> list[str]:
    """Return what was said of the files in `folder`, without its name and the names of rules."""
    lines = [line for line in said.splitlines() if line.startswith(f"{folder}/")]
    return [re.sub(r"(?<=错误|提醒|询问)〔[^〕]*〕", "", line.replace(f"{folder}/", "")) for line in lines]


@pytest.mark.parametrize("case", MISTAKES, ids=ids)
def test_a_message_says_where_what_and_how(case: Mistake) -> None:
    """The wanted message is judged by itself: other tests see to it that it is the one that is printed."""
    own = set(_LATIN.findall(" ".join([*case.command, *(words for _, _, words in case.steps)])))
    own |= set(_LATIN.findall(" ".join(name for _, names, _ in case.steps for name in names)))
    for line in case.wanted:
        assert _PLACED.match(line) or _ABOUT_COMMANDS.match(line), line
        strange = set(_LATIN.findall(line)) - own - _OUR_WORDS
        assert strange <= (_FILTERS if "过滤器" in line else frozenset()), line
        assert len(line) <= LONGEST, line


@pytest.fixture(scope="module")
def old_papers(program: Path) -> Path:
    """The output folder as an earlier build of older data left it."""
    lay_out_project(program)
    for name, (now, then) in OLD_WORDS.items():
        text = (program / name).read_text(encoding="utf-8")
        assert now in text
        (program / name).write_text(text.replace(now, then), encoding="utf-8")
    assert run(["build"], program, program=program).code == OK
    return Path(shutil.copytree(program / OUTPUT, program.parent / "旧成品"))


def test_each_mistake_alone(program: Path, old_papers: Path, rounds: Callable[[int, int], int]) -> None:
    every = max(1, len(MISTAKES) // rounds(2, len(MISTAKES)))
    for case in MISTAKES[::every]:
        alone(case, program, old_papers)


def alone(case: Mistake, folder: Path, old_papers: Path) -> None:
    """Run a case by itself: message, exit code, old papers; then the same with the advice followed."""
    lay_out_project(folder)
    shutil.rmtree(folder / OUTPUT, ignore_errors=True)
    shutil.copytree(old_papers, folder / OUTPUT)
    old = papers(old_papers)
    make_mistake(case, folder)
    said = run([*case.command], folder, program=folder)
    told = said.err.replace(f"{folder}/", "").splitlines()
    assert told == [*case.wanted], case.name
    assert said.code == case.code, case.name
    if case.code == INPUT:
        assert papers(folder / OUTPUT) == old, case.name
    if case.mend or case.mended_words is not None:
        mend(case, folder, told)
    after = run([*case.mended_command], folder, program=folder)
    assert (after.code, after.err) == (OK, ""), case.name
    if case.mended_command[0] == "build":
        assert set(papers(folder / OUTPUT).values()) - set(old.values()), case.name
