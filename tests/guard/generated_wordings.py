"""Sentences put together from parts: statuses of a request, and what documents say in general."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

SUBJECTS = """
    The injection
    This request
    The repeat
    A second epidural
    The patient's case
    The claim
    Another injection
    The procedure
    It
    She
    Your injection
    The interlaminar approach
""".strip().splitlines()
VERBS = """
    is approved
    is covered
    is medically necessary
    is justified
    is warranted
    is appropriate
    meets the criteria
    satisfies the policy
    qualifies
    fails the test
    is denied
    is not medically necessary
    should proceed
    falls short of the threshold
    passes
    deserves approval
    is reasonable
""".strip().splitlines()
HEDGES = ["", "probably", "most likely", "on balance", "in all likelihood", "clearly"]
PAYERS = ["", "under Aetna", "under Medicare's LCD", "for Carelon", "according to the policy"]

SOURCES = """
    Aetna
    Medicare
    Carelon
    The LCD
    The bulletin
    UnitedHealthcare
    The policy
    Text A of eviCore
""".strip().splitlines()
DEMANDS = """
    asks for at least 50 % relief
    requires imaging that agrees with the findings
    considers further injections medically necessary only after two of three improvements
    covers a further injection when improvement lasted three months
    limits injections to four per region in twelve months
    does not cover injections for non-specific low back pain
    regards ultrasound guidance as experimental
    bars injections when they are contraindicated
    wants at least six weeks of conservative care
    allows one level in a session
    excludes a series of three injections
    counts a lower use of medication as improvement
""".strip().splitlines()
ADDED = ["", " and names the interval between injections", ", according to secondary accounts"]
STUDIES = """
    The AAN review
    The trial
    The BMJ panel
    The guideline
    NICE
    The American College of Physicians
""".strip().splitlines()
FINDINGS = """
    finds that epidural steroids reduce pain in the short term
    recommends against injections for chronic pain
    grades the evidence as low
    reports no difference between the groups
    gives no rule on repeating injections
    advises conservative care before injections
""".strip().splitlines()


def statuses() -> Iterator[str]:
    for subject, verb, hedge, payer in product(SUBJECTS, VERBS, HEDGES, PAYERS):
        yield " ".join(part for part in (subject.strip(), hedge, verb.strip(), payer) if part) + "."


def generalities() -> Iterator[str]:
    for source, demand, added in product(SOURCES, DEMANDS, ADDED):
        yield f"{source.strip()} {demand.strip()}{added}."
    for study, finding in product(STUDIES, FINDINGS):
        yield f"{study.strip()} {finding.strip()}."
