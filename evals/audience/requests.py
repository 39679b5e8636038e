"""Files of requests, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals.audience.request import Request, RequestFile
from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.case.facts_file import FactsError
from rag.errors import UserError
from rag.knowledge.library import Knowledge
from rag.knowledge.selection import check_state, find_payer

DATA = Path(__file__).resolve().parents[1] / "data"


def load_requests(suite: str, data: Path | None, knowledge: Knowledge) -> tuple[tuple[Request, ...], tuple[str, ...]]:
    """The requests (``*.yaml``) of ``data/SUITE``, else of ``data``, else the project's own, with a remark on that.

    Raises CorpusErrors, each with file and line.
    """
    for folder in (data / suite, data) if data else ():
        if files := sorted(folder.glob("*.yaml")):
            return read_requests(files, knowledge), ()
    remarks = (f"{data} holds no requests (*.yaml); the project's own are asked.",) if data else ()
    return read_requests(sorted((DATA / suite).glob("*.yaml")), knowledge), remarks


def read_requests(files: list[Path], knowledge: Knowledge) -> tuple[Request, ...]:
    """In the order of the files. A name counts once over all of them."""
    found: dict[str, Request] = {}
    faults: list[CorpusError] = []
    for file in files:
        try:
            yaml = load_yaml(file)
            for number, request in enumerate(validate(RequestFile, yaml).requests):
                faults.extend(_faults(request, yaml, number, knowledge, taken=request.name in found))
                found[request.name] = request
        except CorpusErrors as errors:
            faults.extend(errors.errors)
        except CorpusError as error:
            faults.append(error)
    if faults:
        raise CorpusErrors(faults)
    return tuple(found.values())


def _faults(
    request: Request, yaml: YamlDocument, number: int, knowledge: Knowledge, *, taken: bool
) -> Iterator[CorpusError]:
    def fault(key: str, problem: str) -> CorpusError:
        return yaml.error(("requests", number, key), problem, "Correct the value")

    if taken:
        yield fault("name", f"there is another request {request.name!r}")
    if request.policy is not None and request.policy not in knowledge.policies:
        yield fault("policy", f"`policy` names {request.policy!r}, which is not known")
    for key, check in (("payer", find_payer), ("state", check_state)):
        try:
            if (name := getattr(request, key)) is not None:
                check(knowledge, name)
        except UserError as error:
            yield fault(key, str(error))
    try:
        request.options(knowledge)
    except FactsError as error:
        yield fault("facts", str(error))
