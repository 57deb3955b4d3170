"""Fold a header or a name to what it says: no case, no spaces or punctuation, no traditional characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from salesmetrics.ingest.words import keys_alike, spelled_out

# Traditional characters met in headers, each with its simplified form.
_PAIRS = (
    "訂订 單单 額额 銷销 員员 區区 貨货 數数 產产 稱称 號号 編编 碼码 類类 別别 價价 錢钱 總总 計计 時时 "
    "間间 週周 報报 業业 務务 經经 負负 責责 顧顾 賣卖 買买 預预 應应 實实 際际 發发 據据 狀状 態态 階阶 "
    "機机 會会 線线 贏赢 輸输 關关 閉闭 開开 創创 結结 歷历 紀纪 錄录 聯联 絡络 繫系 訪访 電电 話话 郵邮 "
    "競竞 爭争 對对 標标 準准 規规 範范 圍围 層层 級级 績绩 項项 門门 組组 團团 隊队 獎奖 離离 職职 資资 "
    "費费 營营 廣广 動动 來来 擔担 當当 戶户 長长 領领 導导 調调 滿满 評评 選选 擇择 說说 優优 減减 讓让 "
    "種种 幣币 細细 係系 統统 個个 體体 寫写 聲声 轉转 換换 確确 認认 識识 條条 頁页 與与 專专 師师 達达 "
    "運运 簽签 約约 終终 縣县 鄉乡 鎮镇 雲云 灣湾 轄辖 戰战 圖图 點点 後后 過过 賬账 帳账 歸归 屬属 從从 "
    "倉仓 庫库 進进 採采 購购 質质 處处 罰罚 試试 學学 習习 課课 題题 訓训 練练 訊讯 詢询 盤盘 籤签 覽览 "
    "執执 補补 貼贴 鏈链 錯错 淨净 稅税 寶宝 貝贝 幾几 簡简 潛潜 溝沟 問问 連连 辦办 劃划 諮咨 廠厂 萬万 "
    "億亿 權权 齡龄 異异 環环 維维 製制 佔占 処处 啟启 絕绝 敗败 丟丢 紹绍 聖圣 檔档 頻频 證证 將将 剛刚 "
    "無无 彙汇 匯汇 餘余 圓圆 隻只 雙双 傭佣 僱雇 崗岗 齊齐 黨党 禮礼 裝装 複复 復复 迴回 遠远 邊边 "
    " 場场 國国 為为 變变 議议 記记 談谈 觸触 載载 獲获 薦荐 鋪铺 饋馈 棄弃 參参 臺台 裡里 見见 該该 於于 併并"
)
_TO_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_BRACKETS = re.compile(r"[(\[（【{][^)\]）】}]*[)\]）】}]")

_UNIT = re.compile(
    r"(?i)[\s_,]+(?:in[\s_]+)?(?:USD?|US\$|EUR|euros?|GBP|CHF|CNY|RMB|JPY|INR|AUD|CAD|NZD|SGD|HKD|TWD|dollars?|[$€£¥])$"
    r"|[\s_,]+in[\s_]+(?:thousands?|millions?)$|[/／](?:[千万萬亿億]|百万)?元?$"
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold `text` to letters and digits only, in lower case and simplified Chinese.

    >>> fold("Order-Date"), fold("order_date"), fold("OrderDate"), fold("訂單日期"), fold("Probability (%)")
    ('orderdate', 'orderdate', 'orderdate', '订单日期', 'probabilitypercent')
    """
    plain = unicodedata.normalize("NFKC", text).translate(_TO_SIMPLIFIED).replace("%", " percent ").casefold()
    return "".join(character for character in plain if character.isalnum())


def without_brackets(text: str) -> str:
    """Drop what stands in brackets, which mostly names a unit, a currency or an association.

    >>> without_brackets("Amount (USD)")
    'Amount'
    """
    return _BRACKETS.sub(" ", text).strip()


def without_unit(text: str) -> str:
    """Drop the currency, or how many at a time are counted, that a header ends with.

    >>> without_unit("Revenue in EUR"), without_unit("Opportunity Amount USD"), without_unit("Sales in thousands")
    ('Revenue', 'Opportunity Amount', 'Sales')
    >>> without_unit("金额/万元"), without_unit("Amount")
    ('金额', 'Amount')
    """
    return _UNIT.sub("", text).strip()


def readings(header: str, words: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Give the folded forms in which `header` may be known, each with how much of it that form keeps (0 to 1).

    `words` are what a table's exports put before a header ("Deal - Owner").

    >>> readings("Deal - Owner", ("deal",))
    (('dealowner', 1.0), ('owner', 0.9))
    >>> readings("Amount (USD)", ())
    (('amountusd', 1.0), ('amount', 0.95))
    >>> readings("Cust No", ())
    (('custno', 1.0), ('customernumber', 0.95))
    """
    whole = fold(header)
    forms = {whole: 1.0}
    short = fold(without_brackets(header))
    if short:
        forms.setdefault(short, 0.95)
    for other in (
        without_unit(header), spelled_out(header), spelled_out(without_brackets(header)), keys_alike(whole),
    ):  # fmt: skip
        if other:
            forms.setdefault(fold(other), 0.95)
    for form in list(forms):
        for word in map(fold, words):
            if form.startswith(word) and len(form) > len(word):
                rest = form[len(word) :]
                forms.setdefault(rest, 0.9)
                if rest.startswith(word) and len(rest) > len(word):
                    forms.setdefault(rest[len(word) :], 0.9)
    if header.casefold().endswith(("_c", "__c")):
        # Salesforce marks so the columns that a company added itself: its own columns come first.
        forms.setdefault(fold(header[: header.casefold().rindex("_c")]), 0.5)
    return tuple(forms.items())
