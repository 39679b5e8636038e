"""A page that shows the article stored in the folder named by ARTICLES, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from app.chat.article.component import show_article
from rag.article.models import Answer
from rag.followup.models import Turn
from rag.knowledge.library import Knowledge, load_knowledge


@st.cache_resource
def knowledge() -> Knowledge:
    return load_knowledge()


folder = Path(os.environ["ARTICLES"])
name = Path(st.query_params["article"]).name
answer = Answer.model_validate_json((folder / f"{name}.json").read_text(encoding="utf-8"))
told = folder / f"{name}.turn.json"
turn = Turn.model_validate_json(told.read_text(encoding="utf-8")) if told.exists() else None
focus = [section for section in st.query_params.get("focus", "").split(",") if section]

st.title("A page")
show_article(answer, knowledge(), focus=focus, turn=turn, key="article")
