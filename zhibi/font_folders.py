"""The folders that fonts lie in: a font that comes or goes changes one of them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def font_folders() -> frozenset[str]:
    """Return the folders of all installed fonts, those above them, and where people install their own."""
    try:
        listed = subprocess.run(("fc-list", "-f", "%{file}\n"), capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        listed = b""
    folders = {os.path.dirname(os.fsdecode(line)) for line in listed.splitlines() if line}
    above = {os.path.dirname(folder) for folder in folders}
    usual = {"/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts/conf.d"}
    home = os.path.expanduser("~")
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    own = {
        os.path.join(home, ".fonts"),
        os.path.join(data, "fonts"),
        os.path.join(home, ".config", "fontconfig"),
    }
    return frozenset(folder for folder in folders | above | usual | own if len(Path(folder).parts) > 1)
