"""A long paper that nobody would write: every sign that breaks lines badly, in words the rules were not made on.

The rules of `layout.glyphs` and `layout.engines` were set before this text was written and are not tuned on
it; the same seed and vocabulary give the same paper.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from zhibi.nodes import Flow, FlowBlock, Heading, Paragraph, Properties, Section, Text

HARBOUR: Mapping[str, tuple[str, ...]] = {
    "词": (
        *(
            "港口集装箱吞吐",
            "远洋渔船更新改造",
            "冷链仓储",
            "海铁联运班列",
            "船舶岸电",
            "潮汐观测站",
            "航道疏浚",
        ),
        *(
            "滩涂湿地修复",
            "渔民转产安置",
            "口岸通关便利化",
            "海岛供水",
            "防台避风锚地",
            "海洋牧场",
            "灯塔保护",
        ),
    ),
    "动": ("扎实推进", "如期完成", "压茬开展", "全面摸清", "分级落实", "督促整改", "优化调整", "严格管控"),
    "接": (
        "，同时",
        "；其中",
        "，较上年",
        "，并",
        "，力争",
        "。经核",
        "：",
        "、",
        "，由市港航局",
        "，进一步",
    ),
    "数": (
        *(
            "12.6%",
            "3,480.75万元",
            "－18℃",
            "7.5～9.2米",
            "0.35‰",
            "26万标箱",
            "第4航季",
            "±0.02mm",
            "1/3",
            "5G",
        ),
        *(
            "1.2亿吨",
            "48.6°",
            "2027年6月30日",
            "08:30—17:15",
            "№ 0731",
            "¥6,500",
            "3×20英尺",
            "≥95%",
            "400-820-9595",
        ),
    ),
    "字": (
        *(
            "AIS系统",
            "VTS",
            "Maersk Line",
            "LNG-ready",
            "www.port-demo.cn/ais?id=27",
            "duty.office@port-demo.cn",
        ),
        *(
            "TEU",
            "ISO 9001:2015",
            "MSC Oscar轮",
            "B/L电子提单",
            "C++接口",
            "ECDIS（V3.2）",
            "I/O",
            "R.O.R.O",
            "pH值",
        ),
    ),
    "引": (
        *(
            "“一港四区”",
            "‘零等待’",
            "“港口—腹地”",
            "《港口岸线使用审批办法》",
            "《关于做好2027年“春季禁渔”的通知》",
        ),
        *(
            "（详见附表2）",
            "〔2026〕37号",
            "【试行】",
            "“绿色港口”“智慧港口”",
            "——尤其是夜间作业",
            "……",
            "（含5家“专精特新”企业）",
        ),
    ),
}

FOREST: Mapping[str, tuple[str, ...]] = {
    "词": (
        *(
            "古树名木挂牌",
            "松材线虫病防治",
            "林下参种植",
            "国有林场改革",
            "护林员网格",
            "竹材加工",
            "油茶低产林改造",
        ),
        *(
            "候鸟迁徙通道",
            "森林防火隔离带",
            "碳汇计量",
            "苗木检疫",
            "退化草原补播",
            "自然教育步道",
            "木本粮油",
        ),
    ),
    "动": (
        "统筹实施",
        "集中清理",
        "逐株登记",
        "动态监测",
        "持续巩固",
        "限期销号",
        "稳妥有序做好",
        "联合执法查处",
    ),
    "接": (
        "，累计",
        "；对",
        "，比去年同期",
        "，并于",
        "，确保",
        "。据统计",
        "：一方面",
        "、",
        "，由区林长办",
        "，逐步",
    ),
    "数": (
        *("86.43%", "1,925.6万元", "38℃", "15～20厘米", "2.8‰", "9.7万亩", "第2批次", "±0.5m", "3/4", "4K"),
        *(
            "6.1亿株",
            "31.5°",
            "2028年11月5日",
            "06:00—19:40",
            "№ 2208",
            "¥1,280",
            "4×4米",
            "≤0.3%",
            "0570-12119",
        ),
    ),
    "字": (
        *(
            "GIS平台",
            "NDVI",
            "Landsat 9",
            "Wi-Fi",
            "https://forest-demo.cn/lin/chang.html",
            "hulin@forest-demo.cn",
        ),
        *(
            "DBH",
            "GB/T 38590—2020",
            "DJI M350机型",
            "GPS/BDS双模",
            "Python脚本",
            "RFID（UHF）",
            "A/B样地",
            "Ph.D.",
            "CO2当量",
        ),
    ),
    "引": (
        *(
            "“一长两员”",
            "‘见缝插绿’",
            "“山上—山下”",
            "《古树名木保护条例》",
            "《关于印发2028年“百日攻坚”方案的函》",
        ),
        *(
            "（不含7处飞地）",
            "〔2028〕6号",
            "［征求意见］",
            "“以竹代塑”“以竹兴业”",
            "——特别是清明前后",
            "……",
            "（其中3户为“返乡”主体）",
        ),
    ),
}


CLINIC: Mapping[str, tuple[str, ...]] = {
    "词": (
        *(
            "家庭医生签约",
            "胸痛中心建设",
            "疫苗冷链追溯",
            "村卫生室标准化",
            "互联网诊疗",
            "集中带量采购",
            "安宁疗护",
        ),
        *(
            "电子健康档案",
            "急救站点布局",
            "医保基金监管",
            "中医馆提质",
            "托育机构备案",
            "慢病随访",
            "检验结果互认",
        ),
    ),
    "动": ("提档升级", "滚动排查", "闭环管理", "落地执行", "试点先行", "对标整改", "常态化抽检", "加密调度"),
    "接": (
        "，惠及",
        "；截至目前",
        "，同比",
        "，按照",
        "，实现",
        "。截止",
        "：二是",
        "、",
        "，由卫健、医保部门",
        "，适时",
    ),
    "数": (
        *(
            "99.2%",
            "7,046.3万元",
            "2～8℃",
            "120/80mmHg",
            "0.9‰",
            "5.3万人次",
            "第12周",
            "±3%",
            "2/3",
            "64排CT",
        ),
        *(
            "4.7亿元",
            "36.5℃",
            "2029年3月18日",
            "00:00—24:00",
            "№ 1157",
            "￥388",
            "5×7厘米",
            "≈1.6倍",
            "12320",
            "≤48小时",
        ),
    ),
    "字": (
        *(
            "HIS",
            "DRG/DIP",
            "Siemens Healthineers",
            "e-Health",
            "http://clinic-demo.cn/a_b/c-d#top",
            "yb.2029@clinic-demo.cn",
        ),
        *(
            "PCR",
            "ICD-10",
            "HPV九价",
            "Dr. Smith",
            "5G+AI辅助",
            "PACS（云胶片）",
            "β受体",
            "MRI、CT",
            "PM2.5",
            "COVID-19",
        ),
    ),
    "引": (
        *(
            "“一老一小”",
            "‘三医’",
            "“省—市—县—乡”",
            "《医疗质量安全核心制度要点》",
            "《关于2029年“名医下乡”的复函》",
        ),
        *(
            "（剔除2家停业机构）",
            "〔2029〕118号",
            "｛内部｝",
            "“互联网+”“银发”",
            "——包括发热门诊",
            "……",
            "（“十六五”时期）",
            "①②",
        ),
    ),
}


def stress_flow(seed: int, words: Mapping[str, tuple[str, ...]], paragraphs: int = 260) -> Flow:
    """Return a paper of about five lines a paragraph."""
    dice = random.Random(seed)
    return Flow(Properties(f"压力试排{seed}"), (Section(tuple(_blocks(dice, words, paragraphs))),))


def _blocks(dice: random.Random, words: Mapping[str, tuple[str, ...]], count: int) -> Iterator[FlowBlock]:
    for number in range(count):
        if number % 9 == 0:
            level = dice.randint(1, 3)
            title = dice.choice(words["词"]) + dice.choice(
                ("情况", "（" + dice.choice(words["数"]) + "）", "")
            )
            rest = (Text(_prose(dice, words, dice.randint(20, 120))),) if level == 3 else ()
            yield Heading(
                level,
                (Text(title + "。" * bool(rest)),),
                number="一、（一）1."[level - 1 : level + 1],
                rest=rest,
            )
        elif number % 7 == 0:
            yield Paragraph((Text(f"（{number % 10 + 1}）" + _prose(dice, words, dice.randint(10, 60))),))
        else:
            yield Paragraph((Text(_prose(dice, words, dice.randint(12, 240))),))


def _prose(dice: random.Random, words: Mapping[str, tuple[str, ...]], length: int) -> str:
    text = dice.choice(words["词"])
    while len(text) < length:
        kind = dice.choices(("词", "动", "接", "数", "字", "引"), (4, 4, 4, 3, 2, 3))[0]
        text += dice.choice(words[kind])
    return text.rstrip("、：；，") + dice.choice(("。", "。", "！", "；"))
