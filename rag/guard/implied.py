"""Whether a sentence states or implies a status of the request. Where it is in doubt, it does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from rag.guard.plain_text import plain, suspicious
from rag.guard.verdict_rules import VerdictRules
from rag.guard.wording import Patterns, found

_WORD_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
# How far back a status word may be from the document that says it, and how far on ("... by Medicare"), in characters.
_LEAD, _TRAIL = 220, 90


def implied_status(text: str, rules: VerdictRules) -> str | None:
    """The kind of wording by which the sentence implies a status, or why it cannot be read; ``None``: it does not.

    Lists of wordings alone let any new figure of speech pass. So a sentence also has to be of a form that an article
    has (a report of a document, a result, a fact of the record, a definition), in words that documents use.
    """
    if hidden := suspicious(text):
        return f"it carries {hidden}"
    words = plain(text)
    if not rules.english.reads(words):
        return "it is not English enough to be checked"
    bare = words
    for pattern in rules.harmless:
        bare = pattern.sub(" ~ ", bare)
    # A hyphen inside a word must not hide it: "ap-proved".
    joined = _refused(_WORD_HYPHEN.sub("", bare), rules)
    return _refused(bare, rules) or joined or _applied(bare, rules) or _unframed(bare, rules) or _unlike(words, rules)


def _refused(words: str, rules: VerdictRules) -> str | None:
    return next((kind.says for kind in rules.refused if kind.stands_in(words)), None)


def _applied(words: str, rules: VerdictRules) -> str | None:
    """What a document asks for, set beside this request in one sentence."""
    if found(rules.points, words) and found(rules.applied, words):
        return "it sets a document's demand beside this request"
    return None


def _unlike(words: str, rules: VerdictRules) -> str | None:
    """Why the sentence is none that an article has."""
    if rules.known.unknown(words):
        return "it uses words that no document uses"
    return None if any(found(form, words) for form in rules.forms) else "it is of no form that an article has"


def _unframed(words: str, rules: VerdictRules) -> str | None:
    """The first status word that is not part of what a document says in general."""
    ends = [0, *(match.end() for pattern in rules.breaks for match in pattern.finditer(words))]
    strict = list(_places(rules.fulfilled, words))
    places = sorted([*strict, *_places(rules.status, words)])
    if places and found(rules.points, words):
        return "it uses a word of status beside this request"
    for start, end in places:
        since = ends[bisect_right(ends, start) - 1]
        lead = words[max(since, start - _LEAD) : end]
        if not (found(rules.general, lead) or found(rules.passive, lead + words[end : end + _TRAIL])):
            return "it uses a word of status outside of what a document says"
        if (start, end) in strict and not found(rules.conditions, lead):
            return "it says that a demand is met or not"
    if places and found(rules.definite, words) and not found(rules.conditions, words):
        return "it speaks of one procedure, not of procedures in general"
    return None


def _places(patterns: Patterns, words: str) -> Iterator[tuple[int, int]]:
    return ((match.start(), match.end()) for pattern in patterns for match in pattern.finditer(words))
