"""The words of a paper as proofreading rules look at them: passages that know where each character was typed."""

from __future__ import annotations

from zhibi.prose.passages import Kind, Passage, passages_of

__all__ = ["Kind", "Passage", "passages_of"]
