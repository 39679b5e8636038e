"""What to ask next, and what is missing, the most decisive first."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

from rag.article.material import Material
from rag.article.template.policy_claims import turning_rows
from rag.article.voice import voice_of
from rag.article.wording import join
from rag.criteria.determination import Determination

_SHOWN = 7


def missing_by_weight(material: Material) -> list[tuple[str, list[Determination]]]:
    """Missing facts with the determinations that ask for them.

    First those on which most verdicts turn, then those that stand early in the lists of most policies.
    """
    turning: Counter[str] = Counter()
    early: dict[str, Fraction] = defaultdict(Fraction)
    asking: dict[str, list[Determination]] = {}
    for determination in material.decided:
        on = {fact for row in turning_rows(material, determination) for fact in row.facts}
        for rank, missing in enumerate(determination.missing, start=1):
            turning[missing.fact] += missing.fact in on
            early[missing.fact] += Fraction(1, rank)
            asking.setdefault(missing.fact, []).append(determination)
    order = material.knowledge.vocabulary.order
    ranked = sorted(asking, key=lambda fact: (-turning[fact], -early[fact], order[fact]))
    return [(fact, asking[fact]) for fact in ranked]


def follow_ups(material: Material) -> tuple[str, ...]:
    """The payer first when none is named, then the state, contradictions, and the facts that would move the verdict."""
    asked: list[str] = []
    voice = voice_of(material)
    if material.payer is None and len(material.decided) != 1:
        known = join(sorted({material.knowledge.policies[d.policy_id].payer_name for d in material.decided}), "or")
        asked.append(voice.ask_payer(known))
    family = next((d for d in material.decided if d.differences or _is_family(material, d)), None)
    if family is not None and material.state is None:
        payer = material.knowledge.policies[family.policy_id].payer_name
        asked.append(voice.ask_state(payer))
    asked += [voice.ask_conflict(conflict.fact, conflict.question) for conflict in material.conflicts]
    questions = [voice.question(fact) for fact, _ in missing_by_weight(material)]
    return tuple(dict.fromkeys([*asked, *questions[:_SHOWN]]))


def _is_family(material: Material, determination: Determination) -> bool:
    return any(policy.family == determination.policy_id for policy in material.knowledge.policies.values())
