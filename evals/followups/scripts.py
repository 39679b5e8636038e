"""The scripts: YAML files, read strictly, so that a slip of the pen is no failure of the conversation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.followups.script import BaseFile, ScriptedTurn, ScriptFile, Thread
from evals.followups.sections import SECTIONS
from evals.labelled_facts import Place, fact_faults
from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.errors import UserError
from rag.knowledge.library import Knowledge

OWN_FOLDER = Path(__file__).resolve().parents[1] / "data" / "followups"

#: Sets of facts the scripts share.
BASES = "bases.yaml"

Bases = Mapping[str, Mapping[str, Any]]


def scripts_folder(data: Path | None) -> tuple[Path, tuple[str, ...]]:
    """Where the scripts are: in ``data/followups``, else in ``data`` itself, else the project's own, with a remark."""
    if data is None:
        return OWN_FOLDER, ()
    for folder in (data / "followups", data):
        if any(file.name != BASES for file in folder.glob("*.yaml")):
            return folder, ()
    return OWN_FOLDER, (
        f"followups: no scripts (*.yaml) in {data} or its folder followups; the project's own are used.",
    )


def load_threads(knowledge: Knowledge, folder: Path = OWN_FOLDER) -> tuple[Thread, ...]:
    """All threads, file by file in order of name, with the facts of ``bases.yaml`` written out.

    Raises CorpusErrors, each with file and line; UserError where the folder holds no script.
    """
    files = [file for file in sorted(folder.glob("*.yaml")) if file.name != BASES]
    if not files:
        raise UserError(f"There are no scripts (*.yaml) in {folder}. Put them back, or name a folder that has some.")
    bases = _bases(folder / BASES, knowledge)
    found: dict[str, Thread] = {}
    faults: list[CorpusError] = []
    for file in files:
        try:
            for thread in _read(file, bases, knowledge, frozenset(found)):
                found[thread.name] = thread
        except CorpusErrors as errors:
            faults.extend(errors.errors)
        except CorpusError as error:
            faults.append(error)
    if faults:
        raise CorpusErrors(faults)
    return tuple(found.values())


def _bases(file: Path, knowledge: Knowledge) -> Bases:
    if not file.is_file():
        return {}
    yaml = load_yaml(file)
    bases = validate(BaseFile, yaml).bases
    faults = [fault for name, given in bases.items() for fault in fact_faults(given, yaml, ("bases", name), knowledge)]
    if faults:
        raise CorpusErrors(faults)
    return bases


def _read(file: Path, bases: Bases, knowledge: Knowledge, taken: frozenset[str]) -> tuple[Thread, ...]:
    yaml = load_yaml(file)
    threads = validate(ScriptFile, yaml).threads
    faults = [*_repeated(threads, yaml, taken)]
    for number, thread in enumerate(threads):
        for at, turn in enumerate(thread.turns):
            faults.extend(_faults(turn, yaml, ("threads", number, "turns", at), knowledge, bases))
    if faults:
        raise CorpusErrors(faults)
    return tuple(_filled(thread, bases) for thread in threads)


def _filled(thread: Thread, bases: Bases) -> Thread:
    """What a turn fills in itself goes before its base."""
    turns = [
        turn if turn.base is None else turn.model_copy(update={"fill": {**bases[turn.base], **(turn.fill or {})}})
        for turn in thread.turns
    ]
    return thread.model_copy(update={"turns": tuple(turns)})


def _repeated(threads: tuple[Thread, ...], yaml: YamlDocument, taken: frozenset[str]) -> Iterator[CorpusError]:
    seen = set(taken)
    for number, thread in enumerate(threads):
        if thread.name in seen:
            problem = f"there is another thread {thread.name!r}"
            yield yaml.error(("threads", number, "name"), problem, "Give each thread a name of its own")
        seen.add(thread.name)


def _faults(
    turn: ScriptedTurn, yaml: YamlDocument, place: Place, knowledge: Knowledge, bases: Bases
) -> Iterator[CorpusError]:
    yield from fact_faults(turn.facts, yaml, (*place, "facts"), knowledge)
    if not turn.fails:  # else it is meant to be wrong
        yield from fact_faults(turn.fill or {}, yaml, (*place, "fill"), knowledge)
    known: dict[str, tuple[Iterable[str], Collection[str]]] = {
        "base": ([turn.base] if turn.base else [], bases),
        "untouched": (turn.untouched, knowledge.vocabulary.facts),
        "asks": (turn.asks, knowledge.vocabulary.facts),
        "statuses": (turn.statuses, knowledge.policies),
        "payers": (turn.payers, knowledge.payers),
        "focus": (turn.focus, SECTIONS),
    }
    for key, (given, allowed) in known.items():
        for name in given:
            if name not in allowed:
                yield yaml.error((*place, key, name), f"`{key}` names {name!r}, which is not known", "Correct the name")
