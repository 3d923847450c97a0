"""A report's title -> a file name that Windows, macOS and Linux all take, the same on each of them.

Names are compared as Windows and macOS do (`folded`), so that one folder can be copied between systems.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from zhibi.errors import Level, Location, Problem

FORBIDDEN = '<>:"/\\|?*'
_INSTEAD = str.maketrans(FORBIDDEN, "＜＞：＂／＼｜？＊")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[\d¹²³])\s*(\..*)?", re.IGNORECASE)
_RULE = "文件名"

MAX_NAME_BYTES = 200
"""Longest stem in UTF-8 bytes; endings, （新） and the stamp of a backup fit into 255 with it."""


def safe_stem(name: str) -> str:
    """Return `name` as a file name that Windows, macOS and Linux all take."""
    stem = _CONTROLS.sub("", unicodedata.normalize("NFC", name)).translate(_INSTEAD).strip(" .")
    if not stem:
        stem = "未命名"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    if len(stem.encode()) <= MAX_NAME_BYTES:
        return stem
    digest = hashlib.sha256(stem.encode()).hexdigest()[:8]
    kept = stem.encode()[: MAX_NAME_BYTES - len(digest) - 1].decode(errors="ignore")
    return f"{kept}-{digest}"


def name_problems(asked: str, at: Location) -> list[Problem]:
    """Return advice when the file cannot be called what was `asked`; line ends of a title go unsaid."""
    wanted = unicodedata.normalize("NFC", re.sub(r"[\r\n]", "", asked))
    stem = safe_stem(asked)
    if stem == wanted:
        return []
    message = f"文件名“{_short(wanted)}”{'；'.join(_changes(wanted))}，存成“{_short(stem)}”"
    hint = "这个名字合适就不用改；不合适请在数据里用“文件名”另起一个"
    return [Problem(at, _RULE, message, hint, Level.ADVICE, text=wanted)]


def _changes(wanted: str) -> list[str]:
    """Say what of a name no system, or not every system, takes."""
    told = []
    bad = [char for char in FORBIDDEN if char in wanted]
    if bad:
        told.append(f"里的 {' '.join(bad)} 不能用，改成了全角")
    codes = sorted({f"U+{ord(char):04X}" for char in _CONTROLS.findall(wanted)})
    if codes:
        told.append(f"里有看不见的字符（{'、'.join(codes)}），去掉了")
    plain = _CONTROLS.sub("", wanted).translate(_INSTEAD)
    stem = plain.strip(" .")
    if not stem:
        told.append("没有可用的字")
    elif stem != plain:
        told.append("首尾的空格或句点去掉了")
    if _RESERVED.fullmatch(stem):
        told.append("是 Windows 保留的名字，前面加了下划线")
    if len(stem.encode()) > MAX_NAME_BYTES:
        told.append(f"太长（{len(stem)} 个字），缩短了")
    return told


def _short(name: str) -> str:
    """Return a name for a message: nothing invisible, not longer than a line."""
    visible = _CONTROLS.sub("□", name)
    return visible if len(visible) <= 40 else f"{visible[:30]}……{visible[-8:]}"


def folded(name: str) -> str:
    """Return what two names have in common when Windows or macOS take them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def split(name: str) -> tuple[str, str]:
    """Return stem and ending (with its dot) of a finished file's name."""
    stem, dot, ending = name.rpartition(".")
    return (stem, dot + ending) if stem else (name, "")
