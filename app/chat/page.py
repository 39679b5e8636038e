"""The script of the page; the server runs it anew for each step of each visitor."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.chat.ask_page import ask_page
from app.chat.documents_page import documents_page
from app.chat.review_page import review_page
from app.chat.session import Pages, keep_pages

ABOUT = (
    "Guideline and coverage-policy questions, answered with citations and a verdict that code decides. "
    "For education and preparation of a review; a person decides."
)

st.set_page_config(
    page_title="Guideline Q&A",
    page_icon=str(Path(__file__).with_name("icon.svg")),
    layout="centered",
    menu_items={"About": ABOUT},
)
pages = Pages(
    ask=st.Page(ask_page, title="Ask", icon=":material/chat:", url_path="ask", default=True),
    review=st.Page(review_page, title="Review", icon=":material/rate_review:", url_path="review"),
    documents=st.Page(documents_page, title="Documents", icon=":material/library_books:", url_path="documents"),
)
keep_pages(pages)
st.navigation([pages.ask, pages.review, pages.documents]).run()
