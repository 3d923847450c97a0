"""What a run need not make again, and what it leaves for later runs to know."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibi.cli.log import scrub
from zhibi.errors import Problem
from zhibi.font_folders import font_files, font_places
from zhibi.freshness.reports import Kept, Records
from zhibi.freshness.runs import forget, remember, standing
from zhibi.freshness.states import glance, settled, stamp_of, state_of
from zhibi.jobs import Job
from zhibi.output import LOGS, WORKSPACE

if TYPE_CHECKING:
    from zhibi.freshness.states import State


class Fonts:
    """The fonts of the machine at one time: the stamps of their `files`, which are large, and the states of their `places`.

    A process that has read a font knows nothing of one that takes its place.
    """

    def __init__(self) -> None:
        self.files = {file: stamp_of(file) for file in font_files()}
        self.places = {place: state_of(place) for place in font_places(self.files)}

    def states(self) -> dict[str, State]:
        """Return the states of all: a font that no paper is set in may be chosen when another takes its place."""
        return {file: glance(stamp) for file, stamp in self.files.items()} | self.places

    def are_still(self) -> bool:
        """Tell whether no font file has been replaced since."""
        return all(stamp_of(file) == stamp for file, stamp in self.files.items())

    def like(self, other: Fonts | None) -> bool:
        """Tell whether these are the fonts that there were."""
        return (
            other is not None
            and self.files == other.files
            and not any(_differ(state, other.places.get(place)) for place, state in self.places.items())
        )


@dataclass
class Keeper:
    """The reports of one output folder that are known; `force`: none is, for this run.

    `whole` turns false when a run like this one may come out differently. `fonts` are all font files and the places where
    others may come, as they are before anything is made.
    """

    output: Path
    force: bool = False
    whole: bool = True
    states: dict[str, State] = field(default_factory=dict)
    fonts: Fonts = field(init=False)
    _records: Records = field(init=False)

    def __post_init__(self) -> None:
        self.fonts = Fonts()
        self._records = Records(self.output)

    def known(self, job: Job, *, unfinished: bool) -> Kept | None:
        """Return a report that need not be made again."""
        kept = None if self.force else self._records.fresh(job.data, _asked(job, unfinished=unfinished))
        self.saw(kept.states if kept else {})
        return kept

    def saw(self, states: Mapping[str, State]) -> None:
        """Add what work looked at; where it is not as other work has seen it, something was saved in between."""
        self.whole &= not any(
            _differ(state, self.states[path]) for path, state in states.items() if path in self.states
        )
        self.states |= states

    def keep(
        self,
        job: Job,
        files: Mapping[Path, bytes],
        told: tuple[Sequence[Problem], Mapping[str, Any]],
        states: Mapping[str, State],
        *,
        unfinished: bool,
    ) -> None:
        """Keep a report that stands in its `files`; `states` are those of all that it was made from."""
        finished = {str(path): state_of(str(path)) for path in files}
        digests = [hashlib.sha256(content).hexdigest() for content in files.values()]
        if [state and state[1] for state in finished.values()] != digests:  # Edited in this very moment.
            self.lose(job.data)
            return
        states = {**states, **finished}
        problems, words = told
        asked = _asked(job, unfinished=unfinished)
        self._records.keep(job.data, Kept(asked, states, tuple(problems), words))
        self.saw(states)

    def lose(self, data: Path) -> None:
        """Forget a report that does not stand in its files as it was made or was not measured, and with it this run."""
        self._records.drop(data)
        self.whole = False

    def end(self) -> None:
        """Write down what is known; nothing of papers that a font may be in which was replaced meanwhile."""
        if self.fonts.are_still():
            self._records.save(self.fonts.states())
        else:
            self.whole = False
        own = (str(self.output), str(self.output / WORKSPACE))
        self.states = settled(
            {**self.fonts.states(), **self.states, **{folder: state_of(folder) for folder in own}}
        )

    def remember(
        self, words: Sequence[str], seen: Mapping[str, State], said: Sequence[tuple[bool, str]]
    ) -> None:
        """Keep the whole run for `build.py` to answer the same words with; `seen` is what led to its reports."""
        changed = any(
            _differ(state, self.states[path]) for path, state in seen.items() if path in self.states
        )
        if self.force or not self.whole or changed:
            forget(words)
            return
        line = f"开始：{scrub(' '.join(words)) or '（全部）'}；没有变化，不用重做；退出码 0"
        remember(words, {**seen, **self.states}, said, (str(self.output / WORKSPACE / LOGS[0]), line))


def _differ(one: State, other: State) -> bool:
    """Tell whether a file was edited between two looks at it."""
    return (one and one[1]) != (other and other[1])


def _asked(job: Job, *, unfinished: bool) -> str:
    """Return a mark of all that a report depends on besides files."""
    project = job.project
    parts = (
        *(str(project.root), str(project.templates), *sorted(project.silenced)),
        *(job.today, *job.formats, repr(job.look), str(unfinished), standing()),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
