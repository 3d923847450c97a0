"""One module for each row of the table of what must be shown; `measure(bench)` yields the rows of results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from benchmarks.comparing import Bench
from benchmarks.results import Row
from benchmarks.works import batch, docx, growth, noop, pdf, proofreading, reading, watch

WORKS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "noop": noop.measure,
    "docx": docx.measure,
    "pdf": pdf.measure,
    "watch": watch.measure,
    "batch": batch.measure,
    "growth": growth.measure,
    "reading": reading.measure,
    "proofreading": proofreading.measure,
}
