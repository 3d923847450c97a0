"""Zhibi (执笔): plan data in YAML -> Word and PDF papers after GB/T 9704-2012."""

__version__ = "0.1.0"
