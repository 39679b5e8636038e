"""The reading grade of a text: the school year, in the United States, in which it is easy enough to read.

Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of new readability formulas for Navy enlisted personnel
(Naval Technical Training Command, Research Branch Report 8-75).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:\.\d+)?")
#: Policy ids, anchors, procedure codes and dates: nobody reads them as words.
_CODE = re.compile(r"\(?\b(?=[\w.#/-]*\d)(?=[\w.#/-]*[A-Za-z-]|\d{4,})[\w.#/-]*\w\)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:(?<![aeiouyl])e|(?<=[aeiouy]l)e|(?<![td])ed|(?<![sxzcg])(?<!sh)(?<!ch)es)$")


def reading_grade(text: str, *, leaving_out: Iterable[str] = ()) -> float | None:
    """The Flesch-Kincaid grade; ``None`` for a text without words.

    Only a full stop, a question mark or an exclamation mark ends a sentence. ``leaving_out``: names that do not
    count, such as those of payers; codes, ids and dates never count, and a number is a word of one syllable.
    """
    for name in sorted(leaving_out, key=len, reverse=True):
        text = text.replace(name, " ")
    text = _CODE.sub(" ", text)
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, without a silent ending (-e, -ed, -es); at least one, so that a number counts as one."""
    stem = _SILENT.sub("", word.lower())
    return max(len(_VOWELS.findall(stem)), 1)
