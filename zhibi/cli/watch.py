"""`watch`: builds, then builds again what an edit touches as soon as a file is saved, until Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhibi.cli.build import WHAT, Asked, ask, count_of
from zhibi.cli.keeping import Fonts
from zhibi.cli.log import RunLog
from zhibi.cli.screen import BAD_INPUT, OK, Bar, Screen, moved_to_top
from zhibi.cli.starting import ROOT, options, typed_path
from zhibi.cli.streams import tell
from zhibi.cli.words import ChineseCommand, no_report, refusal
from zhibi.errors import Level, Problem, ReportError
from zhibi.freshness.seen import watching
from zhibi.freshness.states import is_helper, is_still, place_of, stamp_of
from zhibi.output import WORKSPACE, recover
from zhibi.workers import Workers

if TYPE_CHECKING:
    from zhibi.freshness.states import State

QUIET_MS = 100
"""How long nothing must be saved before a build begins; programs save a file in several steps."""

_MODIFIED = 2
"""What `watchfiles.Change` calls a change of something that was there."""


@click.command(cls=ChineseCommand)
@click.argument("names", nargs=-1, metavar="[名称或数据文件]…")
@options(*WHAT, shows_json=False)
def watch(names: tuple[str, ...], **typed: Any) -> int:
    """看着数据、模板和配置，一存盘就重做改到的报告；按 Ctrl-C 结束。"""
    if typed["as_json"]:
        raise ReportError([refusal("watch 没有 --json", "要 JSON 请用 python3 build.py --json", "--json")])
    try:
        with Workers(count_of(typed["count"])) as workers:
            return _Watch(names, typed, workers).run()
    except KeyboardInterrupt:
        pass
    tell("已停止。")
    return OK


@dataclass
class _Watch:
    """One run of the command; `told` are the problems that people see on their screens.

    `known` are the states of what the last build has read and written; `polling`: the system tells of no changes.
    """

    names: tuple[str, ...]
    typed: dict[str, Any]
    workers: Workers
    built: bool = False
    fonts: Fonts | None = None  # as the workers know them
    told: dict[Problem, Problem] = field(default_factory=dict)
    known: dict[str, State] = field(default_factory=dict)
    polling: bool = False

    def run(self) -> int:
        """Build, wait, build again; return only when a name is that of no report, so that there is nothing to wait for."""
        folders = self.turn()
        never = {no_report(name, ()).message for name in self.names}
        if any(problem.message in never for problem in self.told.values()):
            return BAD_INPUT
        tell("看着数据、模板和配置，存盘就重做；按 Ctrl-C 结束。")
        while True:
            folders = self._until_places_change(folders)

    def _until_places_change(self, folders: frozenset[Path]) -> frozenset[Path]:
        """Build after each change in these folders; return others when a build has looked elsewhere."""
        late = True
        watched = {os.path.abspath(folder) for folder in folders}
        for changed in self._changes(folders):
            if names := sorted({os.path.basename(path) for path in changed if self._is_edit(path)}):
                tell(f"{datetime.now():%H:%M:%S} {'、'.join(names)} 有改动")
            if not (changed or late):
                continue
            # What was saved before these folders were watched shows in the first quiet moment.
            late = False
            now = self.turn()
            # A folder that went and came again is another one: of the new one nothing would be told.
            if now != folders or watched & {os.path.abspath(path) for path in changed}:
                return now
        return folders

    def _changes(self, folders: frozenset[Path]) -> Iterator[list[str]]:
        """Yield what was saved; where the system has no more notices to give, look at the files themselves from now on."""
        try:
            yield from _changes(folders, polling=self.polling)
        except (OSError, RuntimeError):  # The library's own error is of the second kind.
            if self.polling:
                raise
            self.polling = True
            tell("系统不能再通知文件的改动（监视的数目已到上限），改为每秒查看一次；其余照旧。")
            yield []

    def _is_edit(self, path: str) -> bool:
        """Tell whether a file is another one than the last build has read or written, or a new one of a kind with these;
        an editor's own comes and goes.
        """
        if path not in self.known:
            kinds = {os.path.splitext(known)[1] for known in self.known if not os.path.isdir(known)}
            return os.path.isdir(path) or (os.path.exists(path) and os.path.splitext(path)[1] in kinds - {""})
        state, stamp = self.known[path], stamp_of(path)
        return stamp != state[0] if stamp and state and state[0] else not is_still(path, state)

    def turn(self) -> frozenset[Path]:
        """Build what is not up to date, tell what is new, and return the folders that all of it was read from."""
        screen = Screen(words=("watch", *self.names), known=frozenset(self.told))
        screen.counted = frozenset({Level.QUERY})
        click.get_current_context().obj = screen
        asked: Asked | int = OK
        with watching() as seen:  # When nothing is asked for too: what is missing may come.
            try:
                asked = ask(self.names, **self.typed)
            except ReportError as error:
                screen.report(error.problems)
        try:
            if isinstance(asked, Asked):
                self._build(asked, screen)
        except ReportError as error:
            screen.report(error.problems)
        self.typed["force"] = False  # Once is enough.
        self._compare(screen)
        read = (asked.states, asked.batch.keeper.states) if isinstance(asked, Asked) else (seen.states(),)
        self.known = {os.path.abspath(path): state for states in read for path, state in states.items()}
        return self._places(seen.stamps, asked)

    def _build(self, asked: Asked, screen: Screen) -> None:
        batch = asked.batch
        batch.way = replace(batch.way, brief=self.built, measurer=self.workers)
        if not batch.keeper.fonts.like(self.fonts):
            self.workers.renew()
            self.fonts = batch.keeper.fonts
        with RunLog(batch.output, screen.words) as log:
            screen.log = log
            screen.report(recover(batch.output, batch.project.shown))
            batch.run(asked.reports, self.workers, Bar(None))
        self.built = True

    def _places(self, looked_at: Iterable[str], asked: Asked | int) -> frozenset[Path]:
        """Return the folders in which papers and fonts can change."""
        typed = self.typed["config_file"]
        config = typed_path(typed) if typed else ROOT / "config.yaml"
        root, own = config.resolve().parent, set[str]()
        found = {ROOT / "templates", config.parent}
        if isinstance(asked, Asked):
            found |= {entry.data.parent for entry in asked.reports}
            looked_at = (*looked_at, *asked.batch.keeper.states)
            output = os.path.realpath(asked.batch.output)
            own = {output, os.path.join(output, WORKSPACE)}
        read = {path: os.path.realpath(path) for path in map(place_of, looked_at)}
        found |= {
            Path(path) for path, real in read.items() if Path(real).is_relative_to(root) and real not in own
        }
        fonts = {Path(file).parent for file in self.fonts.files} if self.fonts else set()
        return frozenset(map(_there, found)) | {folder for folder in fonts if folder.is_dir()}

    def _compare(self, screen: Screen) -> None:
        """Tell which problems are gone."""
        now = {moved_to_top(problem): problem for problem in screen.problems}
        for gone in (problem for key, problem in self.told.items() if key not in now):
            if gone.level is not Level.QUERY:
                screen.say(f"  ✓ 改好了：{gone.at.file} {gone.message}")
        self.told = now


def _changes(folders: frozenset[Path], *, polling: bool = False) -> Iterator[list[str]]:
    """Yield the files that were saved in these folders, together when they came together; none when nothing was saved
    for a while.
    """
    from watchfiles import watch as changes  # Imported late: nothing else needs it.

    step = QUIET_MS
    try:
        for found in changes(
            *folders,
            watch_filter=_is_ours,
            recursive=False,
            yield_on_timeout=True,
            debounce=step * 5,
            step=step,
            rust_timeout=step * 10,
            force_polling=polling or None,
            poll_delay_ms=step * 10,
        ):
            yield sorted({path for _, path in found})
    except FileNotFoundError:  # A folder went before it was watched.
        yield []


def _there(folder: Path) -> Path:
    """Return a folder, or while it is not there the nearest one above it, where it may come."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _is_ours(change: int, path: str) -> bool:
    """Tell whether a saved file may be one that papers are made from; of a folder its files tell."""
    return not is_helper(os.path.basename(path)) and not (change == _MODIFIED and os.path.isdir(path))
