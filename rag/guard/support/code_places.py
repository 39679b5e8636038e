"""Codes that were exchanged: said of what the source says of another code of the same form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import SupportRules

POLICY = "names"
_BREAK = re.compile(r"[;,]|(?<!\w)(?:and|or)(?!\w)")
#: Codes in a row, with nothing said in between, share what is said of them.
_ROW = re.compile(r"[\s,]*(?:and|or|to|,)?[\s,]*")


def code_places(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each code whose words in the claim are those of another code of one sentence of the source."""
    for sentence in claim.sentences:
        said = list(_owned(sentence, rules))
        for code, words in said:
            told = [dict(_owned(source, rules)) for source in evidence.sentences]
            told = [owned for owned in told if code in owned]
            if told and _alone(code, said) and all(_elsewhere(code, words, owned) for owned in told):
                yield Finding(POLICY, f"“{code}” stands for something else in what it cites")


def _alone(code: str, said: list[tuple[str, frozenset[str]]]) -> bool:
    return sum(_form(other) == _form(code) for other, _ in said) == 1


def _elsewhere(code: str, words: frozenset[str], owned: dict[str, frozenset[str]]) -> bool:
    shared = frozenset.intersection(*owned.values())
    here = len(words & owned[code] - shared)
    others = [
        len(words & held - shared)
        for other, held in owned.items()
        if held != owned[code] and _form(other) == _form(code)
    ]
    return max(others, default=0) > here


def _form(code: str) -> str:
    return re.sub(r"\d", "0", re.sub(r"[A-Za-z]", "A", code))


def _owned(sentence: Sentence, rules: SupportRules) -> Iterator[tuple[str, frozenset[str]]]:
    """Each code with the keys of the words after it, up to the next code; codes in a row have the same."""
    found = list(rules.names.codes.finditer(sentence.text[: sentence.end], sentence.start))
    alone = {code[0] for code in found if sum(_form(other[0]) == _form(code[0]) for other in found) == 1}
    for place, code in enumerate(found):
        end = place
        while end + 1 < len(found) and _ROW.fullmatch(sentence.text, found[end].end(), found[end + 1].start()):
            end += 1
        last = found[end + 1].start() if end + 1 < len(found) else sentence.end
        keys = frozenset(word.key for word in sentence.content if found[end].end() <= word.start < last)
        yield code[0], sentence.keys if code[0] in alone else keys
