"""What a claim says in its own words, without the stretches it quotes from the record."""

from __future__ import annotations

import re

from rag.article.draft import DraftClaim

_QUOTED = re.compile(r"“([^“”]*)”")


def own_words(claim: DraftClaim) -> str:
    """The text with each stretch that a case quote holds word for word taken out; white space does not count.

    Other quotation marks stay: what stands between them is the claim's own wording.
    """
    held = {" ".join(quote.quote.split()) for quote in claim.case_quotes}
    return _QUOTED.sub(lambda match: "“1”" if " ".join(match[1].split()) in held else match.group(), claim.text)
