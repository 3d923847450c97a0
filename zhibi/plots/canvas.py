"""A drawing -> SVG and PNG by matplotlib. Imported in a shelter only, and only when something is drawn.

Greys tell on any printer: what has reached the goal is dark, what has not is light with a dark edge.
"""

from __future__ import annotations

import io
import math

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Polygon
from PIL import Image

from zhibi.nodes import PictureKind
from zhibi.pictures.coding import encode
from zhibi.plots import CUT, FULL, HAIR, Drawing, Drawn
from zhibi.plots.outlines import outlines

POINTS = 72
"""Points in an inch."""

DOTS = 300
"""Pixels in an inch of the PNG."""

INK, DARK, LIGHT, PAPER = "0", "0.35", "0.85", "1"
"""Greys: of words and rules, of bars that have reached the goal, of others, of what is left open."""

THICK = 8.0
"""Points of a bar across."""

THIN = 0.75
"""Points of the lines at nought and at the goal."""

_NOTHING = dict.fromkeys(("Date", "Creator", "Format", "Type"))
"""What an SVG would say of itself; a date is not the same in the next build."""


def paint(drawing: Drawing) -> Drawn:
    """Return both pictures of a drawing."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.hashsalt"] = "zhibi"  # Names inside an SVG are not drawn by lot.
        figure = Figure(figsize=(drawing.width / POINTS, drawing.height / POINTS))
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, drawing.width), ylim=(0, drawing.height))
        axes.set_axis_off()
        _fill(axes, drawing)
        lines, pixels = io.BytesIO(), io.BytesIO()
        figure.savefig(lines, format="svg", metadata=_NOTHING)
        figure.savefig(pixels, format="png", dpi=DOTS)
    with Image.open(pixels) as image:
        grey = image.convert("L")
    grey.info.clear()
    return Drawn(lines.getvalue(), encode(grey, PictureKind.PNG), grey.size)


def _fill(axes: Axes, drawing: Drawing) -> None:
    field = drawing.field
    for number, (height, value) in enumerate(drawing.bars, 1):
        start, end = field.place(0), field.place(min(max(value, -CUT), CUT))
        colour = DARK if value >= FULL else LIGHT
        (bar,) = axes.barh(height, end - start, THICK, start, color=colour, edgecolor=INK, linewidth=HAIR)
        bar.set_gid(f"bar-{number}")
        if abs(value) > CUT:
            axes.add_artist(_gap(field.place(math.copysign((FULL + CUT) / 2, value)), height))
    axes.hlines(drawing.rules, 0, drawing.width, colors=INK, linewidth=HAIR)
    _, head, *_, foot = drawing.rules
    axes.vlines(field.place(0), foot, head, colors=INK, linewidth=THIN)
    axes.vlines(field.place(FULL), foot, head, colors=INK, linewidth=THIN, linestyles="dashed")
    axes.add_artist(PathPatch(outlines(drawing.letters), facecolor=INK, linewidth=0, gid="words"))


def _gap(x: float, y: float) -> Polygon:
    """Return a slanting gap in a bar: it is longer than it is drawn."""
    half, high = THICK / 4, y + THICK
    corners = ((x - 2 * half, y - THICK), (x, y - THICK), (x + 2 * half, high), (x, high))
    return Polygon(corners, facecolor=PAPER, edgecolor=PAPER, linewidth=HAIR)
