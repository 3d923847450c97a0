"""生成公文：按 config.yaml 把模板和数据变成 Word 与 PDF。用法见 README。

Works with whatever python3 starts it: it moves itself into the project's .venv when there is one.
Until then it must stay readable for any Python 3, so that an old one gets a message and no traceback.
"""

import os
import sys

MODULES = ("jinja2", "docx", "weasyprint", "yaml", "click", "jsonschema", "pypdfium2")
GUARD = "ZHIBI_IN_VENV"
VENV = os.path.join(os.path.dirname(os.path.abspath(__file__)), ".venv")


def stop(message: str) -> None:
    """Say why nothing can be built and leave; when a report on the machine is wanted, give it all the same."""
    sys.stderr.write(message + "\n")
    raise SystemExit(report() if sys.argv[1:2] == ["doctor"] else 2)


def report() -> int:
    """Print what the doctor finds, without the libraries that the command line needs; 1: something ails."""
    if tuple(sys.version_info) < (3, 8):
        return 1
    try:
        from zhibi.doctor import as_json, as_text, examine
    except ImportError as error:
        sys.stderr.write("build.py：程序的文件不全（" + str(error) + "），请重新取得执笔的全部文件。\n")
        return 1
    findings = examine()
    text = as_json(findings) if "--json" in sys.argv else as_text(findings)
    sys.stdout.buffer.write((text + "\n").encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    return 1  # Whoever came here could not start the program.


def in_venv() -> bool:
    return os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def enter_venv() -> None:
    """Continue in .venv, or return when this interpreter is the one to use."""
    python = os.path.join(VENV, "bin", "python")
    moved = os.environ.pop(GUARD, None)  # popped: programs started later must not see it
    if in_venv():
        return
    if moved or (os.path.isdir(VENV) and not os.path.exists(python)):
        stop("build.py：项目的 Python 环境 .venv 已损坏。\n请删除 .venv 文件夹，然后运行 make 重新建立。")
    if os.path.exists(python):
        os.environ[GUARD] = "1"  # against an endless loop when .venv does not work as one
        try:
            os.execv(python, [python, os.path.abspath(__file__)] + sys.argv[1:])  # noqa: RUF005 - old Python
        except OSError as error:
            stop(
                "build.py：不能启动 .venv/bin/python（" + str(error) + "）。\n"
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


def start() -> int:
    """Run the command line; whoever stops it while it is still being loaded gets a sentence too."""
    try:
        from zhibi.cli import main

        return main()
    except KeyboardInterrupt:
        sys.stderr.write("\n已中断；原有的文件没有改动。\n")
        return 130
    except ImportError as error:
        stop(
            "build.py：程序不能启动（" + str(error) + "）。\n"
            "请删除 .venv 文件夹，然后运行 make 重新建立；python3 build.py doctor 会说明缺什么。"
        )
    return 2


if __name__ == "__main__":
    enter_venv()
    check_python()
    raise SystemExit(start())
