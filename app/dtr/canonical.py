"""Names of a policy's questionnaires on the web, and the policy that such a name speaks of.

FHIR R4, "References, canonical": an address that never changes, with ``|`` and the version behind it, and no white
space in it. The address of a policy's form is that of the API's route, which takes what stands behind ``|`` as the
parameter ``version``. A shorter form is made for one record and not kept: at its address there is nothing to fetch.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.criteria.policy import Policy, Version
from rag.knowledge.library import Knowledge

_OURS = re.compile(r"/v1/policies/(?P<policy>[^/?|#]+)/questionnaire(?:\?[^|#]*)?(?:\|(?P<version>.+))?$")


@dataclass(frozen=True)
class FormName:
    """Of a form of the policy. ``written``: behind ``|``; ``version``: the one that names, None if it is not known."""

    policy: Policy
    written: str | None
    version: Version | None


def form_url(policy_id: str, base_url: str) -> str:
    """The form with every question of the policy."""
    return f"{base_url.rstrip('/')}/v1/policies/{policy_id}/questionnaire"


def shorter_form_url(policy_id: str, base_url: str, facts: Iterable[str]) -> str:
    """A form with these questions only: content that differs needs a name that differs, the same one every time."""
    digest = hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()[:12]
    return f"{form_url(policy_id, base_url)}?missing={digest}"


def form_version(version: Version) -> str:
    """The policy version as one word: a canonical reference holds no white space."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", version.version).strip("-")


def canonical(policy: Policy, version: Version, base_url: str) -> str:
    return f"{form_url(policy.id, base_url)}|{form_version(version)}"


def version_called(policy: Policy, form: str | None) -> Version | None:
    """The policy version whose form has this version; None where there is none."""
    return next((version for version in policy.versions if form_version(version) == form), None)


def policy_of_form(name: str, knowledge: Knowledge) -> FormName | None:
    """What a canonical reference names; None for a form that is not ours."""
    found = _OURS.search(name)
    policy = knowledge.policies.get(found["policy"]) if found else None
    if found is None or policy is None:
        return None
    return FormName(policy, found["version"], version_called(policy, found["version"]))


def choice_system(fact_id: str, base_url: str) -> str:
    """The code system of a fact's choices: the published vocabulary, by the fact."""
    return f"{base_url.rstrip('/')}/v1/vocabulary/{fact_id}"
