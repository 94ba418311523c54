"""What is claimed in a case of enforcement, and what has been received, in fen."""

import pytest

from ingest.judgments.enforcement import enforcement_of

CLAIMED = {
    "the object": ("本案执行标的为50000元。", "50000元"),
    "the object in capitals of the trade": ("申请执行标的额为人民币1,234.56元。", "1,234.56元"),
    "of the judgment": ("（2021）岭0122民初1号民事判决确定张某应向甲某支付货款320000元及利息。", "320000元"),
    "asked to pay": ("甲某申请执行，请求给付本金86000元及利息。", "86000元"),
    "ordered to return": ("判决判令被告张某返还借款15万元。", "15万元"),
    "the award": ("裁决张某向甲某支付工资4.68万元。", "4.68万元"),
    "sum applied for": ("申请执行金额：人民币90000元。", "90000元"),
    "first of two": ("判决确定张某偿还本金70000元、利息3000元。", "70000元"),
    "compensation fixed": ("判决确定的赔偿款29000元至今未付。", "29000元"),
    "confirmed for the creditor": ("其债权经判决确认为7200000元。", "7200000元"),
    "only what is still owed": ("本案未清偿本金38000元。", "38000元"),
    "a duty not fulfilled": ("石桥某公司未履行给付劳务费61000元的义务。", "61000元"),
    "a duty not fulfilled of its own accord": ("张某未自动履行调解书确定的偿还借款12万元的义务。", "12万元"),
    "not paid as the judgment says": ("张某未按判决向甲某支付工程款39000元。", "39000元"),
    "rent that another does not pay": ("承租人未向被执行人支付租金30000元。", None),
    "what was got is no claim": ("经申请人申请执行，本案累计执行到位103,217.04元。", None),
    "what one party says is owed": ("申请执行人称张某尚欠借款5000元。", None),
    "none": ("执行中查明张某月工资3000元。", None),
    "price of a house": ("该房屋经评估价值1420000元。", None),
    "a claim against a third person": ("履行到期债务通知书要求某公司支付286000元。", None),
}
RECEIVED = {
    "in hand": ("本案已执行到位12000元。", "12000元"),
    "in hand, other words": ("截至目前，执行到位金额共计8,000.5元，其余未执行。", "8,000.5元"),
    "deducted": ("本院依法扣划张某银行存款4310.5元。", "4310.5元"),
    "total before parts": ("扣划存款1000元、另扣划2000元，已执行到位3000元。", "3000元"),
    "paid out": ("扣除执行费后，实际发放申请执行人898491元。", "898491元"),
    "paid by the respondent": ("张某于2022年5月1日主动履行20000元。", "20000元"),
    "claimant got": ("申请执行人已受偿15000元。", "15000元"),
    "two deductions without total": ("本院扣划1000元。本院又扣划2000元。", None),
    "paid off": ("协议签订后，张某已按约将15万元全部付清。", "15万元"),
    "handed over": ("2022年3月1日，李某将80000元一次性支付给申请执行人。", "80000元"),
    "sum of two deductions": (
        "本院扣划1000元。本院又扣划2000元。两次合计3000元，扣除执行费后已全部发放申请执行人。",
        "3000元",
    ),
    "deducted, verb behind": ("本院将张某在某银行的存款46900元予以划拨。", "46900元"),
    "deducted, passive": ("张某名下存款46900元已由本院扣划至案款账户。", "46900元"),
    "deducted on a day behind": ("冻结的46900元，本院于2022年3月1日扣划。", "46900元"),
    "to be deducted": ("本院将对张某存款46900元予以扣划。", None),
    "meant to be deducted": ("拟将存款46900元予以划拨。", None),
    "not yet paid off": ("张某同意将15万元付清。", None),
    "not in hand": ("尚未执行到位的金额为50000元。", None),
    "to be paid": ("判决确定张某支付50000元。", None),
    "a promise": ("张某应于2023年6月1日前支付20000元。", None),
    "a scale of rewards": ("按照实际执行到位5000000元以下的部分计付赏金。", None),
}


def sums(words: str, document_type: str = "执行裁定书") -> tuple[str | None, str | None]:
    text = f"石桥县人民法院\n{document_type}\n（2023）岭0122执88号\n{words}\n"
    found = enforcement_of(text, (), document_type, "（2023）岭0122执88号")
    assert found
    return tuple(text[s.start : s.end] if s else None for s in (found.claimed, found.received))  # type: ignore[return-value]


@pytest.mark.parametrize(("words", "expected"), CLAIMED.values(), ids=CLAIMED)
def test_the_claim_is_the_amount_first_stated(words: str, expected: str | None) -> None:
    assert sums(words)[0] == expected


@pytest.mark.parametrize(("words", "expected"), RECEIVED.values(), ids=RECEIVED)
def test_received_is_the_total_or_a_payment_that_stands_alone(words: str, expected: str | None) -> None:
    assert sums(words)[1] == expected


def test_a_notice_states_the_claim_as_its_first_point_and_nothing_received() -> None:
    words = "责令你立即履行下列义务：\n一、向申请执行人甲某支付借款本金1680000元；\n二、负担执行费21709元。"
    assert sums(words, "执行通知书") == ("1680000元", None)


def test_instalments_of_an_agreement_are_not_received() -> None:
    words = "民事判决确定赔偿款294820元。乙方于2023年10月31日支付80000元。"
    assert sums(words, "执行和解协议") == ("294820元", None)


def test_sums_are_whole_fen() -> None:
    text = "执行裁定书\n本案执行标的为1,234.56元，已执行到位0.4万元。"
    found = enforcement_of(text, (), "执行裁定书", "（2023）岭0122执88号")
    assert found
    assert found.claimed
    assert found.received
    assert (found.claimed.fen, found.received.fen) == (123456, 400000)
