"""Brings a new turn into view, once: a page with a line at its foot would open at its end."""

from __future__ import annotations

from typing import Any

import streamlit as st

#: The page glides to its foot while it grows, unless a wheel turns; so it is told that one did, and the mark is brought
#: back until the article stands, or a hand moves it.
_SCRIPT = """
const seen = new Set();
const EVERY = 100, LONGEST = 2500, MARK = ".st-key-scroll-mark";
const FOOT = '[data-testid="stAppScrollToBottomContainer"]';
const HANDS = ["wheel", "keydown", "pointerdown", "touchstart"];
function bring() {
  const mark = document.querySelector(MARK);
  mark?.closest(FOOT)?.dispatchEvent(new WheelEvent("wheel"));
  mark?.scrollIntoView({ block: "start" });
}
export default function ({ data }) {
  if (!data || seen.has(data.turn)) return;
  seen.add(data.turn);
  if (!data.scroll) return;
  const timer = setInterval(bring, EVERY);
  const stop = (event) => {
    if (event && !event.isTrusted) return;
    clearInterval(timer);
    HANDS.forEach((hand) => document.removeEventListener(hand, stop, true));
  };
  HANDS.forEach((hand) => document.addEventListener(hand, stop, true));
  setTimeout(stop, LONGEST);
}
"""
_NAME = "guideline_qa_mark"


def scroll_here(turn: str, *, wanted: bool = True) -> None:
    """Scroll to where the script stands when ``turn`` is new on this page; ``wanted``: no, it only counts as seen."""
    mark: Any = _component()
    mark(data={"turn": turn, "scroll": wanted}, key="scroll-mark", height=1)


@st.cache_resource(show_spinner=False)
def _component() -> object:
    return st.components.v2.component(_NAME, js=_SCRIPT)
