"""Small YAML texts with every kind of slip in every kind of place: values x places, odd blanks x lists and mappings."""

from __future__ import annotations

VALUES = (
    *(
        '"甲',
        "'甲",
        '"甲"乙',
        "'甲'乙",
        '"甲" # 乙',
        '"甲"#乙',
        '"甲"',
        "'甲''乙'",
        "'甲''",
        '"甲\\"乙',
        '"甲\\\\"',
        '"甲\\"',
    ),
    *(
        "[甲, 乙",
        "[甲]乙",
        "[甲] # 乙",
        "[甲]#乙",
        "[甲]",
        "[甲，乙]",
        "[甲 #乙, 丙]",
        '["甲 #乙"]',
        "['甲 #乙', 丁 #丙]",
    ),
    *(
        "{甲: 乙}",
        "{甲: 乙}丙",
        "{{ 甲 }}",
        "{{甲",
        '{甲: "乙}',
        "{甲: 乙，丙: 丁}",
        "[[甲]",
        "[甲 ]]",
        '[甲"乙]',
        "[甲\t#乙]",
    ),
    *("|", "|-", "|2", ">2-", "|+1", ">-2 # 乙", "|甲", ">50", ">", "|0", "|-#乙"),
    *("*甲", "&甲", "!甲", "%甲", "@甲", "`甲", ",甲", "]甲", "}甲", "&甲 乙", "!!str 甲"),
    *("- 甲", "-", "-甲", "-5", "-5.5%", "- - 甲", "-- 甲", "? 甲", "?", "?甲", ": 甲", ":甲", ":"),
    *("甲: 乙", "甲:", "甲 # 乙: 丙", "甲 #乙", "甲 #", "#甲", "# 甲", "甲#乙", "甲 #乙 #丙", "甲: 乙 #丙"),
    *(
        "注意：乙",
        "标题：乙",
        "标题:乙",
        "标题：",
        "标题 ： 乙",
        "标题：乙：丙",
        "注意:乙",
        "8:30",
        "http://甲",
        "标题://甲",
    ),
    *(
        '"标题"：乙',
        "标题:\u3000乙",
        '"标题": 乙',
        "'标题':乙",
        "-\u3000乙",
        "标题: \u00a0乙",
        "标题:乙 ",
        "8：乙",
    ),
    *(
        "---",
        "...",
        "~",
        "null",
        "<<: 甲",
        "甲\u3000乙",
        "\u3000甲",
        "甲" * 41,
        "标题: " + "甲" * 1001,
        "甲 #" + "乙" * 41,
    ),
)
"""What may stand where a value is wanted."""

PLACES = (
    "标题: ◇\n乙: 丙\n",
    "正文:\n  - ◇\n  - 丙\n",
    "◇\n标题: 丙\n",
    "标题: 丙\n  ◇\n乙: 丁\n",
    "正文:\n  - 标题: ◇\n    内容: 丙\n",
    "正文: |\n  乙\n  ◇\n丙: 丁\n",
    "正文: [乙,\n  ◇\n  ]\n丙: 丁\n",
    "甲: 乙\n单位: ◇",
)

BLANKS = (
    "\t",
    "\u3000",
    " \t",
    "\t ",
    "\u3000\u3000",
    "\u00a0 ",
    "\u2003",
    "\t\t",
    " ",
    "   ",
    " \u3000",
    "",
)
"""What may stand where indentation is wanted."""

SHAPES = (
    "正文:\n◇- 甲\n",
    "正文:\n  - 标题: 甲\n◇内容: 乙\n",
    "正文:\n  - 甲\n◇- 乙\n",
    "甲:\n◇乙: 丙\n◇丁: 戊\n",
    "甲:\n  乙:\n    丙: 丁\n◇戊: 己\n",
    "甲: 乙\n◇接着\n丙: 丁\n",
    "甲: 乙\n◇丙：丁\n",
    "甲: |\n  乙\n◇丙\n\n◇# 丁\n戊: 己\n",
    "甲: >-\n◇乙\n◇◇丙\n 丁\n戊: 己\n",
    '甲: "乙\n◇丙"\n丁: 戊\n',
    "正文:\n- 甲\n-\n◇乙: 丙\n",
    "正文:\n  - - 甲\n◇- 乙\n◇-5\n",
    "甲:\n    乙: 1\n    丙:\n      丁: 2\n◇\u3000戊: 3\n",
)


FAR = tuple(
    f"甲: {quote}乙" + "\n" * lines + after.replace("◇", quote)
    for quote in "\"'"
    for lines in (198, 199, 200, 201)
    for after in ("", "丁: 戊", "丁◇")
)
"""Quoted texts whose end, or what follows them, is far away."""


def texts() -> list[str]:
    """Return every value in every place, and every blank in every shape."""
    return [*FAR] + [
        frame.replace("◇", one)
        for pieces, frames in ((VALUES, PLACES), (BLANKS, SHAPES))
        for one in pieces
        for frame in frames
    ]
