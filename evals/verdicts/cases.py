"""The labelled cases, read strictly: a slip of the pen is no failure of the system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from evals.labelled_facts import Place, fact_faults
from evals.verdicts.case import Sentence, VerdictCase
from evals.verdicts.case_file import CaseFile, Note, Statements, Table, TableRow
from ingest.errors import CorpusError, CorpusErrors
from ingest.strict_yaml import YamlDocument, load_yaml, validate
from rag.errors import UserError
from rag.knowledge.library import Knowledge

OWN_FOLDER = Path(__file__).resolve().parents[1] / "data" / "verdicts"


def load_cases(knowledge: Knowledge, folder: Path = OWN_FOLDER) -> tuple[VerdictCase, ...]:
    """All cases, file by file in order of name. Raises CorpusErrors, each with file and line; UserError for none."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise UserError(f"There are no cases (*.yaml) in {folder}. Put them back, or name a folder that has some.")
    found: list[VerdictCase] = []
    faults: list[CorpusError] = []
    for file in files:
        try:
            found.extend(read_cases(file, knowledge))
        except CorpusErrors as errors:
            faults.extend(errors.errors)
        except CorpusError as error:
            faults.append(error)
    if faults:
        raise CorpusErrors(faults)
    return tuple(found)


def read_cases(file: Path, knowledge: Knowledge) -> tuple[VerdictCase, ...]:
    """The cases of one file. Raises CorpusError, CorpusErrors."""
    yaml = load_yaml(file)
    cases = validate(CaseFile, yaml)
    faults = list(_faults(cases, yaml, knowledge))
    if faults:
        raise CorpusErrors(faults)
    rows = [_row(cases, table, row) for table in cases.tables for row in table.rows]
    return (*rows, *(_note(cases, note) for note in cases.notes))


def _row(cases: CaseFile, table: Table, row: TableRow) -> VerdictCase:
    base = cases.bases[table.base]
    stated = {name: one for name, one in {**base, **row.set}.items() if name not in row.without}
    group = f"{cases.policy}/{table.name}"
    sentences = _sentences(stated)
    return VerdictCase(
        id=f"{group}/{row.name}",
        group=group,
        policy=cases.policy,
        on=row.on or cases.on,
        status=row.status,
        because=table.because,
        text=" ".join(sentence.words for sentence in sentences),
        facts={sentence.fact: sentence.value for sentence in sentences},
        sentences=sentences,
        left_out=_sentences({name: base[name] for name in row.without if name in base}),
    )


def _sentences(stated: Statements) -> tuple[Sentence, ...]:
    return tuple(Sentence(name, one.value, one.words) for name, one in stated.items())


def _note(cases: CaseFile, note: Note) -> VerdictCase:
    group = f"{cases.policy}/{note.name}"
    return VerdictCase(
        id=group,
        group=group,
        policy=cases.policy,
        on=note.on or cases.on,
        status=note.status,
        because=note.because,
        text=note.text,
        facts=note.facts,
    )


def _faults(cases: CaseFile, yaml: YamlDocument, knowledge: Knowledge) -> Iterator[CorpusError]:
    if cases.policy not in knowledge.policies:
        yield yaml.error(("policy",), f"there is no policy {cases.policy!r}", "Correct the name")
    yield from _repeated(cases, yaml)
    for name, base in cases.bases.items():
        yield from fact_faults(_given(base), yaml, ("bases", name), knowledge)
    for number, table in enumerate(cases.tables):
        yield from _table_faults(cases, table, yaml, ("tables", number), knowledge)
    for number, note in enumerate(cases.notes):
        yield from fact_faults(note.facts, yaml, ("notes", number, "facts"), knowledge)


def _table_faults(
    cases: CaseFile, table: Table, yaml: YamlDocument, place: Place, knowledge: Knowledge
) -> Iterator[CorpusError]:
    if table.base not in cases.bases:
        yield yaml.error((*place, "base"), f"there is no base {table.base!r}", f"Bases: {', '.join(cases.bases)}")
        return
    for number, row in enumerate(table.rows):
        yield from fact_faults(_given(row.set), yaml, (*place, "rows", number, "set"), knowledge)
        for name in row.without:
            if name not in cases.bases[table.base]:
                problem = f"the row takes out {name!r}, which its base does not hold"
                yield yaml.error((*place, "rows", number), problem, "Correct the name of the fact")


def _repeated(cases: CaseFile, yaml: YamlDocument) -> Iterator[CorpusError]:
    """Each at the place where the name comes again."""
    named: list[tuple[Place, str]] = [(("tables", number), table.name) for number, table in enumerate(cases.tables)]
    named += [(("notes", number), note.name) for number, note in enumerate(cases.notes)]
    for place, name in _again(named):
        yield yaml.error(place, f"{name!r} names several tables or notes", "Give each a name of its own")
    for number, table in enumerate(cases.tables):
        for place, name in _again([(("tables", number, "rows", at), row.name) for at, row in enumerate(table.rows)]):
            yield yaml.error(place, f"{name!r} names several rows", "Give each a name of its own")


def _again(named: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, name in named:
        if name in seen:
            yield place, name
        seen.add(name)


def _given(stated: Statements) -> Mapping[str, object]:
    return {name: one.value for name, one in stated.items()}
