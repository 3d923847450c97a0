"""One writer at a time; the lock dies with its owner, and a folder that cannot be locked is said."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from tests.battery.writing_papers import State, state_of
from tests.output.conftest import Save
from zhibi.errors import ReportError
from zhibi.output import LOCK_RULE, WRITE_RULE, recover, workspace

HOLD = """
import sys, time, filelock
lock = filelock.FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def owner(save: Save, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the folder's lock in another process."""
    save(0)
    lock = str(folder / ".执笔" / "锁")
    with subprocess.Popen([sys.executable, "-c", HOLD, lock], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_another_writer_is_waited_for_and_then_said(
    save: Save, folder: Path, owner: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "LOCK_SECONDS", 0.2)
    with pytest.raises(ReportError) as raised:
        save(1)
    (problem,) = raised.value.problems
    assert (problem.rule, problem.at.file) == (LOCK_RULE, folder.name)
    assert str(problem).endswith("另一个执笔正在往这个文件夹写 —— 请等它结束再运行")
    assert state_of(folder) == State(0, 0, ())
    assert not save(0).changed
    assert recover(folder) == []


def test_the_lock_dies_with_its_owner(save: Save, folder: Path, owner: subprocess.Popen[str]) -> None:
    owner.kill()
    owner.wait()
    assert save(1).problems == ()
    assert state_of(folder) == State(1, 1, ())


def test_the_lock_is_free_after_a_save_that_failed(save: Save, docx: Path, pdf: Path) -> None:
    docx.mkdir(parents=True)
    for _ in range(2):
        with pytest.raises(ReportError, match="文件夹已经存在"):
            save(0)


def test_a_folder_that_turned_read_only_is_no_fault_of_the_program(save: Save, folder: Path) -> None:
    save(0)
    folder.chmod(0o555)
    try:
        save(1)  # root may.
        written = True
    except ReportError as error:
        (problem,) = error.problems
        assert (problem.rule, problem.at.file) == (WRITE_RULE, folder.name)
        written = False
    finally:
        folder.chmod(0o755)
    assert state_of(folder) == (State(1, 1, ()) if written else State(0, 0, ()))


def test_half_a_minute_is_waited() -> None:
    assert workspace.LOCK_SECONDS == 30


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOLCK, "这个磁盘不能给文件上锁"),
        (errno.ENOSYS, "这个磁盘不支持需要的操作"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EACCES, "没有写入的权限"),
    ],
)
def test_a_folder_that_cannot_be_locked(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    save(0)

    def refused(*_: object) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(filelock.FileLock, "_acquire", refused)
    with pytest.raises(ReportError, match=words) as raised:
        save(1)
    assert raised.value.problems[0].rule == WRITE_RULE
    assert state_of(folder) == State(0, 0, ())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks otherwise")
def test_a_disk_without_locks_is_said_by_the_library(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refused(*_: object) -> None:
        raise OSError(errno.ENOSYS, "")

    save(0)
    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(ReportError, match="不支持需要的操作"):
        save(1)
    assert state_of(folder) == State(0, 0, ())
