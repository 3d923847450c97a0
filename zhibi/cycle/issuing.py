"""Forms -> the files that go out: those that somebody has filled in stay, those that nobody needs are named."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zhibi.cycle.forms import RULE
from zhibi.errors import Level, Location, Problem, ReportError, reason
from zhibi.output import WRITE_RULE, folded, safe_stem, write_files
from zhibi.reading import find_file
from zhibi.workbooks import Form, read_form, write_form

_NEAR = 0.7
"""Names as alike as 区水务局 and 区水利局: three characters of four."""


class State(StrEnum):
    """What became of a form's file."""

    NEW = "新发"
    SAME = "没有变化"
    RENEWED = "已更新"
    KEPT = "没有动"


@dataclass(frozen=True, slots=True)
class Issued:
    """A form and its file."""

    form: Form
    file: Path
    state: State

    @property
    def written(self) -> bool:
        """Tell whether the file was written in this run."""
        return self.state in {State.NEW, State.RENEWED}


def named(forms: Sequence[Form], *, several: bool) -> dict[str, Form]:
    """Return the forms by their file names; `several`: other papers have forms for the same units."""
    files: dict[str, Form] = {}
    seen: dict[str, Form] = {}
    for form in forms:
        name = safe_stem(f"{form.unit}（{form.paper}）" if several else form.unit) + ".xlsx"
        other = seen.setdefault(folded(name), form)
        if other is not form:
            message = f"“{other.unit}”和“{form.unit}”的表都要叫“{name}”"
            hint = "请在计划里把单位的名称改得不一样"
            raise ReportError([Problem(Location(name), RULE, message, hint)])
        files[name] = form
    return files


def issue(
    folder: Path, files: Mapping[str, Form], shown: Callable[[Path], str]
) -> tuple[list[Issued], list[Problem]]:
    """Write the forms into `folder`; one that anybody has filled in or changed is left as it is, and told."""
    issued: list[Issued] = []
    problems: list[Problem] = []
    waiting: dict[str, bytes] = {}
    for name, form in files.items():
        content, file = write_form(form), find_file(folder / name)
        state, why = _state(file, content)
        issued.append(Issued(form, file, state))
        if state is State.KEPT:
            hint = "请先把里面的内容收回来，把它移走，再发一次；或用 --out 换一个文件夹"
            problems.append(Problem(Location(shown(file)), WRITE_RULE, f"{why}，没有动它", hint))
        elif issued[-1].written:
            waiting[file.name] = content
    if waiting:
        write_files(folder, waiting)
    return issued, problems


def _state(file: Path, content: bytes) -> tuple[State, str]:
    """Tell what is to become of a file, and why it is kept."""
    if not os.path.lexists(file):
        return State.NEW, ""
    try:
        if file.read_bytes() == content:
            return State.SAME, ""
        old = read_form(file, file.name)
    except OSError as error:
        return State.KEPT, f"读不出原来的这张表（{reason(error)}）"
    except ReportError:
        return State.KEPT, "已经有一个叫这个名字的文件，不是执笔发出的表"
    return (State.RENEWED, "") if old.untouched else (State.KEPT, "这张表已经有人填过或改过")


def doubts(issued: Sequence[Issued], shown: Callable[[Path], str]) -> Iterator[Problem]:
    """Yield a query for each new form of a unit with one task whose name is much like another unit's."""
    for one in issued:
        form, paper = one.form, one.form.paper
        others = [other.form.unit for other in issued if other.form.paper == paper]
        others.remove(form.unit)
        near = difflib.get_close_matches(form.unit, others, n=1, cutoff=_NEAR)
        if one.state is State.NEW and len(form.tasks) == 1 and near:
            message = f"“{form.unit}”只有第{form.tasks[0].number}项任务，名称与“{near[0]}”很像"
            hint = "请核对是不是写错了：写错的改计划，再发一次；确实是两个单位的不必理会"
            yield Problem(Location(shown(one.file)), RULE, message, hint, Level.QUERY, text=form.unit)


def leftovers(folder: Path, issued: Sequence[Issued], shown: Callable[[Path], str]) -> Iterator[Problem]:
    """Yield an advice for each form in the folder that went out to a unit that has no task any more."""
    names = {one.file.name for one in issued}
    asked = {(one.form.paper, one.form.period) for one in issued}
    units = {(one.form.paper, one.form.unit) for one in issued}
    for path in sorted(folder.glob("*.xlsx")):
        if path.name in names or path.name.startswith((".", "~$")):
            continue
        try:
            old = read_form(path, shown(path))
        except (ReportError, OSError):  # No form of ours.
            continue
        if (old.paper, old.period) in asked and (old.paper, old.unit) not in units:
            message = f"这份表是以前发给“{old.unit}”的，现在的计划里没有归它的任务，这次没有发它"
            hint = "请把这份表移走，不要再发出去；已经发出的，请与单位说明"
            yield Problem(Location(shown(path)), RULE, message, hint, Level.ADVICE, text=old.unit)
