"""Inlines and headings as runs."""

from __future__ import annotations

from zhibi.errors import Location
from zhibi.layout.runs import Run, Voice, heading_runs, paragraph_runs
from zhibi.layout.scripts import Script
from zhibi.nodes import Break, Heading, Lead, Number, Series, Text

AT = Location("甲.yaml", 3, 5)
HAN, LATIN = Script.HAN, Script.LATIN


def test_a_paragraph_keeps_voices_and_places() -> None:
    content = (Lead((Text("第一句。", AT),)), Number("一是"), Text("办结3件", AT))
    assert paragraph_runs(content) == (
        Run("第一句。", HAN, Voice.LEAD, AT),
        Run("一是", HAN, Voice.NUMBER),
        Run("办结", HAN, Voice.PLAIN, AT),
        Run("3", LATIN, Voice.PLAIN, AT),
        Run("件", HAN, Voice.PLAIN, AT),
    )


def test_words_beyond_a_run_decide_its_script() -> None:
    closing = paragraph_runs((Lead((Text("use “Word"),)), Text("” now")))
    assert [run.script for run in closing if isinstance(run, Run)] == [LATIN, LATIN]
    chinese = paragraph_runs((Lead((Text("称为“AI"),)), Text("”技术")))
    assert [run.text for run in chinese if isinstance(run, Run)] == ["称为“", "AI", "”技术"]


def test_breaks_and_line_ends_are_breaks() -> None:
    pieces = paragraph_runs((Text("上\n中"), Break(), Text("下")))
    assert pieces == (Run("上", HAN), Break(), Run("中", HAN), Break(), Run("下", HAN))


def test_a_heading_tells_number_words_and_rest_apart() -> None:
    heading = Heading(3, (Text("题目。"),), rest=(Number("一是"), Text("接排")), number="1.")
    assert [(run.text, run.voice) for run in heading_runs(heading) if isinstance(run, Run)] == [
        ("1.", Voice.NUMBER),
        ("题目。", Voice.HEADING),
        ("一是", Voice.REST),
        ("接排", Voice.REST),
    ]


def test_a_series_is_read_through() -> None:
    series = Series(((Text("甲"),), (Text("乙"),)))
    assert "".join(run.text for run in paragraph_runs((series,)) if isinstance(run, Run)) == "甲乙"


def test_empty_words_give_no_runs() -> None:
    assert paragraph_runs(()) == paragraph_runs((Text(""),)) == ()
