"""Names, places and organisations: told by the words beside them, by lists, or by being no other word.

A capitalised word that is neither an ordinary nor a clinical word, nor kept, is taken for a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.guard.identifiers.models import Kind
from rag.guard.identifiers.organisations import organisation_tokens
from rag.guard.identifiers.rules import IdentifierRules
from rag.guard.identifiers.runs import run_after, run_before
from rag.guard.identifiers.telling import absorbed, telling
from rag.guard.identifiers.tokens import Token, WordReader
from rag.guard.identifiers.working import Span

_SHORTEST_REPEATED = 3
_JOINING = (" ", "-", ".", ". ", ", ", " & ")


class NameFinder:
    """Finds names in one text; what was a name once in it is a name wherever it comes again."""

    def __init__(self, rules: IdentifierRules) -> None:
        self._rules = rules
        self._words = WordReader(rules.kept, rules.vocabulary)
        self._seen: set[str] = set()

    def find(self, kind: Kind, text: str) -> list[Span]:
        """Spans of one kind in the text as it is now, in order and apart."""
        tokens = self._words.read(text)
        found = self._by_context(kind, text, tokens)
        if kind == "organisation":
            found |= organisation_tokens(tokens, self._rules.vocabulary)
        if kind == "name":
            found = self._with_telling(tokens, found)
        return _spans(tokens, sorted(found))

    def _with_telling(self, tokens: Sequence[Token], found: set[int]) -> set[int]:
        self._remember(tokens[place] for place in found)
        told = telling(tokens, self._rules.vocabulary)
        again = {place for place, token in enumerate(tokens) if self._was_seen(token)}
        whole = absorbed(tokens, found | told | again, self._rules.vocabulary)
        self._remember(tokens[place] for place in whole)
        return whole

    def _by_context(self, kind: Kind, text: str, tokens: Sequence[Token]) -> set[int]:
        starts = {token.start: place for place, token in enumerate(tokens)}
        ends = {token.end: place for place, token in enumerate(tokens)}
        found: set[int] = set()
        for context in self._rules.contexts:
            for match in context.pattern.finditer(text) if context.kind == kind else ():
                before = context.side == "before"
                place = starts.get(match.end()) if before else ends.get(match.start())
                if place is not None:
                    run = run_after if before else run_before
                    found |= run(tokens, place, kind, self._rules.vocabulary, sure=context.sure)
        return found

    def _remember(self, tokens: Iterable[Token]) -> None:
        """A listed name counts in any case; another word only as it was written: "Baker", not "baker"."""
        for token in tokens:
            if len(token.word) >= _SHORTEST_REPEATED:
                word = _bare(token.word)
                self._seen.add(word.casefold() if token.name and not token.ordinary else word)

    def _was_seen(self, token: Token) -> bool:
        word = _bare(token.word)
        return word in self._seen or (not token.ordinary and word.casefold() in self._seen)


def _spans(tokens: Sequence[Token], places: Sequence[int]) -> list[Span]:
    """Neighbours with nothing but a space, a hyphen, a point or a comma between them are one."""
    spans: list[Span] = []
    for number, place in enumerate(places):
        token = tokens[place]
        end = token.start + len(_bare(token.word))
        if number and places[number - 1] == place - 1 and token.gap in _JOINING:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((token.start, end))
    return spans


def _bare(word: str) -> str:
    """Without the possessive, which stays in the text."""
    return word[:-2] if word[-2:].casefold() in ("'s", "’s") else word
