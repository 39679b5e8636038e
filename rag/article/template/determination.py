"""The article on a determination."""

from __future__ import annotations

from collections import Counter

from rag.article import plan
from rag.article.draft import Draft, DraftClaim, DraftSection, check
from rag.article.material import Material
from rag.article.template.case_claims import conflict_claims, record_claims
from rag.article.template.limits import limitations
from rag.article.template.passage_claims import passage_claims, said_once
from rag.article.template.policy_claims import (
    change_claim,
    demand_claim,
    finding_claim,
    main_rows,
    part_claims,
    turning_rows,
)
from rag.article.template.questions import follow_ups, missing_by_weight
from rag.article.verdict import by_status, make_verdict, requested, status_of_policies
from rag.article.voice import voice_of
from rag.criteria.determination import CriterionStatus, Determination, Status

_SHOWN_MISSING = 12


def write_determination(material: Material) -> Draft:
    """Sections in the order of the answer's contract."""
    second = plan.second_part(make_verdict(material).status)
    bodies = (
        (plan.DETERMINATION, _determination(material)),
        (second, _second(second, material)),
        (plan.RATIONALE, _rationale(material)),
        (plan.ALTERNATIVES, passage_claims(material.passages.get(plan.ALTERNATIVES.id, ()))),
        (plan.SAFETY, passage_claims(material.passages.get(plan.SAFETY.id, ()))),
        (plan.PITFALLS, _pitfalls(material)),
        (plan.KEY_DETERMINANT, _key_determinant(material)),
    )
    audience = material.audience
    sections = tuple(DraftSection(part.id, part.heading_for(audience), claims) for part, claims in said_once(bodies))
    return Draft(sections, follow_ups(material), limitations(material))


def _determination(material: Material) -> list[DraftClaim]:
    what = requested(material)
    claims = [check(make_verdict(material).headline)]
    if len(material.decided) > 1:
        for group in by_status(material.decided):
            turning = (row.id for determination in group for row in turning_rows(material, determination))
            claims.append(check(status_of_policies(material, group, what), *turning))
    if material.set_aside:
        claims.append(check(voice_of(material).set_aside(material.set_aside)))
    return claims


def _second(part: plan.Part, material: Material) -> list[DraftClaim]:
    if part is plan.MISSING:
        return _missing(material)
    return _satisfied(material) if part is plan.SATISFIED else _deficiencies(material)


def _deficiencies(material: Material) -> list[DraftClaim]:
    claims: list[DraftClaim] = []
    for determination in material.decided:
        for row in main_rows(determination):
            if row.status is CriterionStatus.NOT_MET:
                claims += [demand_claim(material, determination, row), finding_claim(material, determination, row)]
    return claims


def _satisfied(material: Material) -> list[DraftClaim]:
    claims: list[DraftClaim] = []
    for determination in material.decided:
        met = [row for row in main_rows(determination) if row.status is CriterionStatus.MET]
        claims += [demand_claim(material, determination, row) for row in met]
        claims.append(check(voice_of(material).all_met(determination, met), *(row.id for row in met)))
    return claims


def _missing(material: Material) -> list[DraftClaim]:
    ordered, voice = missing_by_weight(material), voice_of(material)
    claims = []
    for fact, asking in ordered[:_SHOWN_MISSING]:
        criteria = tuple(dict.fromkeys(row for d in asking for m in d.missing if m.fact == fact for row in m.criteria))
        claims.append(check(voice.missing(fact, asking, criteria), *criteria))
    if rest := [fact for fact, _ in ordered[_SHOWN_MISSING:]]:
        claims.append(check(voice.also_missing(rest)))
    failing = [d for d in material.decided if d.status in (Status.NOT_MET, Status.NOT_COVERED)]
    for determination in failing:
        rows = [row for row in turning_rows(material, determination) if row.status is CriterionStatus.NOT_MET]
        claims.append(check(voice.already_fails(determination, rows), *(row.id for row in rows)))
    return claims


def _rationale(material: Material) -> list[DraftClaim]:
    claims = [*record_claims(material), *conflict_claims(material)]
    for determination in material.decided:
        for row in turning_rows(material, determination):
            claims.append(demand_claim(material, determination, row))
            claims += part_claims(material, determination, row)
            claims.append(finding_claim(material, determination, row))
    return claims + passage_claims(material.passages.get(plan.RATIONALE.id, ()))


def _pitfalls(material: Material) -> list[DraftClaim]:
    return [*_distinctions(material), *passage_claims(material.passages.get(plan.PITFALLS.id, ()))]


def _distinctions(material: Material) -> list[DraftClaim]:
    """A fact on the record that is easily taken for another one, which is not."""
    return [
        check(voice_of(material).distinction(item))
        for item in material.knowledge.vocabulary.distinctions
        if material.values.get(item.shown) is True and item.not_shown not in material.values
    ]


def _key_determinant(material: Material) -> list[DraftClaim]:
    """The facts the turning criteria of most policies ask about, and what would settle each policy."""
    counted: Counter[str] = Counter()
    for determination in material.decided:
        facts = {fact for row in turning_rows(material, determination) for fact in row.facts}
        counted.update({f: 1 for f in facts if f not in material.values or _failed(determination, f)})
    claims, voice = [], voice_of(material)
    if counted:
        most = max(counted.values())
        order = material.knowledge.vocabulary.order
        key = sorted((fact for fact, count in counted.items() if count == most), key=lambda fact: order[fact])[:2]
        claims.append(check(voice.turns_on(key, most)))
    for determination in material.decided:
        for row in turning_rows(material, determination):
            change = change_claim(material, determination, row) if row.alternative_to is None else None
            if change is not None:
                claims.append(change)
    if not claims:
        claims.append(check(voice.nothing_open(dict.fromkeys(d.status for d in material.decided))))
    return claims


def _failed(determination: Determination, fact: str) -> bool:
    return any(row.status is CriterionStatus.NOT_MET and fact in row.facts for row in determination.criteria)
