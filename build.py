"""生成公文：按 config.yaml 把模板和数据变成 Word 与 PDF。用法见 README。

Works with whatever python3 starts it: it moves itself into the project's .venv when there is one, and into
UTF-8 mode where the locale cannot say Chinese file names.
Until then it must stay readable for any Python 3, so that an old one gets a message and no traceback.
"""

import os
import signal
import sys

MODULES = ("jinja2", "docx", "weasyprint", "yaml", "click", "jsonschema", "pypdfium2")
GUARD = "ZHIBI_IN_VENV"
INTERRUPTED = 130
VENV = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".venv")
STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
main_runs = False


def answer_stops(handler: object) -> None:
    """Let Ctrl-C and those who ask us to stop meet `handler`; what is ignored (nohup) stays so."""
    for number in STOPS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handler)  # type: ignore[arg-type]


if __name__ == "__main__":
    answer_stops(lambda *_: os._exit(INTERRUPTED))  # Nothing to tidy yet, and no traceback.


def open_streams() -> None:
    """Open the streams that a service left closed; a file opened later would get their number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115 - stays open


def say(message: str) -> None:
    """Say what went wrong before the command line could: one line, or its document for --json."""
    if "--json" in sys.argv and sys.argv[1:2] != ["doctor"]:
        fields = {"file": "build.py", "line": 0, "column": 0, "rule": "启动", "level": "错误", "text": ""}
        fields.update(context="", message=message, suggestion="")
        import json

        print_out(json.dumps({"built": [], "problems": [fields]}), sys.stdout)
    else:
        print_out(message, sys.stderr)


def print_out(text: str, stream: object) -> None:
    """Print on a stream that may be narrow, full or gone."""
    try:
        encoding = getattr(stream, "encoding", None) or "utf-8"
        stream.buffer.write((text + "\n").encode(encoding, "backslashreplace"))  # type: ignore[attr-defined]
        stream.flush()  # type: ignore[attr-defined]
    except (OSError, ValueError):
        silence(stream)


def silence(stream: object) -> None:
    """Send a stream that takes no more words to nowhere, so that the interpreter's last flush is quiet."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined]
    except (OSError, ValueError):
        return


def stop(message: str) -> None:
    """Say why nothing can be built and leave; when a report on the machine is wanted, give it all the same."""
    say(message)
    raise SystemExit(report() if sys.argv[1:2] == ["doctor"] else 2)


def report() -> int:
    """Print what the doctor finds, without the libraries that the command line needs; 1: something ails."""
    if tuple(sys.version_info) < (3, 8):
        return 1
    try:
        from zhibi.doctor import as_json, as_text, examine
    except ImportError as error:
        say("build.py：程序的文件不全（" + str(error) + "），请重新取得执笔的全部文件。")
        return 1
    findings = examine()
    print_out(as_json(findings) if "--json" in sys.argv else as_text(findings), sys.stdout)
    return 1  # Whoever came here could not start the program.


def in_venv() -> bool:
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def narrow() -> bool:
    """Tell whether this interpreter cannot say every file name."""
    return not getattr(sys.flags, "utf8_mode", 0) and sys.getfilesystemencoding().lower() != "utf-8"


def word(typed: str) -> bytes:
    """Return an argument in UTF-8; what was typed in another encoding is coded anew."""
    raw = os.fsencode(typed)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return typed.encode("utf-8", "surrogateescape")
    return raw


def enter_venv() -> None:
    """Continue in .venv and in UTF-8, or return when this interpreter is the one to use."""
    python = os.path.join(VENV, "bin", "python")
    moved = os.environ.pop(GUARD, None)  # popped: programs started later must not see it
    if not in_venv() and os.path.isdir(VENV) and (moved or not os.path.exists(python)):
        stop("build.py：项目的 Python 环境 .venv 已损坏。\n请删除 .venv 文件夹，然后运行 make 重新建立。")
    if in_venv() or not os.path.exists(python):
        python = sys.executable if narrow() else ""
    if moved or not python:
        return
    os.environ[GUARD] = "1"  # against an endless loop when .venv does not work as one
    words = [os.fsencode(python), os.fsencode(os.path.abspath(__file__))]
    words += [word(one) for one in sys.argv[1:]]
    if narrow():
        words[1:1] = [b"-X", b"utf8"]
        encoding = getattr(sys.stdout, "encoding", None) or "ascii"
        if encoding.lower() not in ("ascii", "ansi_x3.4-1968", "us-ascii", "utf-8"):
            os.environ.setdefault("PYTHONIOENCODING", encoding)  # The terminal reads what it read before.
    try:
        os.execv(python, words)
    except OSError as error:
        stop(
            "build.py：不能启动 " + python + "（" + str(error) + "）。\n"
            "请删除 .venv 文件夹，然后运行 make 重新建立。"
        )


def check_python() -> None:
    # tuple(): the check must stay although the linter knows that the project requires 3.11.
    if tuple(sys.version_info) < (3, 11):
        stop(
            "build.py：执笔需要 Python 3.11 或更高版本，现在用的是 Python "
            + ".".join(str(part) for part in sys.version_info[:3])
            + "。\n请先运行 make，它会选择合适的 Python 并准备好项目的环境 .venv。"
        )
    from importlib.util import find_spec

    missing = [name for name in MODULES if find_spec(name) is None]
    if missing and in_venv():
        stop(
            "build.py：项目的 Python 环境 .venv 缺少模块 " + "、".join(missing) + "。\n"
            "请删除 .venv 文件夹，然后运行 make 重新建立。"
        )
    if missing:
        stop(
            "build.py：当前的 Python 缺少模块 " + "、".join(missing) + "。\n"
            "请先运行 make，它会准备好项目的环境 .venv，然后生成公文。"
        )


def done_already() -> bool:
    """Answer a command line that has built everything and of which nothing has changed since."""
    if tuple(sys.version_info) < (3, 11) or narrow():
        return False
    try:
        from zhibi.freshness.runs import replay
    except ImportError:
        return False  # The program is not whole: said below.
    return replay(sys.argv[1:], print_out)


def start() -> int:
    """Run the command line."""
    global main_runs
    if done_already():
        return 0
    enter_venv()
    check_python()
    try:
        from zhibi.cli import main

        main_runs = True
        return main()
    except ImportError as error:
        stop(
            "build.py：程序不能启动（" + str(error) + "）。\n"
            "请删除 .venv 文件夹，然后运行 make 重新建立；python3 build.py doctor 会说明缺什么。"
        )
    return 2


def end() -> None:
    """Take no more signals and send the last words, so that the interpreter itself has nothing to say."""
    answer_stops(signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            silence(stream)


if __name__ == "__main__":
    code = INTERRUPTED
    try:
        answer_stops(signal.default_int_handler)
        open_streams()
        code = start()
    except KeyboardInterrupt:
        if not main_runs:  # Else it has said so itself.
            say("build.py：已中断；原有的文件没有改动。")
    finally:
        end()
    raise SystemExit(code)
