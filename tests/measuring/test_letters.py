"""What PDFium says of letters that other programs wrote in odd ways: halves, letters pressed to nothing, fonts of two pages."""

from __future__ import annotations

import ctypes
from functools import cache

import pypdfium2
import pypdfium2.raw as raw
import pytest

from tests.measuring import drawing
from zhibi.measuring import measure_pdf, reading
from zhibi.measuring.asking import Answers, _joined
from zhibi.measuring.characters import Faces
from zhibi.measuring.reading import Sheet, read_pdf


@cache
def drawn() -> bytes:
    """Return a page with two lines in a font that has a glyph for what is missing."""
    lines = (drawing.words("甲乙", 50, 50, face="黑体"), drawing.words("丙", 50, 100, face="黑体"))
    return drawing.pdf(["".join(lines)])


def changed(*changes: tuple[bytes, bytes]) -> Sheet:
    """Return the page with words of its file changed for others of the same length."""
    data = drawn()
    for old, new in changes:
        assert data.count(old) == 1
        assert len(old) == len(new)
        data = data.replace(old, new)
    return read_pdf(data).sheets[0]


def letters(sheet: Sheet) -> str:
    return "".join(char.text for char in sheet.chars)


@pytest.mark.parametrize(
    ("told", "joined"),
    [
        ("甲乙", "甲乙"),
        ("\ud840\udc00甲", " 𠀀甲"),
        ("\ud840甲\udc00", "\ufffd甲\ufffd"),
        ("\ud840\udc00\udc00", " 𠀀\ufffd"),
        ("\ud840\ud840\udc00", "\ufffd 𠀀"),
        ("\udc00\ud840", "\ufffd\ufffd"),
    ],
)
def test_halves_are_joined_to_their_own_other_half(told: str, joined: str) -> None:
    assert "".join(_joined(list(told))) == joined


def test_a_half_that_is_alone_is_a_letter_without_a_code() -> None:
    assert changed().lost == ()
    sheet = changed((b"<7532>", b"<d840>"))
    assert (letters(sheet), sheet.lost) == ("\ufffd乙丙", ("\ufffd",))


def test_what_is_pressed_to_nothing_is_not_there() -> None:
    place = drawn().rindex(b"1 0 0 -1 ")
    flat = drawn()[:place] + b"1 0 0 -0 " + drawn()[place + 9 :]
    sheet = read_pdf(flat).sheets[0]
    assert (letters(sheet), sheet.lost) == ("甲乙", ())
    assert measure_pdf(flat).findings


def test_a_page_is_read_alike_whatever_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [drawing.words(text, 50, 50, face=face) for text in ("甲乙", "丙A") for face in ("黑体", "宋体")]
    data = drawing.pdf([*words, words[1] + words[2], words[0]])
    together = read_pdf(data)
    read = reading._sheet
    monkeypatch.setattr(reading, "_sheet", lambda page, number, known: read(page, number, Faces()))
    assert read_pdf(data) == together
    assert {len(sheet.fonts) for sheet in together.sheets} == {1, 2}


def test_what_is_asked_in_columns_is_what_each_letter_says() -> None:
    data = drawing.pdf(
        [
            drawing.words("甲A，1", 50, 50, face="黑体")
            + drawing.words("红 乙", 50, 70, size=22, css="color:red")
            + drawing.words("转丁", 50, 120, face="宋体", css="transform:rotate(90deg)")
        ]
    )
    page = pypdfium2.PdfDocument(data)[0]
    held = page.get_textpage()
    text = held.raw
    answers = Answers(text)
    assert "".join(answers.letters) == "甲A，1红乙转丁"
    every = [True] * len(answers.letters)
    asked = zip(*answers.origins(), *answers.inks(every), answers.rights(every), answers.shapes, strict=True)
    looks = answers.looks()
    for number, (*places, shape) in zip(answers.numbers, asked, strict=True):
        ends, loose, matrix = [ctypes.c_double() for _ in range(6)], raw.FS_RECTF(), raw.FS_MATRIX()
        raw.FPDFText_GetCharOrigin(text, number, *ends[:2])
        raw.FPDFText_GetCharBox(text, number, *ends[2:])
        raw.FPDFText_GetLooseCharBox(text, number, loose)
        raw.FPDFText_GetMatrix(text, number, matrix)
        colour = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(text, number, *colour)
        assert places == [*(one.value for one in ends), loose.right]
        _, look = looks[shape]
        assert look.size == raw.FPDFText_GetFontSize(text, number)
        assert look.matrix == (matrix.a, matrix.b, matrix.c, matrix.d)
        assert look.colour == tuple(one.value for one in colour)
        piece = raw.FPDFText_GetTextObject(text, number)
        assert shape == ctypes.cast(piece, ctypes.c_void_p).value
        assert look.mode == raw.FPDFTextObj_GetTextRenderMode(piece)
        assert look.font == ctypes.cast(raw.FPDFTextObj_GetFont(piece), ctypes.c_void_p).value
    assert len({look.matrix for _, look in looks.values()}) > 1
    assert len({look.colour for _, look in looks.values()}) > 1
