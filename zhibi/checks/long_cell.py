"""单元格过长：表格的一格超过五百个字（看整格，不看句子；一句话太长的见“长句”）。

为什么：一格的字太多，表就要拉好几页，别的格全空着；这样的内容放在正文或附件里更好读。
依据：惯例。只是询问；写明了“不超过多少字”的栏另有“限字”管。
错：正文:
    - 表:
        栏: [序号, 内容]
        行:
          - 内容: |-
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
              区科技局会同有关部门和镇街抓好各项任务的落实，及时协调解决项目推进中的困难和问题，
对：正文:
    - 表:
        栏: [序号, 内容]
        行:
          - 内容: 完成投资3.2亿元。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind
from zhibi.prose.limits import limit_of

RULE = "单元格过长"
SUBJECT = "篇幅"

_MOST = 500


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for each cell that holds more than a table should."""
    cells = (passage for passage in paper.passages if passage.kind is Kind.CELL)
    for _, same in groupby(cells, key=lambda one: (one.part, one.table, one.row, id(one.column))):
        passages = list(same)
        count = sum(len(one.text) for one in passages)
        column = passages[0].column
        if count > _MOST and not (column and limit_of(column)):
            words = (f"这一格有 {count} 个字", "请精简，或把详细内容写进正文、附件")
            yield passages[0].problem((0, len(passages[0].text)), RULE, words, Level.QUERY)
