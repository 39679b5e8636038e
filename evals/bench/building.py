"""The index: its first build, a second run with nothing to do, and a run after one document was edited."""

import json
import re
import shutil
from pathlib import Path

from evals.bench.bench import Bench, Runs, guideline_qa, peak, wall
from evals.bench.figures import Samples, Section, section
from evals.bench.process import BenchError, Run
from ingest.documents import load_documents

FIRST = "first ingest: export and embed"
AGAIN = "ingest, nothing changed"
EDITED = "ingest, one document edited"


def measure(bench: Bench) -> Section:
    """Each repeat begins with an empty cache. A copy of the corpus is edited, never the corpus."""
    corpus = bench.folder / "corpus"
    shutil.copytree(bench.corpus, corpus)
    document = middle_document(corpus)
    runs: Runs = {FIRST: [], AGAIN: [], EDITED: []}
    for number in range(1, bench.repeats + 1):
        runner = bench.runner_with(bench.folder / f"home-{number}")
        for name, found in runs.items():
            bench.say(f"{name}: {number} of {bench.repeats}")
            if name == EDITED:
                edit(document, number)
            found.append(runner.run(guideline_qa(name, "ingest", "--format", "json", "--corpus", str(corpus))))
    samples = [figure(name, found) for figure in (wall, peak, _embedded) for name, found in runs.items()]
    return section("Index", samples)


def middle_document(corpus: Path) -> Path:
    """The file of the document that is neither long nor short: the middle one by number of sections."""
    documents = sorted(load_documents(corpus).values(), key=lambda document: (len(document.sections), document.id))
    return documents[len(documents) // 2].file


def edit(document: Path, number: int) -> None:
    """Give it a new title: every passage of it, and no other, has to be embedded again. Raises BenchError."""
    text = document.read_text(encoding="utf-8")
    edited, replaced = re.subn(r"^title:.*$", f'title: "Edition {number} of a document"', text, count=1, flags=re.M)
    if not replaced:
        raise BenchError(f"{document} has no `title:` line to edit. Run `guideline-qa check` on the corpus.")
    document.write_text(edited, encoding="utf-8")


def _embedded(name: str, runs: list[Run]) -> Samples:
    return Samples(name, "embedded", "count", tuple(float(json.loads(run.output)["embedded"]) for run in runs))
