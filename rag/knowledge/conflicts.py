"""The points of ``conflicts.yaml``, read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from ingest.documents import Document, Region
from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel, Effective, Text
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.criteria.rules import Rule, RuleError, leaves
from rag.knowledge.codes import CodeBook
from rag.knowledge.conflict import APPROACH_FACT, Conflict, Side
from rag.knowledge.policy_checks import leaf_problem
from rag.knowledge.rule_reader import read_rule
from rag.knowledge.vocabulary import Vocabulary

CONFLICTS_NAME = "conflicts.yaml"
_ALWAYS = Effective(start=None, end=None)

Place = list[str | int]


class _RawSide(CorpusModel):
    source: Text
    quote: Text
    says: Text
    effective: Effective = _ALWAYS


class _RawConflict(CorpusModel):
    id: Text
    point: Text
    family: Text
    regions: tuple[Region, ...] = ()
    approaches: tuple[Text, ...] = ()
    when: object = None
    unless: object = None
    sides: tuple[_RawSide, ...] = Field(min_length=2)


class _RawConflicts(CorpusModel):
    conflicts: tuple[_RawConflict, ...]


def load_conflicts(
    corpus: Path, documents: Mapping[str, Document], vocabulary: Vocabulary, codes: CodeBook
) -> tuple[Conflict, ...]:
    """Read ``corpus/conflicts.yaml``. Raises ``CorpusErrors`` with every fault, each with its line and remedy."""
    document = load_yaml(corpus / CONFLICTS_NAME)
    reader = _Reader(document, documents, vocabulary, codes)
    conflicts = tuple(reader.conflict(raw, i) for i, raw in enumerate(validate(_RawConflicts, document).conflicts))
    if reader.errors:
        raise CorpusErrors(reader.errors)
    return conflicts


class _Reader:
    def __init__(
        self, yaml: YamlDocument, documents: Mapping[str, Document], vocabulary: Vocabulary, codes: CodeBook
    ) -> None:
        self._yaml = yaml
        self._documents = documents
        self._vocabulary = vocabulary
        self._codes = codes
        self._seen: set[str] = set()
        self.errors: list[CorpusError] = []

    def conflict(self, raw: _RawConflict, number: int) -> Conflict:
        """The conflict without what is faulty in it; the faults are in ``errors``."""
        place: Place = ["conflicts", number]
        sides = tuple(self._sides(raw, place))
        self._check(raw, sides, place)
        return Conflict(
            id=raw.id,
            point=raw.point,
            family=raw.family,
            regions=frozenset(raw.regions),
            approaches=frozenset(raw.approaches),
            when=self._rule(raw.when, [*place, "when"]),
            unless=self._rule(raw.unless, [*place, "unless"]),
            sides=sides,
        )

    def _check(self, raw: _RawConflict, sides: tuple[Side, ...], place: Place) -> None:
        if raw.id in self._seen:
            self._fault([*place, "id"], f"conflict {raw.id!r} is repeated", "Give each its own id")
        self._seen.add(raw.id)
        if raw.family not in self._codes.families:
            self._fault([*place, "family"], f"no procedure family {raw.family!r}", "Name a family of codes.yaml")
        known = self._vocabulary.choices.get(APPROACH_FACT, ())
        for strange in sorted(set(raw.approaches) - set(known)):
            self._fault([*place, "approaches"], f"no approach {strange!r}", f"Use one of {', '.join(known)}")
        if len(sides) == len(raw.sides) and len({side.is_policy for side in sides}) == 1:
            problem = f"the sides of {raw.id!r} are all policies, or none is one"
            self._fault([*place, "sides"], problem, "Add a side of the other kind, or take the conflict out")

    def _sides(self, raw: _RawConflict, place: Place) -> Iterator[Side]:
        for number, item in enumerate(raw.sides):
            side_place: Place = [*place, "sides", number]
            document_id, _, anchor = item.source.partition("#")
            document = self._documents.get(document_id)
            section = document.section(anchor) if document else None
            if document is None or section is None:
                remedy = "Name document-id#anchor of the corpus"
                self._fault([*side_place, "source"], f"no section {item.source}", remedy)
            elif item.quote not in section.text:
                problem = f"the quote {item.quote!r} does not occur in {item.source}"
                self._fault([*side_place, "quote"], problem, "Quote words of that section, letter by letter")
            else:
                start = section.text.index(item.quote)
                yield Side(document, section, item.quote, start, item.says, item.effective)

    def _rule(self, data: object, place: Place) -> Rule | None:
        if data is None:
            return None
        try:
            rule = read_rule(data, str(place[-1]))
        except RuleError as error:
            self._fault(place, str(error), "See corpus/README.md, Rules")
            return None
        problems = [problem for leaf in leaves(rule) if (problem := leaf_problem(leaf, self._vocabulary.facts))]
        for problem in problems:
            self._fault(place, problem, "See corpus/vocabulary.yaml")
        return None if problems else rule

    def _fault(self, place: Place, problem: str, remedy: str) -> None:
        self.errors.append(self._yaml.error(place, problem, remedy))
