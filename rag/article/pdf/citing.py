"""Links between the sentences of a document and its references, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rag.article.blocks import Blocks, References, Sentences

_COLOUR = "#1f4e8c"


@dataclass
class Citing:
    """``listed``: numbers that have a reference; ``cited``: numbers a sentence names. Links lead back to the first use.

    ``bases``: how the digest was confirmed, by source (``document#anchor``).
    """

    listed: frozenset[int] = frozenset()
    cited: frozenset[int] = frozenset()
    bases: Mapping[str, str] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, blocks: Blocks, bases: Mapping[str, str]) -> Citing:
        references = (block for block in blocks if isinstance(block, References))
        listed = frozenset(entry.n for block in references for entry in block.entries)
        sentences = (sentence for block in blocks if isinstance(block, Sentences) for sentence in block.sentences)
        return cls(listed, frozenset(number for sentence in sentences for number in sentence.markers), bases)

    def markers(self, numbers: Iterable[int]) -> str:
        """ " [1] [2]", each a link to its reference."""
        return "".join(f" {self._marker(number)}" for number in numbers)

    def label(self, number: int) -> str:
        """A reference's own number: where the markers lead, and a link back to the first of them."""
        target = f'<a name="reference-{number}"/>'
        shown = f"[{number}]"
        return target + (f'<a href="#cited-{number}" color="{_COLOUR}">{shown}</a>' if number in self.cited else shown)

    def _marker(self, number: int) -> str:
        target = "" if number in self.met else f'<a name="cited-{number}"/>'
        self.met.add(number)
        shown = f"[{number}]"
        if number not in self.listed:
            return target + shown
        return f'{target}<a href="#reference-{number}" color="{_COLOUR}">{shown}</a>'
