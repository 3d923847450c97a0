"""Lines and rows -> pages: the one paginator, for the PDF and for what Word and LibreOffice come to.

Input: the set blocks of a section and the height of its type area in points; output: the same blocks and
what stands of each on every page, with its distance from the top. It does what word processors do with
the same properties: a page takes what fits; no page ends inside or right after a paragraph that keeps with
the next, nor inside a row that fits on a page; headings of tables come again. The Word
file carries the properties, not the breaks, so that it stays free to reflow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidRow, LaidTable
from zhibi.layout.reach import CLEAR, TOLERANCE, PagedTable, fit_lines, fit_rows, measured, rest_of
from zhibi.layout.rows import cut_rows, part_rows


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands of a block on a page: lines or rows `first` to `last` (exclusive), `top` points down.

    `heights` are those of the rows, header first, `rows` the rows as they stand on this page: merged cells
    cut at its edges, of a row that page ends part only the lines on this side. Of a first row that began
    on an earlier page `skip` lines stand there; of a last row that goes on the lines up to `take` are here.
    The last row is `stretch` points taller than it needs to be.
    """

    block: int
    first: int
    last: int
    top: float
    heights: tuple[float, ...] = ()
    skip: int = 0
    take: int | None = None
    stretch: float = 0.0
    rows: tuple[LaidRow, ...] = ()


Page = tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place in a section: a block, a line or row of it, lines of that row that are set already."""

    block: int
    item: int = 0
    skip: int = 0


class _Pager:
    """Pages one section; `blocks` changes where a table is cut into 续表."""

    def __init__(self, blocks: Sequence[LaidBlock], height: float, first: float) -> None:
        self.blocks = list(blocks)
        self.full = height
        self.height = first
        self.tables: dict[int, PagedTable] = {}
        self.shown: dict[int, int] = {}

    def pages(self) -> list[Page]:
        """Fill page after page until nothing is left."""
        made: list[Page] = []
        mark: _Mark | None = _Mark(0) if self.blocks else None
        while mark is not None:
            page, mark = self._fill(mark)
            made.append(page)
            self.height = self.full
        return made

    def table(self, number: int) -> PagedTable:
        """Return the table that is block `number`, with its heights."""
        if number not in self.tables:
            laid = self.blocks[number]
            assert isinstance(laid, LaidTable)
            self.tables[number] = measured(laid, self.full)
        return self.tables[number]

    def with_rows(self, page: Page) -> Page:
        """Return a page with the rows of its tables as they stand on it; pages come in order."""
        return tuple(
            piece if isinstance(self.blocks[piece.block], LaidParagraph) else self._with_rows(piece)
            for piece in page
        )

    def _with_rows(self, piece: Placed) -> Placed:
        table = self.table(piece.block)
        heights = piece.heights[len(table.header) :]
        part = (piece.first, piece.last, piece.stretch)
        rows, left = part_rows(table.grid, part, heights, self.shown if piece.skip else {})
        self.shown = left if piece.take is not None else {}
        return replace(piece, rows=rows)

    def _fill(self, start: _Mark) -> tuple[Page, _Mark | None]:
        """Return what stands on the page that begins at `start`, and where the next one begins."""
        placed: list[Placed] = []
        safe: list[tuple[int, _Mark]] = []
        mark, used = start, 0.0
        while mark.block < len(self.blocks):
            if mark != start and self._may_break_before(mark):
                safe.append((len(placed), mark))
            block = self.blocks[mark.block]
            if isinstance(block, LaidParagraph):
                if block.new_page and placed and mark.item == 0:
                    return tuple(placed), mark
                piece, used = self._lines(block, mark, used)
            else:
                piece, used = self._rows(mark, used, empty=not placed)
            if piece is None:
                return self._broken(placed, safe, mark)
            placed.append(piece)
            end = self._after(piece)
            if end.block > mark.block:
                mark = end
            elif isinstance(block, LaidTable):
                return tuple(placed), self._continued(end)
            elif block.keep and len(placed) > 1:
                return self._broken(placed[:-1], safe, mark)
            else:
                return tuple(placed), end
        return tuple(placed), None

    def _lines(self, block: LaidParagraph, mark: _Mark, used: float) -> tuple[Placed | None, float]:
        """Place as many lines of a paragraph as fit."""
        rule = block.style.rule.height if block.style.rule else 0.0
        room = int((self.height + TOLERANCE - used - rule) / block.style.pitch)
        count = min(room, len(block.lines) - mark.item)
        if count <= 0 and used > 0.0:
            return None, used
        count = max(count, 1)  # Not even one line fits on an empty page: it stands there all the same.
        piece = Placed(mark.block, mark.item, mark.item + count, used)
        return piece, used + count * block.style.pitch + rule

    def _broken(self, placed: list[Placed], safe: list[tuple[int, _Mark]], mark: _Mark) -> tuple[Page, _Mark]:
        """End the page at the last place where it may end; where it may nowhere, at `mark`."""
        if safe:
            count, place = safe[-1]
            return tuple(placed[:count]), place
        return tuple(placed), mark

    def _rows(self, mark: _Mark, used: float, *, empty: bool) -> tuple[Placed | None, float]:
        """Place as many rows of a table as fit; `empty`: nothing stands on the page yet."""
        table = self.table(mark.block)
        room = self.height + TOLERANCE - used - table.frame
        if empty and mark.item < len(table.grid.rows):
            # Below a heading that fills the page there is room for a line all the same: pages must end.
            room = max(room, table.grid.rows[mark.item].style.pitch + table.grid.extra)
        stop, heights, stretch = fit_rows(table.grid, (mark.item, mark.skip), room, force=empty)
        skip = mark.skip if stop == mark.item else 0
        take = fit_lines(table.grid, stop, skip, room - sum(heights))
        if take is not None:
            heights.append((take - skip) * table.grid.rows[stop].style.pitch + table.grid.extra)
        if heights or not table.grid.rows:
            heights[-1:] = [height + stretch for height in heights[-1:]]
            last = stop + (take is not None)
            rows = (*table.header, *heights)
            piece = Placed(mark.block, mark.item, last, used, rows, mark.skip, take, stretch)
            return piece, used + table.frame + sum(heights)
        self._push(mark, room)
        return None, used

    def _push(self, mark: _Mark, room: float) -> None:
        """Make the first row of a table too tall for `room` points, where other engines would set it there.

        They do not mind the height of a merged cell that begins in it.
        """
        table = self.table(mark.block)
        row = table.grid.rows[mark.item]
        if not row.keep_with_next and table.grid.least(mark.item, mark.item, len(table.grid.rows)) <= room:
            table.grid.rows[mark.item] = replace(row, least=room + CLEAR, stretch=CLEAR)

    def _after(self, piece: Placed) -> _Mark:
        """Return the place after a piece."""
        if piece.take is not None:
            return _Mark(piece.block, piece.last - 1, piece.take)
        block = self.blocks[piece.block]
        count = len(block.lines) if isinstance(block, LaidParagraph) else len(block.rows)
        return _Mark(piece.block, piece.last) if piece.last < count else _Mark(piece.block + 1)

    def _continued(self, mark: _Mark) -> _Mark:
        """Cut a table with 续表 where a page ends: the rest is a table of its own below its words."""
        table = self.table(mark.block)
        laid = table.laid
        if laid.continuation is None or mark.skip:
            return mark
        rest = rest_of(table, mark.item, self.full)
        self.blocks[mark.block : mark.block + 1] = [
            replace(laid, rows=tuple(table.grid.rows[: mark.item])),
            replace(laid.continuation, new_page=True),
            rest.laid,
        ]
        del self.tables[mark.block]
        self.tables[mark.block + 2] = rest
        return _Mark(mark.block + 1)

    def _may_break_before(self, mark: _Mark) -> bool:
        if mark.item or mark.skip:
            return True
        before = self.blocks[mark.block - 1] if mark.block else None
        return not (isinstance(before, LaidParagraph) and before.keep)


def paginate(
    blocks: Sequence[LaidBlock], height: float, first: float | None = None
) -> tuple[tuple[LaidBlock, ...], tuple[Page, ...]]:
    """Return the blocks, tables cut where pages end, and the pages they make; the `first` may be higher."""
    pager = _Pager(blocks, height, height if first is None else first)
    pages = tuple(pager.with_rows(page) for page in pager.pages())
    ends: dict[int, dict[int, float]] = {}
    for page in pages:
        for piece in page:
            if piece.take is None:
                ends.setdefault(piece.block, {})[piece.last] = piece.stretch
    made: list[LaidBlock] = []
    for number, block in enumerate(pager.blocks):
        if isinstance(block, LaidTable):
            block = replace(block, rows=cut_rows(pager.table(number).grid, ends.get(number, {})))
        made.append(block)
    return tuple(made), pages
