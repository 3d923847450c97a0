"""Characters that no file can hold are refused, all at once, with their places."""

from __future__ import annotations

import pytest

from tests.writers.papers import cell, flow, line, plain_table
from zhibi.errors import Location, ReportError
from zhibi.layout import lay_out
from zhibi.layout.characters import refuse_illegal
from zhibi.nodes import Flow, Heading, Lead, Paragraph, Properties, Row, Text


def test_every_illegal_character_is_a_problem() -> None:
    at = Location("甲.yaml", 7, 3)
    paper = flow(
        Heading(1, (Text("题\x0b目", at),), rest=(Text("接\ud800排"),), number="一、"),
        Paragraph((Lead((Text("句\x00"),)),)),
        plain_table(("甲",), Row((cell("格\uffff", 0),))),
    )
    with pytest.raises(ReportError) as raised:
        lay_out(paper)
    problems = raised.value.problems
    named = {problem.message.split()[-1] for problem in problems}
    assert named == {"U+D800", "U+0000", "U+FFFF", "U+000B"}
    assert at in {problem.at for problem in problems}
    assert {problem.rule for problem in problems} == {"非法字符"}
    assert all("\x0b" not in problem.text for problem in problems)


def test_properties_are_looked_at_too() -> None:
    with pytest.raises(ReportError):
        lay_out(Flow(Properties("题", keywords=("好\x01",)), ()))


def test_rare_but_legal_characters_pass() -> None:
    refuse_illegal(flow(line("\t𠀀\u00a0龘\n")))
    with pytest.raises(ReportError, match="U\\+0001"):
        refuse_illegal(flow(line("\x01")))
