"""What is said of writing, word by word with every field, and the last case on each side of a limit."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, finished
from tests.output.conftest import Save, word_owner
from tests.output.test_output_held import BESIDE, sharing_violation
from tests.output.test_output_journal import kill_at
from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.output import disk, name_problems, plain, recover, save, save_report, write_files
from zhibi.output.beside import remove_beside
from zhibi.output.faults import problem_of
from zhibi.output.held import holder, word_user
from zhibi.output.journal import HeldError
from zhibi.output.manifest import Entry, entries_of
from zhibi.output.plan import standing
from zhibi.output.workspace import plain_name

AT = Location("data/甲.yaml", 3, 5)
Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("asked", "told", "stem"),
    [
        ("甲/乙?", "甲/乙?”里的 / ? 不能用，改成了全角", "甲／乙？"),
        ("甲\x0b\x07", "甲□□”里有看不见的字符（U+0007、U+000B），去掉了", "甲"),
        ("\x07", "□”里有看不见的字符（U+0007），去掉了；没有可用的字", "未命名"),
        (
            "甲|\x07.",
            "甲|□.”里的 | 不能用，改成了全角；里有看不见的字符（U+0007），去掉了；首尾的空格或句点去掉了",
            "甲｜",
        ),
        ("X?", "X?”里的 ? 不能用，改成了全角", "X？"),
        ("con", "con”是 Windows 保留的名字，前面加了下划线", "_con"),
        (
            "甲" * 66 + "ab.",
            "甲" * 30 + "……" + "甲" * 5 + "ab.”首尾的空格或句点去掉了",
            "甲" * 30 + "……" + "甲" * 6 + "ab",
        ),
        ("甲" * 67, "甲" * 30 + "……" + "甲" * 8 + "”太长（67 个字），缩短了", "甲" * 30 + "……5aa85b3a"),
        ("甲" * 39 + ".", "甲" * 39 + ".”首尾的空格或句点去掉了", "甲" * 39),
        ("甲" * 40 + ".", "甲" * 30 + "……" + "甲" * 7 + ".”首尾的空格或句点去掉了", "甲" * 40),
    ],
)
def test_a_changed_name_in_full(asked: str, told: str, stem: str) -> None:
    assert name_problems(asked, AT) == [
        Problem(
            AT,
            "文件名",
            f"文件名“{told}，存成“{stem}”",
            "这个名字合适就不用改；不合适请在数据里用“文件名”另起一个",
            Level.ADVICE,
            asked,
        )
    ]


@pytest.mark.parametrize(
    ("number", "message", "suggestion"),
    [
        (errno.ENOSPC, "磁盘空间不足，还需约 2 MB", "请腾出空间再试"),
        (errno.EDQUOT, "磁盘配额用完了，还需约 2 MB", "请腾出空间再试"),
        (errno.EACCES, "没有写入的权限，或文件正被 Word、WPS 打开", "请关闭打开它的程序，或检查文件夹的权限"),
        (errno.EROFS, "写不进去（磁盘是只读的）", "请检查这个磁盘，或用 --out 换一个文件夹"),
        (errno.EBUSY, "写不进去（文件正被占用）", "请关闭打开它的程序再运行"),
        (errno.EXDEV, "写不进去（文件夹跨了两个磁盘）", "请检查这个文件夹"),
    ],
)
def test_what_the_system_refused_in_full(tmp_path: Path, number: int, message: str, suggestion: str) -> None:
    gone = tmp_path / "没有"  # Of a folder that is not there nobody knows how much is free.
    assert problem_of(OSError(number, ""), gone, lambda path: path.name, 1_000_001) == Problem(
        Location("没有"), "写文件", message, suggestion
    )


def test_a_disk_that_holds_just_what_is_needed_and_is_full_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a quota then, and a quota does not tell what is free."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 5_000_000))
    assert "还需约 5 MB" in problem_of(OSError(errno.ENOSPC, ""), tmp_path, str, 5_000_000).message


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "")


def test_a_full_disk_while_plain_files_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 0))
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(ReportError) as raised:
        write_files(tmp_path, {"甲": b"x" * 1_500_000, "乙": b"x" * 700_000})
    assert raised.value.problems == (
        Problem(Location(str(tmp_path)), "写文件", "磁盘空间不足，还需约 3 MB", "请腾出空间再试"),
    )


def test_a_full_disk_while_a_killed_run_is_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save, "leftovers", full_disk)
    with pytest.raises(ReportError) as raised:
        recover(tmp_path, lambda path: f"~{path.name}")
    assert raised.value.problems == (
        Problem(Location(f"~{tmp_path.name}"), "写文件", "磁盘空间不足，还需约 1 MB", "请腾出空间再试"),
    )


def test_what_is_gone_by_the_time_it_is_swept_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may sweep the same folder."""
    gone = [tmp_path / "没有"]
    monkeypatch.setattr(save, "plain_leftovers", lambda *_: gone)
    monkeypatch.setattr(plain, "plain_leftovers", lambda *_: gone)
    assert recover(tmp_path) == []
    assert write_files(tmp_path, {"甲": b"1"}) == (tmp_path / "甲",)


def test_the_lock_of_a_folder_to_be_settled_is_said(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    save(0)
    (folder / ".执笔" / "甲.tmp").write_bytes(b"")
    monkeypatch.setattr("zhibi.output.workspace.LOCK_SECONDS", 0.05)
    with FileLock(folder / ".执笔" / "锁"), pytest.raises(ReportError) as raised:
        recover(folder, lambda path: f"~{path.name}")
    assert raised.value.problems == (
        Problem(Location("~成品"), "占用", "另一个执笔正在往这个文件夹写", "请等它结束再运行"),
    )


def test_open_in_word_in_full(save: Save, folder: Path) -> None:
    save(0)
    owner = folder / f"~${STEM[2:]}.docx"
    owner.write_bytes(word_owner("张三"))
    stood = f"原来的文件没有动；新的存成了“{BESIDE}.docx”“{BESIDE}.pdf”"
    hint = f"请关闭它再生成一次；如果没有人开着它，请删除“{owner.name}”再生成"
    at = Location(f"{STEM}.docx")
    assert save(1).problems == (
        Problem(at, "写文件", f"这个文件正被 张三 用 Word 或 WPS 打开，{stood}", hint),
    )
    owner.write_bytes(b"")
    assert save(1).problems == (Problem(at, "写文件", f"这个文件正被 Word 或 WPS 打开，{stood}", hint),)


def test_both_open_in_full(save: Save, folder: Path) -> None:
    save(0)
    (folder / f"~${STEM[2:]}.docx").write_bytes(word_owner("张三"))
    save(1)
    (folder / f"~${BESIDE[2:]}.docx").write_bytes(b"")
    with pytest.raises(ReportError) as raised:
        save(2)
    message = f"这个文件正被 张三 用 Word 或 WPS 打开，“{BESIDE}.docx”也是，两个都没有动"
    assert raised.value.problems == (
        Problem(Location(f"{STEM}.docx"), "写文件", message, "请关闭它们再生成一次"),
    )


def test_open_in_a_program_that_leaves_no_owner_file_in_full(
    save: Save, folder: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    monkeypatch.setattr(disk, "PATIENCE", 0)
    really = os.replace

    def replace(source: Path, target: Path) -> None:
        if target == pdf:
            raise sharing_violation()
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    message = (
        "这个文件正被别的程序打开（如 Word、WPS、PDF 阅读器），原来的文件没有动；"
        f"新的存成了“{BESIDE}.docx”“{BESIDE}.pdf”"
    )
    assert save(1).problems == (Problem(Location(pdf.name), "写文件", message, "请关闭它再生成一次"),)


def test_a_folder_under_the_name_beside_in_full(save: Save, folder: Path) -> None:
    save(0)
    (folder / f"~${STEM[2:]}.docx").write_bytes(b"")
    (folder / f"{BESIDE}.pdf").mkdir()
    with pytest.raises(ReportError) as raised:
        save(1)
    hint = "请把它移走，或在数据里用“文件名”另起一个名字"
    assert raised.value.problems == (
        Problem(Location(f"{BESIDE}.pdf"), "写文件", "同名的文件夹已经存在", hint),
    )


def test_an_edited_file_in_full(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    docx.write_bytes(b"edited")
    os.utime(docx, (0, 0))
    (problem,) = save(1).problems
    (backup,) = (folder / "备份").iterdir()
    message = f"这个文件在上次生成以后有人改过（或不是由这份数据生成的），原来的已经存成 {backup.name}"
    hint = "要保留的改动请写进数据，再生成一次"
    assert problem == Problem(Location(docx.name), "备份", message, hint, Level.ADVICE, backup.name)


def test_what_was_saved_beside_and_cannot_be_read_stays(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    owner = folder / f"~${STEM[2:]}.docx"
    owner.write_bytes(b"")
    save(1)
    owner.unlink()
    monkeypatch.setattr("zhibi.output.beside.holder", full_disk)
    assert save(2).problems == ()
    assert (folder / f"{BESIDE}.docx").exists()
    assert remove_beside.__module__ == "zhibi.output.beside"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x01A" + b" " * 52, "A"),
        (bytes([53]) + b"a" * 53, "a" * 53),
        (b"\x00A", ""),
    ],
)
def test_the_longest_and_the_shortest_user_of_word(data: bytes, name: str) -> None:
    assert word_user(data) == name


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ('"甲\n乙",丙'.encode(), "甲"),
        (",,丙".encode(), ""),
        (b"A" * 200_000, "A" * 20),
        (b"", ""),
    ],
)
def test_the_user_of_libreoffice_stands_in_the_first_fields_of_the_first_line(
    tmp_path: Path, content: bytes, who: str
) -> None:
    (tmp_path / ".~lock.甲.docx#").write_bytes(content)
    found = holder(tmp_path, os.listdir(tmp_path), "甲.docx")
    assert found is not None
    assert found.who == who


def test_an_owner_file_that_is_no_file_names_nobody(tmp_path: Path) -> None:
    (tmp_path / ".~lock.甲.docx#").mkdir()
    found = holder(tmp_path, os.listdir(tmp_path), "甲.docx")
    assert found is not None
    assert found.who == ""


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.tries = 10.0, list[float]()
        monkeypatch.setattr(disk, "PATIENCE", 3.0)
        monkeypatch.setattr(disk, "_PAUSE", 1.0)
        monkeypatch.setattr("zhibi.output.disk.time.monotonic", lambda: self.now)
        monkeypatch.setattr("zhibi.output.disk.time.sleep", self.sleep)

    def sleep(self, seconds: float) -> None:
        assert len(self.tries) < 9, "it is tried without end"
        self.now += seconds

    def refusing(self, number: int, *, times: int = 99) -> object:
        def refuse(*_: object) -> int:
            self.tries.append(self.now)
            if len(self.tries) <= times:
                raise OSError(number, "")
            return os.dup(1)

        return refuse


@pytest.mark.parametrize(("call", "step"), [("open", disk.probe), ("replace", disk.put)])
def test_patience_is_for_what_is_open_elsewhere_and_has_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, step: object
) -> None:
    assert callable(step)
    arguments = [tmp_path / "甲"] * (2 if call == "replace" else 1)
    for number, times, tries in (
        (errno.EBUSY, 99, [10, 11, 12, 13]),
        (errno.EBUSY, 2, [10, 11, 12]),
        (errno.EIO, 99, [10]),
    ):
        with monkeypatch.context() as patched:
            clock = Clock(patched)
            patched.setattr(os, call, clock.refusing(number, times=times))
            if times == 99:
                with pytest.raises(OSError) as raised:  # noqa: PT011
                    step(*arguments)
                assert raised.value.errno == number
            else:
                step(*arguments)
            assert clock.tries == tries


def test_a_file_is_probed_for_writing_and_as_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def opened(path: Path, flags: int) -> int:
        asked.append(flags)
        return os.dup(1)

    monkeypatch.setattr(os, "open", opened)
    disk.probe(tmp_path)
    monkeypatch.setattr(os, "O_BINARY", 1 << 15, raising=False)
    disk.probe(tmp_path)
    assert asked == [os.O_RDWR, os.O_RDWR | 1 << 15]


def test_the_owner_of_a_file_is_kept_where_the_system_allows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    like, given = tmp_path / "甲", list[tuple[object, ...]]()
    like.write_bytes(b"")
    like.chmod(0o640)

    def give(*asked: object) -> None:
        given.append(asked)
        raise PermissionError(errno.EPERM, "")

    monkeypatch.setattr(os, "chown", give)
    disk.write_new(tmp_path / "乙", b"1", like)
    assert given == []
    really = os.stat

    def stat(path: Path, **more: bool) -> os.stat_result:
        found = list(really(path, **more))
        if path == like:
            found[4] += 1
        return os.stat_result(found)

    monkeypatch.setattr(os, "stat", stat)
    disk.write_new(tmp_path / "丙", b"1", like)
    owner = really(like)
    assert given == [(tmp_path / "丙", owner.st_uid + 1, owner.st_gid)]
    assert really(tmp_path / "丙").st_mode & 0o777 == 0o640


def test_a_running_process_is_asked_for_and_never_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def kill(pid: int, signal: int) -> None:
        asked.append((pid, signal))
        if pid == 4711:
            raise PermissionError(errno.EPERM, "")
        if pid == 4712:
            raise ProcessLookupError(errno.ESRCH, "")

    monkeypatch.setattr(os, "kill", kill)
    assert [plain._runs(pid) for pid in (4711, 4712, 4713)] == [True, False, True]
    assert asked == [(4711, 0), (4712, 0), (4713, 0)]
    with monkeypatch.context() as patched:
        patched.setattr(os, "name", "nt")
        windows = plain._runs(4713)
    assert windows is False


@pytest.mark.parametrize("name", ["", ".", "..", "甲/乙", "甲\\乙", "甲\0", None, 5])
def test_a_record_names_nothing_outside_its_folder(name: object) -> None:
    with pytest.raises(ValueError, match="no plain name: "):
        plain_name(name)


def test_records_read_back() -> None:
    assert plain_name("X.docx") == "X.docx"
    assert entries_of({"甲": {"sha256": "1", "数据": "2"}}) == {"甲": Entry("甲", "1", "2", "")}
    assert str(HeldError("甲")) == "甲"
    assert standing(["b", "A.docx", "a.DOCX"], "a.docx") == "A.docx"


def test_an_undone_run_in_full(save: Save, folder: Path, docx: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(0)
    kill_at(monkeypatch, 3, lambda: save(1))
    for staged in (folder / ".执笔").glob("*.tmp"):
        staged.write_bytes(b"torn")
    message = f"上次运行中断，没有写完“{docx.name}”“{STEM}.pdf”，现在已经退回原样"
    assert recover(folder, lambda path: f"~{path.name}") == [
        Problem(Location("~成品"), "续写", message, "", Level.ADVICE)
    ]


def test_a_file_of_another_report_in_full(save: Save, folder: Path) -> None:
    save(0)
    with pytest.raises(ReportError) as raised:
        save(1, data="另一份.yaml")
    hint = "请在数据里用“文件名”另起一个名字；不再要那一份的，请先移走这个旧文件"
    assert raised.value.problems == tuple(
        Problem(
            Location(f"{STEM}.{ending}"),
            "重名",
            "这个文件是由另一个数据文件 样文.yaml 生成的",
            hint,
            text=STEM,
        )
        for ending in ("docx", "pdf")
    )


def test_the_manifest_is_one_that_people_can_read(save: Save, folder: Path, docx: Path, pdf: Path) -> None:
    save(0)
    text = (folder / ".执笔" / "清单.json").read_text(encoding="utf-8")
    mark = re.search(r'"收尾": "([0-9a-f]{32})"', text)
    assert mark
    files = {
        path.name: {"sha256": disk.digest(path.read_bytes()), "数据": "../样文.yaml"} for path in (docx, pdf)
    }
    record = {"版本": 1, "收尾": mark[1], "文件": files}
    assert text == json.dumps(record, ensure_ascii=False, indent=1)


def test_the_second_file_is_open_and_the_first_is_the_same(
    save: Save, folder: Path, pairs: list[Pair]
) -> None:
    save(0)
    (folder / f".~lock.{STEM}.pdf#").write_bytes(",张三,".encode())
    mixed = {"docx": pairs[0]["docx"], "pdf": pairs[1]["pdf"]}
    saved = save_report(folder, finished(mixed, folder), lambda path: path.name)
    assert [path.name for path in saved.files] == [f"{BESIDE}.docx", f"{BESIDE}.pdf"]
    assert "被 张三 用 LibreOffice 打开" in saved.problems[0].message


def test_no_file_may_be_opened_for_writing(save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name beside is refused as well: then it is a matter of rights, and that is said."""
    save(0)
    (folder / f"~${STEM[2:]}.docx").write_bytes(b"")
    save(1)
    really = os.open

    def opened(path: Path, flags: int, *more: int) -> int:
        if flags & os.O_RDWR and Path(path).suffix == ".docx":
            raise PermissionError(errno.EACCES, "")
        return really(path, flags, *more)

    monkeypatch.setattr(disk, "PATIENCE", 0)
    monkeypatch.setattr(os, "open", opened)
    with pytest.raises(ReportError) as raised:
        save(2)
    message, hint = "没有写入的权限，或文件正被 Word、WPS 打开", "请关闭打开它的程序，或检查文件夹的权限"
    assert raised.value.problems == (Problem(Location("成品"), "写文件", message, hint),)


def test_a_file_where_a_folder_of_ours_belongs_in_full(save: Save, folder: Path) -> None:
    folder.mkdir()
    (folder / ".执笔").write_bytes(b"")
    with pytest.raises(ReportError) as raised:
        save(0)
    message = "这个名字要用来放程序自己的文件，现在是文件"
    assert raised.value.problems == (Problem(Location(".执笔"), "写文件", message, "请把它移走再运行"),)


def test_a_leftover_that_goes_by_itself_is_no_matter(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhibi.output.save.plain_leftovers", lambda *_: [folder / "没有"])
    assert save(0).changed
