"""Whoever and whatever a sentence names is named in what it cites: payers, drugs, procedures, levels, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.guard.support.grounds import Grounds
from rag.guard.support.models import Finding
from rag.guard.support.name_forms import code_stands, initials_stand, levels_of
from rag.guard.support.reading import Reading, Sentence
from rag.guard.support.rules import NameRules, SupportRules

POLICY = "names"
_INITIALS = re.compile(r"(?<![\w-])[A-Z][A-Za-z]*[A-Z]\w*(?![\w-])")
_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][a-z][\w’'-]*")
#: After these a capital begins a sentence, a quotation or a title, and need not be a name.
_BEGINNING = re.compile(r"(?:^|[.:;!?“\"(\[•*-])\s*$")


def names(claim: Reading, evidence: Grounds, rules: SupportRules) -> Iterator[Finding]:
    """One finding for each name that what is cited does not have."""
    missing = dict.fromkeys(
        [
            *_missing_codes(claim, evidence, rules.names),
            *_missing_levels(claim, evidence, rules.names),
            *_missing_terms(claim, evidence, rules.names),
            *_missing_initials(claim, evidence, rules.names),
            *(name for sentence in claim.sentences for name in _missing_capitals(sentence, evidence, rules.names)),
        ]
    )
    for name in missing:
        yield Finding(POLICY, f"“{name}” is not named in what it cites")


def _missing_codes(claim: Reading, evidence: Grounds, rules: NameRules) -> Iterator[str]:
    for found in rules.codes.finditer(claim.text):
        if not code_stands(found[0], evidence.named, rules.codes):
            yield found[0]


def _missing_levels(claim: Reading, evidence: Grounds, rules: NameRules) -> Iterator[str]:
    known = {levels for found in rules.levels.finditer(evidence.named) for levels in (levels_of(found[0]),)}
    for found in rules.designators.finditer(claim.text):
        if not _stands(re.sub(r"^(\w+?)s?\s", r"\1 ", found[0]), evidence) and not _stands_of_list(found[0], evidence):
            yield found[0]
    for found in rules.levels.finditer(claim.text):
        if levels_of(found[0]) not in known:
            yield found[0]


def _missing_terms(claim: Reading, evidence: Grounds, rules: NameRules) -> Iterator[str]:
    for term in rules.terms:
        found = term.search(claim.text)
        if found and not term.search(evidence.named):
            yield found[0]
    for found in rules.known.finditer(claim.text) if rules.known else ():
        if not _stands(found[0], evidence):
            yield found[0]


def _missing_initials(claim: Reading, evidence: Grounds, rules: NameRules) -> Iterator[str]:
    for found in _INITIALS.finditer(claim.text):
        name = found[0]
        if name in rules.ordinary or _stands(name, evidence) or _stands(name.rstrip("s"), evidence):
            continue
        meaning = rules.initials.get(name)
        if meaning and re.search(re.escape(meaning), evidence.named, re.IGNORECASE):
            continue
        if not initials_stand(name.rstrip("s"), evidence.named):
            yield name


def _missing_capitals(sentence: Sentence, evidence: Grounds, rules: NameRules) -> Iterator[str]:
    """Words with a capital in the middle of a sentence."""
    known = evidence.keys | evidence.names.keys
    keys = {word.start: word.key for word in sentence.words}
    for found in _CAPITALISED.finditer(sentence.text, sentence.start, sentence.end):
        name = re.sub(r"['’]s$", "", found[0])
        begins = _BEGINNING.search(sentence.text[sentence.start : found.start()])
        if begins or name in rules.ordinary or keys.get(found.start()) in known or _stands(name, evidence):
            continue
        yield name


def _stands_of_list(name: str, evidence: Grounds) -> bool:
    """ "Texts A, B and C" name text B."""
    thing, letter = name.rsplit(maxsplit=1)
    listed = rf"(?<!\w){re.escape(thing.rstrip('s'))}s?[^.;]{{0,40}}(?<!\w){letter}(?!\w)"
    return re.search(listed, evidence.named, re.IGNORECASE) is not None


def _stands(name: str, evidence: Grounds) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", evidence.named, re.IGNORECASE) is not None
