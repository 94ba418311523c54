"""The page of similar cases: an upload, a text or a document of the index; weights, cases, the report."""

from typing import TYPE_CHECKING

import streamlit as st

from app import similar_cards
from app.errors_shown import errors_shown
from app.markup import plain_markdown
from app.reading_page import lookup_address
from app.services import services
from app.similar_report import TITLE, report_of
from app.similar_source import MAX_BYTES, case_of_id, case_of_text, case_of_upload
from app.similar_wording import ASPECTS
from tasks.model import now

if TYPE_CHECKING:
    from search.similar_case import Case
    from search.similar_cases import SimilarRequest, SimilarResult, Weights

_SHOWN = 10
_UPLOADED = "similar_uploaded"  # the last upload's id, and its case
_PASTED = "similar_pasted"
_LONGEST = 100_000  # code points of a pasted text


def show_similar() -> None:
    """The whole page: which case, the weights, what is like it, and the report."""
    st.header("类案比对", anchor=False)
    case = _case()
    if case is None:
        st.caption(
            "上传裁判文书、起诉状或案情说明（Word、PDF、文本、扫描件），粘贴文字，或者输入本库文书的案号，"
            "按事实、争议焦点、法律适用和案由在本库中查找类案，并生成类案检索报告。"
            "上传和粘贴的内容只用于本次比对，不会保存。"
        )
        return
    weights = _weights()
    if weights is None:
        return
    with errors_shown(), st.spinner("正在比对…"):
        request, result = _found(case, weights)
        st.html(similar_cards.summary(result))
        _downloads(request, result)
        st.html(similar_cards.cards(result))


def _case() -> "Case | None":
    """The case to compare: a file, a text, or a document of the index such as the address may name."""
    ways = {"上传文书": _uploaded, "粘贴文字": _pasted, "本库文书": _held}
    first = list(ways).index("本库文书") if st.query_params.get("id") else 0
    way = st.radio("待决案件", list(ways), index=first, horizontal=True, key="similar_way")
    with errors_shown():
        if case := ways[way]():
            st.caption(f"待决案件：{plain_markdown(case.title or way)}")
            return case
    return None


def _uploaded() -> "Case | None":
    uploaded = st.file_uploader("待决案件的文书", max_upload_size=MAX_BYTES // 2**20)
    if uploaded is None:
        return None
    known: tuple[str, Case] | None = st.session_state.get(_UPLOADED)
    if known is None or known[0] != uploaded.file_id:
        with st.spinner("正在读取…"):
            known = uploaded.file_id, case_of_upload(uploaded.name, uploaded.getvalue())
        st.session_state[_UPLOADED] = known
    return known[1]


def _pasted() -> "Case | None":
    with st.form("pasted", border=False):
        text = st.text_area(
            "案情说明、诉状或者裁判文书全文",
            st.session_state.get(_PASTED, ""),
            height=180,
            max_chars=_LONGEST,
        )
        if st.form_submit_button("查找类案", type="primary"):
            st.session_state[_PASTED] = text
    pasted = st.session_state.get(_PASTED, "")
    return case_of_text(pasted) if pasted.strip() else None


def _held() -> "Case | None":
    with st.form("number", border=False), st.container(horizontal=True, key="search_row"):
        number = st.text_input("案号", placeholder="输入本库已有文书的案号", label_visibility="collapsed")
        pressed = st.form_submit_button("查找类案", type="primary")
    if pressed:
        found = lookup_address(services(), number)
        if "id" not in found:
            st.warning("本库没有这个案号的文书。请核对案号，或直接上传文书。")
            return None
        st.query_params.from_dict({"id": found["id"]})
    document_id = st.query_params.get("id", "")
    return case_of_id(services().search, document_id) if document_id else None


def _weights() -> "Weights | None":
    """The weights of the sliders; None where all are 0."""
    from search.similar_cases import Weights

    usual = Weights()
    with st.expander("各项权重"), st.container(horizontal=True):
        chosen = {
            name: st.slider(label, 0, 100, round(getattr(usual, name) * 100), 5, key=f"weight_{name}")
            for name, label in ASPECTS.items()
        }
        st.caption("特定情节指人名、地名、日期、物品等少见用语，只在某一案件明显突出时计分。")
    with errors_shown():
        return Weights(**{name: value / 100 for name, value in chosen.items()})
    return None


def _found(case: "Case", weights: "Weights") -> "tuple[SimilarRequest, SimilarResult]":
    from search.similar_cases import SimilarRequest

    request = SimilarRequest(case, weights, limit=_SHOWN)
    return request, services().search.similar(request)


def _downloads(request: "SimilarRequest", result: "SimilarResult") -> None:
    """The report as Word and as PDF, each made when it is asked for."""
    made = now()

    def word() -> bytes:
        from app.similar_report_word import word_bytes

        return word_bytes(report_of(request, result, made))

    def pdf() -> bytes:
        from app.similar_report_pdf import pdf_bytes

        return pdf_bytes(report_of(request, result, made))

    name = f"{TITLE}_{made:%Y%m%d_%H%M%S}"
    with st.container(horizontal=True):
        st.download_button("下载类案检索报告（Word）", word, f"{name}.docx", on_click="ignore")
        st.download_button(
            "下载类案检索报告（PDF）", pdf, f"{name}.pdf", "application/pdf", on_click="ignore"
        )
