"""Which policies a request is decided under: by name, by payer and state, or all of them."""

from __future__ import annotations

from collections.abc import Iterable

from rag.criteria.policy import Policy
from rag.errors import UnknownName, UserError
from rag.knowledge.library import Knowledge
from rag.knowledge.payers import Payer


def find_payer(knowledge: Knowledge, name: str) -> Payer:
    """The payer called ``name`` (id, name or alias; case does not matter). Raises ``UnknownName``."""
    wanted = name.strip().casefold()
    for payer in knowledge.payers.values():
        if wanted in {known.casefold() for known in payer.names}:
            return payer
    raise UnknownName("payer", name, [f"{payer.id} ({payer.name})" for payer in knowledge.payers.values()])


def select_policies(
    knowledge: Knowledge, *, payer: str | None = None, policy: str | None = None, state: str | None = None
) -> tuple[Policy, ...]:
    """The policies to decide, in order of id.

    A family stands for its members until a state picks one of them; members decide only then, or when named.
    Raises ``UnknownName`` and, for a state no member of the payer's families serves, ``UserError``.
    """
    if policy:
        return (_named(knowledge, policy, payer),)
    found = [p for p in knowledge.policies.values() if payer is None or p.payer == find_payer(knowledge, payer).id]
    return tuple(sorted(_one_per_family(found, state), key=lambda p: p.id))


def _named(knowledge: Knowledge, policy: str, payer: str | None) -> Policy:
    found = knowledge.policies.get(policy.strip().lower())
    if found is None:
        raise UnknownName("policy", policy, sorted(knowledge.policies))
    if payer and find_payer(knowledge, payer).id != found.payer:
        raise UserError(
            f"The policy {found.id} belongs to {found.payer_name}, not to {payer!r}. Leave one of them out."
        )
    return found


def _one_per_family(policies: Iterable[Policy], state: str | None) -> list[Policy]:
    policies = list(policies)
    families = {p.family for p in policies if p.family}
    kept = [p for p in policies if p.family is None and p.id not in families and _serves(p, state)]
    for family in sorted(families):
        members = [p for p in policies if p.family == family and state and state.upper() in p.states]
        kept += members or [p for p in policies if p.id == family]
    return kept


def _serves(policy: Policy, state: str | None) -> bool:
    """A policy without a list of states serves all of them."""
    return not state or not policy.states or state.upper() in policy.states


def check_state(knowledge: Knowledge, state: str) -> str:
    """The state's code in capitals. Raises ``UnknownName`` when no policy here names it."""
    known = sorted({code for policy in knowledge.policies.values() for code in policy.states})
    if state.strip().upper() not in known:
        raise UnknownName("state", state, known)
    return state.strip().upper()
