"""Other people's judges: Open XML SDK, openxml-audit, page-validation, qpdf. File -> faults."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from zipfile import BadZipFile

import page
from openxml_audit import OpenXmlValidator

NODE = Path(__file__).resolve().parent.parent.parent / ".cache" / "node"
NO_SDK = (
    "没有 Open XML SDK 检查程序：需要 npm 和网络，make setup-test 会装到 .cache/node "
    "(the Open XML SDK validator is not installed)"
)


def sdk_program() -> Path | None:
    """Return the program that holds Microsoft's Open XML SDK, when it has been installed."""
    program = NODE / "node_modules" / "@xarsh" / "ooxml-validator-linux-x64" / "ooxml-validator"
    return program if (NODE / ".complete").exists() else None


def sdk(file: Path) -> list[str]:
    """Ask the Open XML SDK; the program itself is called, as Node would only add its start."""
    program = sdk_program()
    assert program is not None, NO_SDK
    done = subprocess.run([program, file], capture_output=True, timeout=120, check=False)
    try:
        faults = json.loads(done.stdout)["errors"]
    except (ValueError, KeyError):
        return [f"no verdict: {(done.stdout + done.stderr).decode(errors='replace')}"]
    return [f"{fault['id']} {fault['path']}: {fault['description']}" for fault in faults]


def audit(file: Path) -> list[str]:
    """Ask openxml-audit, a second reading of the same rules; warnings count."""
    try:
        return [str(error) for error in OpenXmlValidator(max_errors=20).validate(file).errors]
    except BadZipFile as error:
        return [f"BadZipFile: {error}"]


def ua(file: Path) -> list[str]:
    """Ask page-validation about PDF/UA-1."""
    return _page(file, "ua1")


def archive(file: Path) -> list[str]:
    """Ask page-validation about PDF/A-2a, which holds PDF/A-2u and PDF/A-2b."""
    return _page(file, "2a")


def _page(file: Path, profile: str) -> list[str]:
    # The profile is asked for: page-validation picks none itself when a file claims two.
    try:
        report = page.validate_pdf(file, profile=profile)
    except page.PageError as error:
        return [f"{type(error).__name__}: {error}"]
    return [f"{fault.rule_id}: {fault.message}" for fault in report.failures if not _misread(fault)]


def _misread(fault: page.ValidationFailure) -> bool:
    """Tell whether a fault is page-validation's own: of bare CFF it takes the widths of another font dictionary than
    FDSelect says, and none before hmoveto. The house rules hold these widths against fontTools' reading (`pdf_widths`).
    """
    return fault.rule_id.endswith("GLYPH-WIDTH-001") and "CIDFontType0C program" in fault.message


def qpdf(file: Path) -> list[str]:
    """Ask qpdf about structure and streams; warnings count."""
    done = subprocess.run(
        ["qpdf", "--check", file], capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    return [] if done.returncode == 0 else [(done.stderr + done.stdout).decode(errors="replace")]
