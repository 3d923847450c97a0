"""Rows 65-76 of the fault table: what templates get wrong, each with file, line and what to do.

Templates are text files here, not Word files. So of row 68 the smart quotes are left, of row 73 a Word file put
in a template's place, and two rows have nothing to test: 74 (styles come from the program) and 75 (no template is
ever open in Word). Row 69 is test_sandbox_runaways.py, row 70 test_sandbox_escapes.py.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest

from tests.battery.template_office import BODY_LINE, DATA, HEAD, check, problems, write_office
from zhibi.errors import Level
from zhibi.model import Project
from zhibi.pipeline import check_report


def said(folder: Path, body: str, data: str = "") -> str:
    """Return the one problem of a template's body, its line counted from the body's first."""
    (problem,) = problems(write_office(folder, body, data))
    assert problem.at.file == "templates/试验.jinja", str(problem)
    return f"{problem.at.line - BODY_LINE + 1} {problem.message} —— {problem.suggestion}"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("甲\n{{ 名子 }}", "2 用到了“名子”，数据里没有 —— 您是不是想写“名”？"),
        ("甲\n{{ 指标.投人.目标 }}", "2 计划的“指标”里没有“投人” —— 您是不是想写“投入”？"),
        ("甲\n{{ 指标['投人'].目标 }}", "2 计划的“指标”里没有“投人” —— 您是不是想写“投入”？"),
        ("{{ 任务[1].内空 }}", "1 用到了“内空”，数据里没有 —— 您是不是想写“内容”？"),
        ("\n\n{{ 任务[9].内容 }}", "3 计划里没有第 9 项任务 —— 方括号里写任务的序号，计划的序号是 1—2"),
        ("{% for x in 无 %}{% endfor %}", "1 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称"),
        ("{% if 无 > 1 %}{% endif %}", "1 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称"),
        ("{{ 无 ~ '甲' }}", "1 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称"),
        ("{{ 无[:2] }}", "1 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称"),
        ("{{ -无 }}", "1 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称"),
        ("{{ 无 | 汉字 }}", "1 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称"),
        (
            "{% macro f(x) %}\n{{ x }}{{ 无 }}\n{% endmacro %}\n{{ f(名) }}",
            "2 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称",
        ),
        (
            "{% for x in 任务 %}\n{% for y in 任务 %}\n{{ y.内容 }}\n{{ y.无 }}\n{% endfor %}\n{% endfor %}",
            "4 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称",
        ),
        ("{% set x %}\n{{ 无 }}{% endset %}", "2 用到了“无”，数据里没有 —— 请在数据里补上，或改正名称"),
    ],
)
def test_row_65_what_is_not_there_is_named_with_its_line(tmp_path: Path, body: str, wanted: str) -> None:
    assert said(tmp_path, body) == wanted


def test_row_65_filters_and_tests_that_are_not_there(tmp_path: Path) -> None:
    assert said(tmp_path, "\n{{ 名 | 大写 }}").startswith(
        "2 没有名叫“大写”的过滤器 —— 可以用：汉字、顿号、年月日、一行、"
    )
    assert said(tmp_path / "乙", "\n{{ 各项 | map('大写') | list }}").startswith("2 没有名叫“大写”的过滤器")
    assert said(tmp_path / "丙", "\n{{ 名 is 文字 }}").startswith(
        "2 is 后面不能写“文字” —— 可以写：defined、"
    )


@pytest.mark.parametrize(
    "body",
    ["{{ 名 }}", "{{ 名 ~ '。' }}", "{{ 各项 }}", "{{ 名 | 一行 }}", "{{ 名 | trim }}", "{{ [名] | join }}"],
)
def test_row_66_what_is_not_filled_in_is_never_printed(tmp_path: Path, body: str) -> None:
    file = write_office(tmp_path, body, "版本: 1\n模板: 试验\n文件名: 试\n")
    (problem,) = problems(file)
    assert problem.message == "要印的内容在数据里没有填写"
    assert problem.at.line == BODY_LINE


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("甲\n{% if 名 %}\n乙", "3 {% if %} 或 {% for %} 没有收尾 —— 请补上 {% endif %} 或 {% endfor %}"),
        ("甲\n{% for x in 任务 %}", "2 {% if %} 或 {% for %} 没有收尾 —— 请补上 {% endif %} 或 {% endfor %}"),
        ("甲\n{% endif %}", "2 不认识“endif”这个标记 —— 可以用 if、for、set、macro，收尾用 endif、endfor 等"),
        (
            "甲\n{% 如果 名 %}",
            "2 不认识“如果”这个标记 —— 可以用 if、for、set、macro，收尾用 endif、endfor 等",
        ),
        ("甲\n{{ 名 }", "2 这里不该有“}” —— 请检查花括号和百分号是否成对"),
        ("甲\n{{ 名 名 }}", "2 这里应当是“}}”，写的是“名” —— 请检查花括号里的写法"),
        (
            "甲\n{% for a, b in 各项 %}{% endfor %}",
            "2 逗号隔开的名称与每一项的个数对不上 —— 请检查 for 或 set 后面写了几个名称",
        ),
    ],
)
def test_row_67_what_is_not_jinja_is_named_with_its_line(tmp_path: Path, body: str, wanted: str) -> None:
    assert said(tmp_path, body) == wanted


@pytest.mark.parametrize("quote", "“”‘’")
def test_row_68_chinese_quotes_between_braces(tmp_path: Path, quote: str) -> None:
    assert said(tmp_path, f"甲\n{{{{ {quote}乙 }}}}") == (
        f"2 花括号里用了中文引号{quote} —— 请改成半角引号，如 '字' 或 \"字\""
    )


@pytest.mark.parametrize("sign", "（）：，")
def test_row_68_full_width_signs_between_braces(tmp_path: Path, sign: str) -> None:
    assert said(tmp_path, f"甲\n{{{{ 名 {sign} 名 }}}}") == f"2 花括号里用了全角的“{sign}” —— 请改成半角"


@pytest.mark.parametrize("tag", ["include", "import", "from", "extends"])
@pytest.mark.parametrize("name", ["../../密件", "/etc/passwd", "链接", "试验.jinja"])
def test_row_71_no_template_reads_a_file(tmp_path: Path, tag: str, name: str) -> None:
    more = {"import": " as x", "from": " import x"}.get(tag, "")
    (tmp_path / "链接").symlink_to("/etc/passwd")
    assert said(tmp_path, f"甲\n{{% {tag} '{name}'{more} %}}") == (
        f"2 模板里不能用 {tag} —— 模板不能读别的文件，请把内容写在这个模板里"
    )


def test_row_71_a_template_that_is_a_link_out_of_its_folder(tmp_path: Path) -> None:
    file = write_office(tmp_path)
    (tmp_path / "外.jinja").write_text(HEAD + "甲\n", encoding="utf-8")
    (tmp_path / "templates" / "试验.jinja").unlink()
    (tmp_path / "templates" / "试验.jinja").symlink_to(tmp_path / "外.jinja")
    assert "模板是一个链接，指到 templates 文件夹外面" in "".join(map(str, problems(file)))


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [
        ("3 / 0", "2 这里除以了零（3 / 0） —— 请先用 {% if %} 判断除数"),
        ("3 // (1 - 1)", "2 这里除以了零（3 // 0） —— 请先用 {% if %} 判断除数"),
        ("3 % 0", "2 这里除以了零（3 % 0） —— 请先用 {% if %} 判断除数"),
        ("3 is divisibleby 0", "2 这里除以了零（3 % 0） —— 请先用 {% if %} 判断除数"),
        ("'2026-03-01' - 7", "2 “2026-03-01”和“7”不能相减 —— "),
        ("'2026-03-01' - '2026-02-01'", "2 “2026-03-01”和“2026-02-01”不能相减 —— "),
        ("指标.投入.实际 + 1", "2 “3.5”和“1”不能相加 —— 请检查两边是不是数；数据里的数先加 | int 或 | float"),
        ("名 > 1", "2 “云川区”和“1”不能比大小 —— "),
        ("-名", "2 “云川区”不是数 —— "),
        ("[2, '甲', 1] | sort | list", "2 “sort”遇到了不能相比的“2”和“甲” —— "),
        ("[2, none] | max", "2 “max”遇到了不能相比的“2”和“（没有填写）” —— "),
        ("[2, '甲'] | groupby('x')", "2 用到了“x”，数据里没有 —— "),
        ("各项 | sum", "2 “0”和“甲”不能相加 —— "),
        ("名 | int", "2 “云川区”不是数 —— "),
        ("名 | float", "2 “云川区”不是数 —— "),
        ("名 | round", "2 “round”用不到“云川区”上 —— "),
        ("各项 | map('int') | sum", "2 “甲”不是数 —— "),
        ("1 in 3", "2 “3”里不能找“1” —— "),
        ("名 | 汉字", "2 “云川区”不是 1 到 9999 的整数，写不成汉字数 —— "),
        ("名 | 年月日", "2 “云川区”不是日期 —— "),
        ("1e400", "2 这里算不出来 —— "),
    ],
)
def test_row_72_what_cannot_be_worked_out_shows_its_values(
    tmp_path: Path, expression: str, wanted: str
) -> None:
    assert said(tmp_path, f"甲\n{{{{ {expression} }}}}").startswith(wanted)


def test_what_can_be_worked_out_is_printed(tmp_path: Path) -> None:
    body = (
        "{{ 指标.投入.实际 | float + 1 }}、{{ ['1,200', '3'] | map('int') | sum }}、{{ [3, 1] | sort | join('－') }}、"
        "{{ '无' | int(0) }}、{{ 任务 | map(attribute='序号') | map('int') | max }}、{{ 7 // 2 }}、{{ 名[:2] }}、"
        "{{ 任务 | selectattr('序号', 'eq', '2') | map(attribute='内容') | first }}、{{ 1 <= 2 < 3 }}、{{ 名.startswith('云') }}、"
        "{% for 组 in 任务 | groupby('责任单位') %}{{ 组.grouper | 顿号 }}{{ 组.list | length }}{{ loop.index }}{% endfor %}、"
        "{{ ['乙', '甲', '乙'] | unique | 顿号 }}、{{ 名 | replace('区', '市') }}、{{ (1, 2) == (1, 2) }}、{{ {'甲': 1}.甲 }}、{{ 0.1 + 0.2 }}、{{ 10.0 ** 16 }}、{{ 3.96 | round(1) }}\n"
    )
    paper = check(
        write_office(
            tmp_path,
            body.replace("groupby('责任单位')", "groupby('内容')").replace("grouper | 顿号", "grouper"),
        )
    )
    assert not isinstance(paper, tuple), str(paper[0])
    words = "4.5、1203、1－3、0、2、3、云川、抓人才、是、是、抓人才11抓平台12、乙、甲、云川市、是、1、0.3、10000000000000000、4.0"
    assert words in "".join(
        inline.text
        for block in paper.paper.flow.sections[0].blocks
        for inline in getattr(block, "content", ())
    )


def word_file() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (word_file(), "Word 或其他压缩格式的文件"),
        (b"PK\x03\x04", "Word 或其他压缩格式的文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Word 文件，或加了密码的 Word 文件"),
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"{\\rtf1\\ansi}", "RTF 文件"),
    ],
)
def test_row_73_a_file_that_is_no_template_is_named_by_its_kind(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    file = write_office(tmp_path)
    (tmp_path / "templates" / "试验.jinja").write_bytes(content)
    (problem,) = problems(file)
    assert str(problem).startswith(f"templates/试验.jinja 错误：这不是模板，是{kind} —— 模板是纯文本")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("试验.docx", "请写：模板: 试验"),
        ("试验.doc", "您是不是想写“试验”？"),
        ("试验.dotx", "请写：模板: 试验"),
        ("试验.jinja", "请写：模板: 试验"),
    ],
)
def test_row_73_a_file_name_in_place_of_a_template_s_name(tmp_path: Path, name: str, hint: str) -> None:
    file = write_office(tmp_path, data=DATA.replace("模板: 试验", f"模板: {name}"))
    (problem,) = problems(file)
    assert str(problem) == f"数据.yaml:2:5 错误：没有名叫“{name}”的模板 —— {hint}"


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x00" * 50, b"\xff\xfe\x00", b"---\n", b"---\n---\n", "只有字".encode()]
)
def test_row_73_a_broken_template_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    file = write_office(tmp_path)
    (tmp_path / "templates" / "试验.jinja").write_bytes(content)
    found = problems(file)
    assert {problem.at.file for problem in found} == {"templates/试验.jinja"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_templates_of_other_encodings_read_the_same(tmp_path: Path, encoding: str, end: str) -> None:
    file = write_office(tmp_path)
    text = f"{HEAD}甲{{{{ 名 }}}}\n\n乙\n".replace("\n", end)
    (tmp_path / "templates" / "试验.jinja").write_bytes(text.encode(encoding))
    paper = check_report(file, Project(tmp_path, tmp_path / "templates"))
    assert "云川区" in str(paper.paper.flow)
    (tmp_path / "templates" / "试验.jinja").write_bytes(text.replace("乙", "{{ 无 }}").encode(encoding))
    errors = [problem for problem in problems(file) if problem.level is Level.ERROR]
    assert [problem.at.line for problem in errors] == [BODY_LINE + 2]


def test_an_unseen_character_in_a_body_is_refused_with_its_place(tmp_path: Path) -> None:
    (problem,) = problems(write_office(tmp_path, "甲\n乙\u202e丙\n"))
    assert (problem.at.line, problem.at.column) == (BODY_LINE + 1, 2)
    assert "U+202E" in problem.message


@pytest.mark.parametrize("version", ["2", "99", "0"])
def test_row_76_a_template_of_another_version(tmp_path: Path, version: str) -> None:
    (problem,) = problems(write_office(tmp_path, head=HEAD.replace("版本: 1", f"版本: {version}")))
    assert str(problem).startswith("templates/试验.jinja:2:5 错误：这个程序用的是版本 1，文件写的是")
    older = version == "0"
    assert problem.suggestion == ("请按新样例改写这个文件" if older else "请写 版本: 1，或换用新版程序")


@pytest.mark.parametrize(
    ("one", "other"), [("试验a", "试验A"), ("试验\u00e9", unicodedata.normalize("NFD", "试验\u00e9"))]
)
def test_row_76_two_templates_of_one_name(tmp_path: Path, one: str, other: str) -> None:
    file = write_office(tmp_path, data=DATA.replace("模板: 试验", f"模板: {one}"))
    for name in (one, other):
        (tmp_path / "templates" / f"{name}.jinja").write_text(HEAD, encoding="utf-8")
    (problem,) = problems(file)
    assert f"有两个模板名称相同：{one}.jinja 和 {other}.jinja" in problem.message
    assert problem.suggestion == "请改名或移走其中一个"
