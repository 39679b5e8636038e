"""What a policy asks for, and how the record stands to it: two sentences, never one."""

from __future__ import annotations

from collections.abc import Iterable

from rag.article.draft import Cited, DraftClaim, check
from rag.article.material import Material
from rag.article.models import ClaimBasis
from rag.article.voice import voice_of
from rag.criteria.determination import CriterionResult, CriterionStatus, Determination, Status, Step

_OF_THE_REQUEST = frozenset({"procedure", "diagnosis"})


def main_rows(determination: Determination) -> list[CriterionResult]:
    """The rows of whole criteria that bear on the verdict: those that decide, and limits the record breaks."""
    whole = [row for row in determination.criteria if row.part_of is None]
    broken = [row for row in whole if row.decides == "when_raised" and row.status is CriterionStatus.NOT_MET]
    return [row for row in whole if row.decides == "always"] + broken


def parts_of(determination: Determination, row: CriterionResult) -> list[CriterionResult]:
    return [part for part in determination.criteria if part.part_of == row.id]


def alternatives_of(determination: Determination, row: CriterionResult) -> list[CriterionResult]:
    return [other for other in determination.criteria if other.alternative_to == row.id]


def turning_rows(material: Material, determination: Determination) -> list[CriterionResult]:
    """The criteria the verdict turns on: failed ones, and open ones that already lost a part; with their alternatives.

    Where there are none, one open criterion stands for them, rather one on what the record already speaks of.
    """
    rows = [row for row in main_rows(determination) if row.alternative_to is None]
    if determination.status is not Status.POLICY_CHECK:
        rows = [row for row in rows if row.basis != "unconfirmed"]
    turning = [row for row in rows if row.status is CriterionStatus.NOT_MET or _lost_a_part(determination, row)]
    if not turning:
        spoken_of = {_group(fact) for fact in material.values if _group(fact) not in _OF_THE_REQUEST}
        open_rows = [row for row in rows if row.status is CriterionStatus.NOT_DOCUMENTED]
        open_rows.sort(key=lambda row: not spoken_of & {_group(fact) for fact in row.facts})
        turning = open_rows[:1]
    return [one for row in turning for one in (row, *alternatives_of(determination, row))]


def _group(fact: str) -> str:
    return fact.split(".")[0]


def _lost_a_part(determination: Determination, row: CriterionResult) -> bool:
    if row.status is not CriterionStatus.NOT_DOCUMENTED:
        return False
    return any(part.status is CriterionStatus.NOT_MET for part in parts_of(determination, row))


def demand_claim(material: Material, determination: Determination, row: CriterionResult) -> DraftClaim:
    """The policy's demand, with its place in the digest."""
    unconfirmed = _unconfirmed(material, row)
    or_else = "accepts instead" if row.alternative_to else "asks for"
    return DraftClaim(
        text=f"{material.name(determination)} {or_else}: {row.label}{unconfirmed}.",
        basis=ClaimBasis.POLICY,
        sources=(_cited(determination, row),),
        criteria=(row.id,),
    )


def _unconfirmed(material: Material, row: CriterionResult) -> str:
    """A criterion nobody confirmed says so, and one that rests on a section nobody confirmed."""
    _, section = material.knowledge.section(row.source)
    return " (not confirmed here)" if "unconfirmed" in (row.basis, section.basis) else ""


def _cited(determination: Determination, row: CriterionResult) -> Cited:
    return Cited(row.source, row.quote, determination.version, determination.effective)


def part_claims(material: Material, determination: Determination, row: CriterionResult) -> list[DraftClaim]:
    """The parts that stand in a section of their own."""
    name = material.name(determination)
    return [
        DraftClaim(
            text=f"{name}, part of it: {part.label}{_unconfirmed(material, part)}.",
            basis=ClaimBasis.POLICY,
            sources=(_cited(determination, part),),
            criteria=(part.id,),
        )
        for part in parts_of(determination, row)
        if part.source != row.source
    ]


def finding_claim(material: Material, determination: Determination, row: CriterionResult) -> DraftClaim:
    """How the record stands to the demand, part by part."""
    parts = parts_of(determination, row)
    said = voice_of(material).finding(determination.record, row, parts)
    return check(said, row.id, *(part.id for part in parts))


def ways_to_meet(determination: Determination, facts: Iterable[str]) -> list[tuple[Step, ...]]:
    """The steps of each change that concern ``facts``; the same steps once."""
    wanted = set(facts)
    ways = (tuple(step for step in change.steps if step.fact in wanted) for change in determination.would_change)
    return list(dict.fromkeys(way for way in ways if way))


def change_claim(material: Material, determination: Determination, row: CriterionResult) -> DraftClaim | None:
    """What the record would have to show for this criterion or one of its alternatives."""
    rows = [row, *alternatives_of(determination, row)]
    facts = {fact for one in rows for fact in one.facts}
    ways = ways_to_meet(determination, facts)
    return check(voice_of(material).change(determination, row, ways), row.id) if ways else None
