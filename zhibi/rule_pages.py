"""The docstrings of the proofreading rules -> their pages, the clause of each, and the manual docs/校对手册.md.

A page begins with “名：一句话。”; then come 为什么, 依据, and 错 and 对, each of which may stand more than once.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from zhibi.checks import SILENCE_RULE, iter_rules
from zhibi.errors import Level

SUBJECTS = (
    "标点",
    "文字",
    "用词",
    "序号和层次",
    "数字和日期",
    "数的核算",
    "要素",
    "前后一致",
    "计划和进展",
    "篇幅",
)
"""The chapters of the manual in their order: what a rule's SUBJECT may be."""

_ENTRY = re.compile(r"(?m)^(为什么|依据|错|对)：(.+(?:\n  .+)*)$")

_HEAD = f"""# 校对手册

这一页由各条规则自己的说明生成（`make manual`），请不要直接改。

## 怎样用

```
python3 build.py check 名称                     检查 config.yaml 里的一份报告；不写名称就检查全部
python3 build.py check 来文.docx                检查别处来的 Word 或文本（.txt），什么也不写
python3 build.py check 收文/                    检查文件夹里的每一份
python3 build.py check 名称 --only 半角标点     只看一条规则，几条用逗号隔开
python3 build.py check 名称 --level 提醒        只看错误和提醒，不看询问
python3 build.py check 名称 --fix               把有把握的改进数据文件，一处一行列出来，原来的存进“备份”
python3 build.py check 来文.docx --annotate 批注.docx   另存一份，每处写成 Word 批注
```

每处写明位置、级别、〔规则〕、问题、改法，下一行是出错的句子（`【】` 里是错处）；有标准可依的写明依据。
结果显示在标准输出，可以存成文件：`python3 build.py check 来文.docx > 结果.txt`。
退出码：0 没有错误，1 有的公文有错误，2 命令写错了或有的文件读不出来。

- **错误**：放在哪篇公文里都错，生成会停下来。
- **提醒**：十有八九是错的，照样生成。
- **询问**：只有人能判断。生成时只报有几处，用 `check` 查看。

同一处文字几条规则都有话说的，只说最有把握的一条。要人自己改的写法毛病（如年份不全、金额缺单位），一篇只说一条，写明其余各处。

## 确实没错的

在数据文件那一行的末尾写 `# 校对:忽略 规则`（几条用空格隔开；`#` 前面要空一格，用 `|` 写的几行放在 `|` 后面），
只放过这一行；单独写一行，放过下一行：

```yaml
正文:
  - 会议强调“一件事，，一起办”。   # 校对:忽略 重复标点
```

本单位一律不查的，写在 config.yaml 里；别处来的 Word 和文本也只能这样放过：

```yaml
校对:
  忽略: [口语词, 长句]
```

规则名写错了会提醒（{SILENCE_RULE}）。本单位自己的名称和词语写进词表，见[校对词表](howto/校对词表.md)。
"""


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule as the manual tells it; each of `wrong` and `right` is a sentence or the lines of a 文稿."""

    rule: str
    subject: str
    summary: str
    why: str
    clause: str
    levels: tuple[Level, ...]
    mends: bool
    wrong: tuple[str, ...]
    right: tuple[str, ...]


def page_of(rule: ModuleType) -> RulePage:
    """Return the page of a rule."""
    found = _entries(rule)
    return RulePage(
        rule.RULE,
        rule.SUBJECT,
        (rule.__doc__ or "").partition("\n")[0].partition("：")[2],
        "".join(found["为什么"]),
        "".join(found["依据"]),
        _levels(rule),
        _mends(rule),
        tuple(found["错"]),
        tuple(found["对"]),
    )


def _entries(rule: ModuleType) -> dict[str, list[str]]:
    """Return what a docstring says under each head."""
    found: dict[str, list[str]] = {"为什么": [], "依据": [], "错": [], "对": []}
    for entry in _ENTRY.finditer(rule.__doc__ or ""):
        found[entry[1]].append(entry[2].replace("\n  ", "\n"))
    return found


@cache
def _code(rule: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(rule))


def _levels(rule: ModuleType) -> tuple[Level, ...]:
    """Return the levels that the code of a rule names; a problem that names none is an error."""
    named = {
        node.attr
        for node in ast.walk(_code(rule))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Level"
    }
    return tuple(level for level in Level if level.name in named) or (Level.ERROR,)


def _mends(rule: ModuleType) -> bool:
    """Tell whether the code of a rule ever says what should stand there instead."""
    return any(
        isinstance(node, ast.keyword) and node.arg == "mended" and not _is_none(node.value)
        for node in ast.walk(_code(rule))
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


@cache
def pages() -> tuple[RulePage, ...]:
    """Return the pages of all rules, chapter by chapter."""
    every = sorted((page_of(rule) for rule in iter_rules()), key=lambda page: page.rule)
    return tuple(page for subject in SUBJECTS for page in every if page.subject == subject)


@cache
def clauses() -> dict[str, str]:
    """Return rule -> what it rests on, in one sentence without its 。."""
    # Not from the pages, which parse the code of every rule: a check asks for this each time.
    return {rule.RULE: "".join(_entries(rule)["依据"]).partition("。")[0] for rule in iter_rules()}


def manual() -> str:
    """Return the manual as Markdown."""
    chapters = (line for subject in SUBJECTS for line in _chapter(subject))
    return "\n".join([_HEAD, *_contents(), *chapters])


def _contents() -> Iterator[str]:
    """Yield the table of contents: each chapter with its rules."""
    yield "## 目录\n"
    for subject in SUBJECTS:
        rules = "、".join(f"[{page.rule}](#{page.rule})" for page in pages() if page.subject == subject)
        yield f"- [{subject}](#{subject})：{rules}"
    yield ""


def _chapter(subject: str) -> Iterator[str]:
    yield f"## {subject}\n"
    for page in pages():
        if page.subject == subject:
            yield f"### {page.rule}\n\n{page.summary}\n"
            yield f"- 级别：{'、'.join(page.levels)}；{'有把握的，`--fix` 能改' if page.mends else '`--fix` 不改'}"
            yield f"- 为什么：{page.why}\n- 依据：{page.clause}"
            yield from (_example("错", words) for words in page.wrong)
            yield from (_example("对", words) for words in page.right)
            yield ""


def _example(sign: str, words: str) -> str:
    """Return an example; the lines of a 文稿 stand as they would in the file."""
    if "\n" not in words:
        return f"- {sign}：`{words}`"
    lines = "\n".join(f"  {line}" for line in words.split("\n"))
    return f"- {sign}：\n\n  ```yaml\n{lines}\n  ```"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(manual(), encoding="utf-8")
