"""What fonts there are: where they lie and are chosen, of which something changes when a font comes or goes, and a mark of all."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path


def font_files() -> frozenset[str]:
    """Return the files of all installed fonts."""
    return frozenset(os.fsdecode(line) for line in _listed("%{file}\n").splitlines() if line)


def font_places(files: Iterable[str]) -> frozenset[str]:
    """Return the folders of these fonts, those above them, where people install their own, and the settings of
    fontconfig.
    """
    folders = {os.path.dirname(file) for file in files}
    above = {os.path.dirname(folder) for folder in folders}
    places = folders | above | _data_folders() | _settings()
    return frozenset(place for place in places if len(Path(place).parts) > 1)


def _data_folders() -> set[str]:
    """Return where fonts are installed (XDG base directories, as fontconfig follows them), and the old place."""
    home = os.path.expanduser("~")
    own = os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
    common = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    roots = (root for root in (own, *common.split(os.pathsep)) if root)
    return {os.path.join(home, ".fonts"), *(os.path.join(root, "fonts") for root in roots)}


def _settings() -> set[str]:
    """Return the files in which fontconfig is told what to do, and the folders of more such files."""
    home = os.path.expanduser("~")
    own = os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "fontconfig")
    asked = os.environ.get("FONTCONFIG_FILE", "")
    folders = (own, *(os.environ.get("FONTCONFIG_PATH") or "/etc/fonts").split(os.pathsep))
    found = {
        os.path.join(folder, name) for folder in folders for name in ("fonts.conf", "local.conf", "conf.d")
    }
    return found | {asked, os.path.join(home, ".fonts.conf"), os.path.join(home, ".fonts.conf.d")}


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
