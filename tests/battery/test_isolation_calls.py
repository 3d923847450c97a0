"""A build writes where it should and calls nobody: rows 104 and 113 of the fault table, by strace."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.office import OK, ROOT, can, lay_out, paper, run

_CONNECT = re.compile(r"(?:connect|sendto|bind)\(.*?sa_family=AF_INET6?")
_CALL = re.compile(
    r"(?:openat\((?P<base>\S+?), (?P<path>\"(?:\\.|[^\"])*\"), (?P<flags>[A-Z_|]+)"
    r"|\b(?:rename|renameat|renameat2|link|linkat|symlink|symlinkat|mkdir|mkdirat|creat|unlink|unlinkat|truncate)"
    r"\((?P<rest>.*))"
)
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')


def test_a_build_writes_where_it_should_and_calls_nobody(
    tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    if not can("strace", "-f", "--seccomp-bpf"):
        pytest.skip("strace is not allowed here")
    office, out, temporary = lay_out(tmp_path / "办", {"甲": paper("甲")}), tmp_path / "出", tmp_path / "临时"
    temporary.mkdir()
    log = tmp_path / "记录"
    config = (ROOT if rounds(0, 1) else office) / "config.yaml"
    trace = ("strace", "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=network,file", "-o", str(log))
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(temporary)}
    words = ["--config", str(config), "--out", str(out), "--format", "docx,pdf"]
    assert run(words, office, environment=environment, before=trace).code == OK
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert len(lines) > 500
    assert any("关于甲" in path or path.endswith(".pdf") for line in lines for path in written(line, office))
    assert [line for line in lines if _CONNECT.search(line)] == []
    allowed = (
        str(out),
        os.environ["ZHIBI_CACHE"],
        str(temporary),
        "/var/cache/fontconfig",
        "/dev/null",
        "/dev/tty",
        "/dev/shm",
        "/proc/self",
    )
    allowed += (os.path.expanduser("~/.cache/fontconfig"),)
    strange = [path for line in lines for path in written(line, office) if not path.startswith(allowed)]
    assert strange == []


def written(line: str, folder: Path) -> list[str]:
    """Return the paths that a line of strace makes, changes or takes away; what failed counts too."""
    call = _CALL.search(line)
    if not call:
        return []
    if call["path"] and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", call["flags"]):
        return []
    quoted = [call["path"]] if call["path"] else _QUOTED.findall(call["rest"])
    return [os.path.normpath(folder / unescape(one)) for one in quoted]


def unescape(quoted: str) -> str:
    """Return the path that strace prints with octal escapes for what is not ASCII."""
    return (
        quoted[1:-1].encode("latin-1").decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
    )
