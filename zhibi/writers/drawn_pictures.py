"""The pictures of a paper as WeasyPrint draws them; it is given them by their names and reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.images import get_image_from_uri
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from zhibi.layout import Layout
from zhibi.writers.pictures import shown_files


class OwnPictures(URLFetcher):  # type: ignore[misc]
    """Gives the pictures of the paper by their names and nothing else: no file, no socket, no data in an address."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(allowed_protocols=())
        self.pictures = shown_files(layout)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the picture that is called `url`."""
        if url not in self.pictures:
            raise ValueError(f"not a picture of this paper: {url[:80]}")
        content, kind = self.pictures[url]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


def weasy_pictures(fetcher: OwnPictures, fonts: FontConfiguration) -> Mapping[str, Any]:
    """Return name -> picture of a paper as WeasyPrint draws it."""
    get = partial(get_image_from_uri, {}, fetcher, DEFAULT_OPTIONS)
    context = SimpleNamespace(font_config=fonts, get_image_from_uri=get)
    return {name: get(url=name, context=context) for name in fetcher.pictures}
