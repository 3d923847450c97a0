"""A line of the report, and the report as text for people or as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

GOOD, ADVICE, BAD = "正常", "提醒", "有问题"

SETUP = "请运行 make setup；需要管理员权限时，它会列出要执行的命令"
REBUILD = "请删除 .venv 文件夹，然后运行 make setup 重新建立"


class Finding(NamedTuple):
    """One line: what was looked at, how it is, what was seen, how to mend it."""

    item: str
    result: str
    note: str
    mend: str = ""


def healthy(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing stands in the way of a build."""
    return all(finding.result != BAD for finding in findings)


def as_text(findings: Sequence[Finding], *, quiet: bool = False) -> str:
    """Return the report for people, `quiet`: only what is not as it should be."""
    lines = []
    for finding in findings:
        if quiet and finding.result == GOOD:
            continue
        lines.append(f"[{finding.result}] {finding.item}：{finding.note}")
        lines += [f"    怎么办：{finding.mend}"] if finding.mend else []
    if quiet:
        return "\n".join(lines)
    bad, advice = (sum(finding.result == result for finding in findings) for result in (BAD, ADVICE))
    return "\n".join([*lines, f"共查 {len(findings)} 项：有问题 {bad} 项，提醒 {advice} 项。"])


def as_json(findings: Sequence[Finding]) -> str:
    """Return the report for programs."""
    rows = [finding._asdict() for finding in findings]
    return json.dumps({"healthy": healthy(findings), "findings": rows}, ensure_ascii=False, indent=1)
