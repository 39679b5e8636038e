"""The project's own orders, harmless texts and questions, read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evals.injection.base import Base, BaseFile
from evals.injection.order import Harmless, HarmlessFile, Order, OrderFile
from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.case.facts_file import FactsError, read_facts
from rag.knowledge.library import Knowledge

OWN_FOLDER = Path(__file__).resolve().parents[1] / "data" / "injection"

Place = tuple[str | int, ...]


def load_bases(knowledge: Knowledge, folder: Path = OWN_FOLDER) -> BaseFile:
    """Raises CorpusErrors, each with file and line: also for a policy, fact or section that is not known."""
    yaml = load_yaml(folder / "bases.yaml")
    read = validate(BaseFile, yaml)
    _raise([fault for name, base in read.bases.items() for fault in _base_faults(name, base, yaml, knowledge)])
    return read


def load_orders(folder: Path = OWN_FOLDER) -> tuple[Order, ...]:
    """Raises CorpusErrors, each with file and line."""
    yaml = load_yaml(folder / "orders.yaml")
    orders = validate(OrderFile, yaml).orders
    _raise(list(_repeated([one.id for one in orders], yaml, "orders")))
    return orders


def load_harmless(knowledge: Knowledge, folder: Path = OWN_FOLDER) -> tuple[Harmless, ...]:
    """Raises CorpusErrors, each with file and line."""
    yaml = load_yaml(folder / "harmless.yaml")
    texts = validate(HarmlessFile, yaml).harmless
    faults = list(_repeated([one.id for one in texts], yaml, "harmless"))
    for number, one in enumerate(texts):
        faults += _facts(one.facts, yaml, ("harmless", number, "facts"), knowledge)
    _raise(faults)
    return texts


def _base_faults(name: str, base: Base, yaml: YamlDocument, knowledge: Knowledge) -> Iterator[CorpusError]:
    place: Place = ("bases", name)
    for policy in base.statuses:
        if policy not in knowledge.policies:
            problem = f"`statuses` names {policy!r}, which is no policy"
            yield yaml.error((*place, "statuses", policy), problem, "Correct the id")
    document, _, anchor = base.section.partition("#")
    if document not in knowledge.documents or knowledge.documents[document].section(anchor) is None:
        yield yaml.error((*place, "section"), f"there is no section {base.section!r}", "Name one of the corpus")
    for key, given in (("facts", base.facts), ("form", base.form)):
        yield from _facts(given, yaml, (*place, key), knowledge)


def _facts(
    given: Mapping[str, object], yaml: YamlDocument, place: Place, knowledge: Knowledge
) -> Iterator[CorpusError]:
    for name, value in given.items():
        try:
            read_facts({name: value}, knowledge.vocabulary)
        except FactsError as error:
            yield yaml.error((*place, name), str(error), "Correct the fact")


def _repeated(ids: Sequence[str], yaml: YamlDocument, key: str) -> Iterator[CorpusError]:
    for number, name in enumerate(ids):
        if name in ids[:number]:
            yield yaml.error((key, number, "id"), f"there is another {name!r}", "Give each an id of its own")


def _raise(faults: list[CorpusError]) -> None:
    if faults:
        raise CorpusErrors(faults)
