"""What fonts there are: the folders they lie in, of which one changes when a font comes or goes, and a mark of all."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path


def font_folders() -> frozenset[str]:
    """Return the folders of all installed fonts, those above them, and where people install their own."""
    folders = {os.path.dirname(os.fsdecode(line)) for line in _listed("%{file}\n").splitlines() if line}
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


def installed_fonts() -> str:
    """Return a mark of the families and versions of all installed fonts, wherever they lie."""
    lines = sorted(set(_listed("%{family}\t%{style}\t%{fontversion}\n").splitlines()))
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def _listed(form: str) -> bytes:
    """Return what fontconfig says of every font, nothing where it is not installed."""
    try:
        return subprocess.run(("fc-list", "-f", form), capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""
