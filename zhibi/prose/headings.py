"""The headings of a paper, each with whether text runs on in its line (接排)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhibi.nodes import Flow, Heading, plain_text
from zhibi.prose.passages import Kind, Passage


@dataclass(frozen=True, slots=True)
class Titled:
    """A heading's passage; `run_in` tells whether text follows it in its own line."""

    passage: Passage
    run_in: bool


def headings_of(flow: Flow, passages: Iterable[Passage]) -> Iterator[Titled]:
    """Yield the headings in reading order; `passages` are those of `flow`."""
    blocks = (
        block
        for section in flow.sections
        for block in section.blocks
        if isinstance(block, Heading) and plain_text(block.content).strip()
    )
    own = (passage for passage in passages if passage.kind is Kind.HEADING)
    for block, passage in zip(blocks, own, strict=True):
        yield Titled(passage, bool(plain_text(block.rest).strip()))
