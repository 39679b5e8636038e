"""Payers and the names people give them (``payers.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import load_yaml, validate

PAYERS_NAME = "payers.yaml"


@dataclass(frozen=True)
class Payer:
    """``aliases`` are further names as people write them; case does not matter."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, self.id, *self.aliases)


class _RawPayer(CorpusModel):
    id: str
    name: str
    aliases: tuple[str, ...] = ()


class _RawPayers(CorpusModel):
    payers: tuple[_RawPayer, ...]


def load_payers(corpus: Path) -> dict[str, Payer]:
    """Payers by id, in the order of the file. Raises ``CorpusErrors`` for repeated ids and shared names."""
    document = load_yaml(corpus / PAYERS_NAME)
    raw = validate(_RawPayers, document)
    payers: dict[str, Payer] = {}
    named: dict[str, str] = {}
    errors: list[CorpusError] = []
    for place, item in enumerate(raw.payers):
        payer = Payer(item.id, item.name, item.aliases)
        if payer.id in payers:
            problem = f"payer {payer.id!r} is declared twice"
            errors.append(document.error(["payers", place], problem, "Keep one of the two"))
        for name in payer.names:
            owner = named.setdefault(name.casefold(), payer.id)
            if owner != payer.id:
                problem = f"the name {name!r} belongs to {owner!r} and to {payer.id!r}"
                errors.append(document.error(["payers", place], problem, "Keep the name with one payer"))
        payers[payer.id] = payer
    if errors:
        raise CorpusErrors(errors)
    return payers
