"""Is what identifies nobody left as it was? A reader needs the doses, levels and scores."""

from __future__ import annotations

from collections.abc import Iterator

from evals.frame.metric import Check, Metric
from evals.identifiers.removal import Label, Removal, other_tokens


def _judge(label: Label, removal: Removal) -> Iterator[Check]:
    """One judgement for each token of a text, between spaces, in which nothing is labelled."""
    if label.span is not None:
        return
    for token in other_tokens(label.note):
        word = removal.text[token.start : token.stop]
        kept = removal.gone.isdisjoint(token)
        yield Check(kept, f"{word!r} as it was", f"left of it: {removal.left(token)}", str(token.start))


OTHER_TOKENS_KEPT = Metric(
    "other-tokens-kept", "words and numbers beside the identifiers that are untouched", _judge, of="other tokens"
)
