"""Templates: a kind of paper as one file, and what its body says for the names it is given."""

from __future__ import annotations

from zhibi.templates.reading import SUFFIX, Template, read_template
from zhibi.templates.rendering import Rendered, evaluate, new_budget, render_body, render_words

__all__ = [
    "SUFFIX",
    "Rendered",
    "Template",
    "evaluate",
    "new_budget",
    "read_template",
    "render_body",
    "render_words",
]
