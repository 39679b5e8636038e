"""What a policy must hold to be trusted: sources that exist, quotes that occur, facts declared, dates without gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from ingest.documents import Document
from ingest.errors import CorpusError
from ingest.strict_yaml import YamlDocument
from rag.criteria.policy import Basis, Criterion, Decides, FactSpec, Policy, Version
from rag.criteria.rules import Compare, IsTrue, Leaf, Member, NotKnown, Rule, leaves, parts
from rag.criteria.values import UNITS, FactValueError, canonical_unit
from rag.knowledge.criteria_file import RawPolicy

Place = list[str | int]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def check_policy(
    policy: Policy,
    raw: RawPolicy,
    yaml: YamlDocument,
    documents: Mapping[str, Document],
) -> list[CorpusError]:
    """Every fault of one policy, each at the line it stands on."""
    checks = _Checks(policy, raw, yaml, documents)
    return [*checks.dates(), *checks.shape(), *checks.criteria(), *checks.differences()]


class _Checks:
    def __init__(self, policy: Policy, raw: RawPolicy, yaml: YamlDocument, documents: Mapping[str, Document]) -> None:
        self.policy = policy
        self.raw = raw
        self.yaml = yaml
        self.documents = documents

    def shape(self) -> Iterator[CorpusError]:
        if not self.policy.codes:
            yield self.yaml.error(["codes"], "the policy governs no procedure code", "List its codes")
        for index, version in enumerate(self.raw.versions):
            if not version.complete and not version.complete_note:
                place: Place = ["versions", index, "complete"]
                yield self.yaml.error(place, "complete: false says nothing to the reader", "Add a complete_note")

    def dates(self) -> Iterator[CorpusError]:
        for earlier, later in pairwise(self.policy.versions):
            place = self._place(later, None)
            if earlier.window.end is None or later.window.start is None:
                problem = f"{earlier.version!r} and {later.version!r} overlap: a window between versions is open"
                yield self.yaml.error(place, problem, "Close the earlier window with `to`")
                continue
            gap = (later.window.start - earlier.window.end).days
            if gap != 1:
                kind = "overlap" if gap < 1 else "leave a gap"
                day = earlier.window.end + timedelta(days=1)
                problem = f"{earlier.version!r} and {later.version!r} {kind}"
                yield self.yaml.error(place, problem, f"Let the later one begin on {day}")
        for version in self.policy.versions:
            if (version.window.start or date.min) > (version.window.end or date.max):
                problem = f"{version.version!r} ends before it begins"
                yield self.yaml.error(self._place(version, None), problem, "Correct `effective`")

    def criteria(self) -> Iterator[CorpusError]:
        for version in self.policy.versions:
            known = {criterion.id: criterion for criterion in version.criteria}
            if not known:
                yield self.yaml.error(self._place(version, None), "a version without criteria", "Write them")
            for criterion in version.criteria:
                place = self._place(version, criterion)
                yield from self._quotes(criterion, place)
                yield from self._rules(criterion, known, place)
                yield from self._relations(criterion, known, place)

    def differences(self) -> Iterator[CorpusError]:
        for index, difference in enumerate(self.policy.differences):
            if self._section(difference.source) is None:
                place: Place = ["differences", index, "source"]
                yield self.yaml.error(place, f"no section {difference.source}", "Name an anchor that exists")

    def _quotes(self, criterion: Criterion, place: Place) -> Iterator[CorpusError]:
        quoted = [(criterion.source, criterion.quote)]
        quoted += [(p.source or criterion.source, p.quote or criterion.quote) for p in parts(criterion.rule)]
        if criterion.exception:
            exception = criterion.exception
            quoted.append((exception.source or criterion.source, exception.quote or criterion.quote))
        labelled = [(criterion.source, criterion.label)]
        labelled += [(part.source or criterion.source, part.label) for part in parts(criterion.rule)]
        for source, label in labelled:
            absent = set(_NUMBER.findall(label)) - set(_NUMBER.findall(self._section(source) or label))
            if absent:
                problem = f"{criterion.id}: the number {min(absent)} of the label {label!r} does not stand in {source}"
                yield self.yaml.error(place, problem, "Give the section the number, or take it out of the label")
        for source, quote in dict.fromkeys(quoted):
            text = self._section(source)
            if text is None:
                yield self.yaml.error(place, f"{criterion.id}: no section {source}", "Name an anchor that exists")
            elif quote not in text:
                problem = f"{criterion.id}: the quote {quote!r} does not occur in {source}"
                yield self.yaml.error(place, problem, "Quote words of that section, letter by letter")

    def _section(self, source: str) -> str | None:
        document_id, _, anchor = source.partition("#")
        document = self.documents.get(document_id)
        section = document.section(anchor) if document else None
        return section.text if section else None

    def _rules(self, criterion: Criterion, known: Mapping[str, Criterion], place: Place) -> Iterator[CorpusError]:
        rules: list[Rule] = [criterion.rule]
        rules += [criterion.when] if criterion.when else []
        rules += [criterion.exception.rule] if criterion.exception else []
        for rule in rules:
            for leaf in leaves(rule):
                if problem := leaf_problem(leaf, self.policy.facts):
                    yield self.yaml.error(place, f"{criterion.id}: {problem}", "See corpus/vocabulary.yaml")
        if isinstance(criterion.rule, NotKnown) and criterion.basis is not Basis.UNCONFIRMED:
            problem = f"{criterion.id} has no rule but basis {criterion.basis}"
            yield self.yaml.error(place, problem, "Write the rule, or basis: unconfirmed")
        taken = {f"{criterion.id}.{part.name}" for part in parts(criterion.rule)} & known.keys()
        for row in sorted(taken):
            yield self.yaml.error(place, f"{row} is a part and a criterion of its own", "Rename one of the two")
        names = [part.name for part in parts(criterion.rule)]
        for name in {name for name in names if names.count(name) > 1}:
            yield self.yaml.error(place, f"{criterion.id}: part {name!r} is repeated", "Name each part once")

    def _relations(self, criterion: Criterion, known: Mapping[str, Criterion], place: Place) -> Iterator[CorpusError]:
        if criterion.alternative_to is None:
            return
        main = known.get(criterion.alternative_to)
        if main is None or main.alternative_to is not None:
            problem = f"{criterion.id} is an alternative to {criterion.alternative_to!r}, which is no main criterion"
            yield self.yaml.error(place, problem, f"Name one of {', '.join(known)}")
        elif not criterion.decides is main.decides is Decides.ALWAYS:
            problem = f"{criterion.id} and {main.id} are alternatives but do not both decide always"
            yield self.yaml.error(place, problem, "Give both decides: always")

    def _place(self, version: Version, criterion: Criterion | None) -> Place:
        """Where the criterion stands in this file; the version's line when it is taken over from another."""
        index = next(i for i, raw in enumerate(self.raw.versions) if raw.version == version.version)
        if criterion is not None:
            for number, own in enumerate(self.raw.versions[index].criteria):
                if own.id == criterion.id:
                    return ["versions", index, "criteria", number]
        return ["versions", index]


def leaf_problem(leaf: Leaf, facts: Mapping[str, FactSpec]) -> str:
    """What is wrong with a leaf: an undeclared fact, a form, unit or choice that does not fit. Empty: nothing."""
    spec = facts.get(leaf.fact)
    if spec is None:
        return f"the fact {leaf.fact!r} is not declared"
    match leaf:
        case IsTrue():
            return "" if spec.type == "boolean" else f"{leaf.fact} is a {spec.type}; compare it"
        case Compare(_, _, _, unit):
            if spec.type not in UNITS:
                return f"{leaf.fact} is a {spec.type} and cannot be compared with a number"
            if not unit:
                return f"{leaf}: write the unit" if spec.type in ("percent", "duration") else ""
            try:
                canonical_unit(unit, spec.type)
            except FactValueError as error:
                return f"{leaf}: {error}"
            return ""
        case Member(_, options):
            if spec.type not in ("choice", "codes"):
                return f"{leaf.fact} is a {spec.type}, not a choice"
            strange = [option for option in options if spec.type == "choice" and option not in spec.choices]
            return f"{leaf.fact} has no choice {strange[0]!r}; choices: {', '.join(spec.choices)}" if strange else ""
