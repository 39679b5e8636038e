"""``guideline-qa check``: load everything strictly, run every worked case, and say which criteria no case exercises."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import corpus_root
from ingest.errors import CorpusError, CorpusErrors
from rag.case.facts_file import read_facts
from rag.case.implied import with_implied
from rag.case.reader import read_case
from rag.case.values import resolve
from rag.criteria.decide import decide
from rag.criteria.determination import CriterionStatus, Determination
from rag.criteria.policy import Basis, Decides, Policy
from rag.criteria.rules import NotKnown, parts
from rag.knowledge.cases_file import CASES_NAME, WorkedCase, load_cases
from rag.knowledge.library import Knowledge, load_knowledge

Exercised = dict[str, set[CriterionStatus]]


@dataclass(frozen=True)
class Report:
    """Every fault found, and how much was looked at."""

    faults: tuple[CorpusError, ...]
    documents: int = 0
    policies: int = 0
    criteria: int = 0
    cases: int = 0


def check_corpus(root: Path | None = None) -> Report:
    """Check the corpus at ``root``. Loading faults come alone: cases run only on a corpus that loads."""
    root = root or corpus_root()
    try:
        knowledge = load_knowledge(root)
        _ = knowledge.guard_rules, knowledge.follow_up_rules, knowledge.conflicts
    except CorpusErrors as found:
        return Report(found.errors)
    except CorpusError as error:
        return Report((error,))
    faults: list[CorpusError] = []
    ran = 0
    for policy in knowledge.policies.values():
        found_faults, cases = check_policy_cases(knowledge, policy)
        faults += found_faults
        ran += cases
    criteria = sum(len(v.criteria) for p in knowledge.policies.values() for v in p.versions)
    return Report(tuple(faults), len(knowledge.documents), len(knowledge.policies), criteria, ran)


def check_policy_cases(knowledge: Knowledge, policy: Policy) -> tuple[list[CorpusError], int]:
    """Faults of one policy's cases, and their number."""
    file = knowledge.root / "policies" / policy.id / CASES_NAME
    try:
        loaded = load_cases(knowledge.root, policy.id)
    except CorpusErrors as found:
        return list(found.errors), 0
    except CorpusError as error:
        return [error], 0
    if loaded is None:
        if policy.family:
            return [], 0
        return [CorpusError(file, 0, "the policy has no worked cases", "Write cases.yaml")], 0
    faults: list[CorpusError] = []
    exercised: Exercised = defaultdict(set)
    for case in loaded[0]:
        faults += _run(knowledge, policy, case, file, exercised)
    if not policy.family:
        faults += _unexercised(policy, exercised, file)
    return faults, len(loaded[0])


def run_case(knowledge: Knowledge, policy: Policy, case: WorkedCase) -> Determination:
    """Decide one worked case, from its facts or by reading its text."""
    if case.text is not None:
        given = read_case(case.text, knowledge=knowledge)
    else:
        given = with_implied(read_facts(case.facts, knowledge.vocabulary), knowledge.codes, knowledge.vocabulary)
    values = resolve(given, knowledge.vocabulary)
    return decide(policy, values, case.on, record=case.record)


def _run(knowledge: Knowledge, policy: Policy, case: WorkedCase, file: Path, exercised: Exercised) -> list[CorpusError]:
    try:
        determination = run_case(knowledge, policy, case)
    except ValueError as error:
        return [CorpusError(file, case.line, f"{case.name!r}: {error}", "Correct the facts")]
    rows = {row.id: row.status for row in determination.criteria}
    for criterion, status in rows.items():
        exercised[criterion].add(status)
    wrong = [
        f"{criterion} is {rows.get(criterion, 'no criterion')}, expected {expected}"
        for criterion, expected in case.expect.criteria.items()
        if rows.get(criterion) != expected
    ]
    if case.expect.status and determination.status != case.expect.status:
        wrong.insert(0, f"the status is {determination.status}, expected {case.expect.status}")
    return [
        CorpusError(file, case.line, f"{case.name!r}: {problem}", "Correct the case or the criterion")
        for problem in wrong
    ]


def _unexercised(policy: Policy, exercised: Exercised, file: Path) -> list[CorpusError]:
    faults = []
    for version in policy.versions:
        for criterion in version.criteria:
            if criterion.basis is Basis.UNCONFIRMED or criterion.decides is Decides.NEVER:
                continue
            if isinstance(criterion.rule, NotKnown):
                continue
            for row in (criterion.id, *(f"{criterion.id}.{part.name}" for part in parts(criterion.rule))):
                absent = {CriterionStatus.MET, CriterionStatus.NOT_MET} - exercised[row]
                for status in sorted(absent):
                    problem = f"no case has {row} {status}"
                    faults.append(CorpusError(file, 0, problem, "Add a case that expects it"))
    return list({str(fault): fault for fault in faults}.values())


def main() -> int:
    report = check_corpus()
    for fault in report.faults:
        print(fault)
    print(
        f"{len(report.faults)} faults in {report.documents} documents, {report.policies} policies, "
        f"{report.criteria} criteria, {report.cases} cases"
    )
    return 1 if report.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
