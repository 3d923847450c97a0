"""The machine -> findings: what is here, what is missing and how to mend it (python build.py doctor).

Written for any Python from 3.8 on, and nothing but the standard library is imported at the top of this
package: it must say what ails a machine on which the rest of the program cannot even start.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from zhibi.doctor import machine, project, typefaces
from zhibi.doctor.findings import ADVICE, BAD, GOOD, SETUP, Finding, as_json, as_text, healthy

__all__ = ["ADVICE", "BAD", "CONFIG", "GOOD", "Finding", "as_json", "as_text", "examine", "healthy"]

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIG = ROOT / "config.yaml"


def examine(config: Path = CONFIG) -> list[Finding]:
    """Look at this machine for a project whose settings are `config`; never raises."""
    checks: dict[str, Callable[[], Iterable[Finding]]] = {
        "Python": lambda: [machine.check_python(sys.version_info[:3])],
        "项目环境": lambda: [machine.check_environment(Path(sys.prefix), ROOT / ".venv")],
        "程序库版本": lambda: machine.check_versions(
            (ROOT / "requirements.lock").read_text(encoding="utf-8"), machine.installed_version
        ),
        "程序库": lambda: machine.check_imports(machine.import_quietly),
        "系统库": lambda: machine.check_shared(machine.load_library),
        "字体工具": lambda: [machine.check_fontconfig(shutil.which)],
        "字体": typefaces.check_faces,
        "LibreOffice": lambda: [machine.check_office(shutil.which)],
        "配置和模板": lambda: project.check_project(config, ROOT / "templates"),
        "文件夹": lambda: project.check_folders(config),
        "文字编码": lambda: [
            project.check_encoding(getattr(sys.stdout, "encoding", None), sys.getfilesystemencoding())
        ],
    }
    findings: list[Finding] = []
    for name, check in checks.items():
        try:
            findings.extend(check())
        except ImportError as error:
            findings.append(Finding(name, BAD, f"还不能查，程序没有装全（{error}）", SETUP))
        except Exception as error:  # Whatever is broken must not hide the rest of the report.
            note = f"没有查成（{type(error).__name__}：{error}）".replace("\n", " ")
            findings.append(Finding(name, BAD, note, "请先处理其他问题再查；仍然不行，请告诉维护人员"))
    return findings
