"""Policies from ``corpus/policies/*/criteria.yaml``, joined with their documents, the vocabulary and each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ingest.documents import Document
from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.criteria.policy import Basis, Criterion, Difference, Exception_, Policy, Version, Window
from rag.criteria.rules import Rule, RuleError
from rag.knowledge.criteria_file import RawCriterion, RawException, RawPolicy, RawVersion
from rag.knowledge.payers import Payer
from rag.knowledge.policy_checks import check_policy
from rag.knowledge.rule_reader import absolute, anchored, read_rule
from rag.knowledge.vocabulary import Vocabulary

CRITERIA_NAME = "criteria.yaml"

Place = list[str | int]


@dataclass(frozen=True)
class Source:
    """One criteria file: its data, and the places of its keys for error messages."""

    id: str
    raw: RawPolicy
    yaml: YamlDocument


def load_policies(
    root: Path, documents: Mapping[str, Document], vocabulary: Vocabulary, payers: Mapping[str, Payer]
) -> dict[str, Policy]:
    """All policies by id. Raises ``CorpusErrors`` with every fault found."""
    sources, errors = _read_all(root)
    builder = _Builder(sources, documents, vocabulary, payers)
    policies: dict[str, Policy] = {}
    for source in sources.values():
        try:
            policies[source.id] = builder.build(source)
            errors += check_policy(policies[source.id], source.raw, source.yaml, documents)
        except CorpusErrors as found:
            errors += found.errors
        except CorpusError as error:
            errors.append(error)
    if errors:
        raise CorpusErrors(dict.fromkeys(errors))
    return _with_families(policies)


def _read_all(root: Path) -> tuple[dict[str, Source], list[CorpusError]]:
    sources: dict[str, Source] = {}
    errors: list[CorpusError] = []
    for file in sorted((root / "policies").glob(f"*/{CRITERIA_NAME}")):
        try:
            document = load_yaml(file)
            sources[file.parent.name] = Source(file.parent.name, validate(RawPolicy, document), document)
        except CorpusErrors as found:
            errors += found.errors
        except CorpusError as error:
            errors.append(error)
    return sources, errors


def _with_families(policies: dict[str, Policy]) -> dict[str, Policy]:
    """A family's row shows the differences of its members."""
    joined = dict(policies)
    for member in policies.values():
        if member.family in joined:
            family = joined[member.family]
            joined[member.family] = replace(family, differences=family.differences + member.differences)
    return joined


class _Builder:
    def __init__(
        self,
        sources: Mapping[str, Source],
        documents: Mapping[str, Document],
        vocabulary: Vocabulary,
        payers: Mapping[str, Payer],
    ) -> None:
        self.sources = sources
        self.documents = documents
        self.vocabulary = vocabulary
        self.payers = payers

    def build(self, source: Source) -> Policy:
        raw = source.raw
        document = self.documents.get(source.id)
        if document is None:
            raise source.yaml.error([], "the policy has no document.md", "Write the digest its criteria cite")
        family = self.sources.get(raw.family or "")
        if raw.family and family is None:
            raise source.yaml.error(["family"], f"no policy {raw.family!r}", "Name a policy folder")
        payer = self.payers.get(raw.payer)
        if payer is None:
            known = ", ".join(self.payers)
            raise source.yaml.error(["payer"], f"unknown payer {raw.payer!r}", f"Use one of {known}")
        versions = [self._version(source, i) for i in range(len(raw.versions))]
        return Policy(
            id=source.id,
            title=document.title,
            payer=raw.payer,
            payer_name=payer.name,
            codes=frozenset(raw.codes or (family.raw.codes if family else ())),
            versions=tuple(sorted(versions, key=lambda v: v.window.start or date.min)),
            facts=dict(self.vocabulary.facts),
            states=raw.states,
            family=raw.family,
            differences=tuple(
                Difference(source.id, d.point, d.text, absolute(d.source, source.id)) for d in raw.differences
            ),
        )

    def _version(self, source: Source, index: int) -> Version:
        raw = source.raw.versions[index]
        return Version(
            version=raw.version,
            window=Window(raw.effective.start, raw.effective.end),
            complete=raw.complete,
            complete_note=raw.complete_note,
            criteria=tuple(self._criteria(source, index, ())),
        )

    def _criteria(self, source: Source, index: int, seen: tuple[tuple[str, int], ...]) -> list[Criterion]:
        """The version's criteria: those of the version it is like, replaced, added to and cut as it says."""
        raw = source.raw.versions[index]
        if (source.id, index) in seen:
            raise source.yaml.error(["versions", index, "like"], "versions are like each other in a circle", "Cut it")
        found = {c.id: c for c in self._like(source, index, (*seen, (source.id, index)))}
        for absent in raw.without:
            if found.pop(absent, None) is None:
                problem = f"no criterion {absent!r} to leave out"
                raise source.yaml.error(["versions", index, "without"], problem, f"Known: {', '.join(found)}")
        own: set[str] = set()
        for number, criterion in enumerate(raw.criteria):
            place: Place = ["versions", index, "criteria", number]
            if criterion.id in own:
                raise source.yaml.error(place, f"criterion {criterion.id!r} is repeated", "Keep one of the two")
            own.add(criterion.id)
            found[criterion.id] = self._criterion(source, place, criterion)
        return [self._as_confirmed(raw, criterion) for criterion in found.values()]

    def _like(self, source: Source, index: int, seen: tuple[tuple[str, int], ...]) -> list[Criterion]:
        like = source.raw.versions[index].like
        if like is None:
            return []
        policy_id, _, label = like.rpartition("@")
        other = self.sources.get(policy_id or source.id)
        labels = [version.version for version in other.raw.versions] if other else []
        if other is None or label not in labels:
            known = ", ".join(labels) if other else ", ".join(self.sources)
            problem = f"no version {like!r} to be like"
            raise source.yaml.error(["versions", index, "like"], problem, f"Known: {known}")
        return self._criteria(other, labels.index(label), seen)

    @staticmethod
    def _as_confirmed(raw: RawVersion, criterion: Criterion) -> Criterion:
        if raw.confirmed is None:
            return criterion
        confirmed = criterion.id in raw.confirmed.ids
        return replace(criterion, basis=raw.confirmed.basis if confirmed else Basis.UNCONFIRMED)

    def _criterion(self, source: Source, place: Place, raw: RawCriterion) -> Criterion:
        when, when_label = self._when(source, [*place, "when"], raw.when)
        return Criterion(
            id=raw.id,
            label=raw.label,
            source=absolute(raw.source, source.id),
            quote=raw.quote,
            basis=raw.basis or self._section_basis(source, raw),
            rule=_at(source, [*place, "rule"], lambda: read_rule(raw.rule, f"{raw.id}.rule")),
            when=when,
            when_label=when_label,
            decides=raw.decides,
            excludes=raw.excludes,
            alternative_to=raw.alternative_to,
            exception=self._exception(source, [*place, "exception"], raw.exception),
            note=raw.note,
        )

    def _section_basis(self, source: Source, raw: RawCriterion) -> Basis:
        document_id, _, anchor = absolute(raw.source, source.id).partition("#")
        document = self.documents.get(document_id)
        section = document.section(anchor) if document else None
        return Basis(section.basis) if section else Basis.UNCONFIRMED

    def _when(self, source: Source, place: Place, data: object) -> tuple[Rule | None, str | None]:
        if data is None:
            return None, None
        if isinstance(data, str) and "." not in data:
            condition = self.vocabulary.conditions.get(data)
            if condition is None:
                known = ", ".join(self.vocabulary.conditions)
                raise source.yaml.error(place, f"unknown condition {data!r}", f"Use a rule or one of {known}")
            return condition.rule, condition.label
        return _at(source, place, lambda: read_rule(data, "when")), None

    @staticmethod
    def _exception(source: Source, place: Place, raw: RawException | None) -> Exception_ | None:
        if raw is None:
            return None
        rule = _at(source, place, lambda: read_rule(raw.rule, "exception.rule"))
        quoted = absolute(raw.source, source.id) if raw.source else None
        return Exception_(label=raw.label, rule=rule, source=quoted, quote=raw.quote)


def _at(source: Source, place: Place, read: Callable[[], Rule]) -> Rule:
    """The rule, its parts citing documents by full id; a fault gets its file and line."""
    try:
        return anchored(read(), source.id)
    except RuleError as error:
        raise source.yaml.error(place, str(error), "See corpus/README.md, Rules") from None
