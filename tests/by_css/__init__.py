"""The pages of a paper once more, set by a CSS engine: stock WeasyPrint lays out HTML made from the layout.

The program draws its pages itself. This package says the same pages in HTML and CSS, so that a second hand
can be asked where each character stands, and faults can be planted in words (`change`). Nothing else uses it.
"""

from __future__ import annotations

from collections.abc import Callable

from weasyprint import HTML

from tests.by_css.html import write_html
from zhibi.layout import Layout
from zhibi.writers.drawn_pictures import OwnPictures
from zhibi.writers.letters import font_configuration


def write_pdf(layout: Layout, change: Callable[[str], str] = str) -> bytes:
    """Return a paper as stock WeasyPrint sets it, after a change to its HTML."""
    page = HTML(string=change(write_html(layout)), url_fetcher=OwnPictures(layout), base_url=None)
    data: bytes = page.write_pdf(font_config=font_configuration())
    return data
