"""Files and folders, step by step: written and flushed, read back, renamed with patience, kept.

Every function here does one thing to the disk and lets its `OSError` through.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import time
from pathlib import Path

PATIENCE = 1.0
"""Seconds for which a rename is tried again: a virus scanner or an indexer lets go by then."""

_PAUSE = 0.05
"""Seconds between two tries."""

BUSY = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})
"""Errors that mean "another program has it open": Windows says 5 and 32 (both EACCES), SMB on Linux EBUSY."""

_KINDS = (
    (stat.S_ISLNK, "链接"),
    (stat.S_ISDIR, "文件夹"),
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISCHR, "设备"),
    (stat.S_ISBLK, "设备"),
)
ODD = "不是文件"
"""Digest of what is no regular file: it equals no file's."""


def digest(content: bytes) -> str:
    """Return the SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, None when there is none; links are not followed, pipes not opened."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return ODD
        return digest(path.read_bytes())
    except FileNotFoundError:
        return None


def odd_kind(path: Path) -> str:
    """Return what stands at `path` when it is no regular file, the empty text for a file or nothing."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return ""
    return next((name for is_kind, name in _KINDS if is_kind(mode)), "")


def write_new(path: Path, content: bytes, like: Path | None = None) -> None:
    """Write a file that was not there, flush it and read it back; rights and owner as those of `like`.

    What is read back comes out of the system's memory on a local disk, from the server on many network ones.
    """
    with open(path, "xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if digest_of(path) != digest(content):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
    if like is not None:
        _same_rights(path, like)


def _same_rights(path: Path, like: Path) -> None:
    try:
        old = os.stat(like)
    except FileNotFoundError:
        return
    new = os.stat(path)
    if hasattr(os, "chown") and (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        with contextlib.suppress(OSError):  # Only the administrator may give a file back to its owner.
            os.chown(path, old.st_uid, old.st_gid)
    with contextlib.suppress(OSError):  # A disk that knows no rights has none to lose.
        os.chmod(path, stat.S_IMODE(old.st_mode) & 0o777)


def put(source: Path, target: Path) -> None:
    """Rename `source` to `target`, over what stands there; try again while another program has it open."""
    began = time.monotonic()
    while True:
        try:
            os.replace(source, target)
        except OSError as error:
            if error.errno not in BUSY or time.monotonic() - began >= PATIENCE:
                raise
            time.sleep(_PAUSE)
        else:
            return


def probe(path: Path) -> None:
    """Open a file for writing and close it untouched; raise `OSError` when another program has it open."""
    began = time.monotonic()
    while True:
        try:
            os.close(os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0)))
        except OSError as error:
            if error.errno not in BUSY or time.monotonic() - began >= PATIENCE:
                raise
            time.sleep(_PAUSE)
        else:
            return


def keep(source: Path, kept: Path, by_way_of: Path) -> None:
    """Keep the content of `source` under the new name `kept`, whole or not at all.

    A hard link costs nothing; where the disk has none, a copy is made at `by_way_of` and renamed.
    """
    try:
        os.link(source, kept)
    except FileExistsError:
        raise
    except OSError:
        write_new(by_way_of, source.read_bytes())
        shutil.copystat(source, by_way_of)
        put(by_way_of, kept)


def sync_folder(path: Path) -> None:
    """Flush a folder's names; an error is no matter, the files are in place whole."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
