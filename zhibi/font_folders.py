"""What fonts there are: where they lie and are chosen, of which something changes when a font comes or goes, and a mark of all."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

_FOLDER = re.compile(rb"<dir\b([^>]*)>([^<]+)</dir>")
"""Where a configuration file of fontconfig says that fonts lie; an XML reader would take longer than the files are worth."""


def font_files() -> frozenset[str]:
    """Return the files of all installed fonts."""
    return frozenset(os.fsdecode(line) for line in _listed("%{file}\n").splitlines() if line)


def font_places(files: Iterable[str]) -> frozenset[str]:
    """Return where a font may come or be chosen otherwise: the folders of these fonts and those above them, all folders
    that fontconfig looks into, and its settings.
    """
    settings = _settings_in_use()
    folders = {os.path.dirname(file) for file in files}
    above = {os.path.dirname(folder) for folder in folders}
    named = _data_folders() | {folder for file in settings for folder in _named_in(file)}
    # Of a folder of settings those are read whose names begin with a digit.
    more = {os.path.dirname(file) for file in settings if os.path.basename(file)[:1].isdigit()}
    places = above | _below(folders | named) | _settings() | settings | more
    return frozenset(place for place in places if len(Path(place).parts) > 1)


def _settings_in_use() -> set[str]:
    """Return the files that fontconfig has read just now, wherever it was told of them."""
    lines = os.fsdecode(_said("fc-conflist")).splitlines()
    return {os.path.abspath(line[2:].partition(": ")[0]) for line in lines if line.startswith("+ ")}


def _named_in(file: str) -> Iterator[str]:
    """Yield the folders of fonts that a file of settings names."""
    try:
        text = Path(file).read_bytes()
    except OSError:
        return
    own = os.environ.get("XDG_DATA_HOME") or os.path.join("~", ".local", "share")
    for attributes, name in _FOLDER.findall(text):
        base = own if b"xdg" in attributes else os.path.dirname(file) if b"relative" in attributes else ""
        yield os.path.abspath(os.path.expanduser(os.path.join(base, os.fsdecode(name.strip()))))


def _below(folders: Iterable[str]) -> set[str]:
    """Return these folders and all that lie in them: a font may come into an empty one."""
    found, known = set(folders), set[str]()
    for folder in folders:
        for inner, names, _ in os.walk(folder, followlinks=True):
            real = os.path.realpath(inner)
            if real in known:  # Met before, or a link that leads upwards.
                names.clear()
            known.add(real)
            found.add(inner)
    return found


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
    """Return what fontconfig says of every font."""
    return _said("fc-list", "-f", form)


def _said(*command: str) -> bytes:
    """Return what a program of fontconfig says, nothing where it is not installed."""
    try:
        return subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""
