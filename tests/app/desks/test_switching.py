"""Two processes answer without a pause while a third edits the corpus and brings the index in step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ingest.documents import Document, corpus_hash, load_documents
from tests.app.desks.corpora import few_documents, revise, spoil, the_policy

ROOT = Path(__file__).parents[3]
INGEST = (
    "import sys; from pathlib import Path; from ingest.index import open_index; from tests.conftest import WordEncoder;"
    "open_index(Path(sys.argv[1]), encoder=WordEncoder())"
)
LONGEST_SECONDS = 60


@contextmanager
def answering(corpus: Path, environment: dict[str, str], out: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.app.desks.answerer", str(corpus), str(out.parent / "data")]
    command += [the_policy(corpus), "words"]
    with (
        out.open("w") as lines,
        out.with_suffix(".err").open("w") as errors,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=lines, stderr=errors, text=True, env=environment, cwd=ROOT
        ) as child,
    ):
        try:
            yield
        except BaseException:
            child.kill()
            raise
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(LONGEST_SECONDS) == 0


def lines_of(file: Path) -> list[str]:
    return file.read_text().split("\n")[:-1] if file.exists() else []


def wait_for(hash_: str, *outs: Path) -> float:
    """Seconds until both answer from the corpus of this hash."""
    started = time.monotonic()
    while not all(hash_ in (lines_of(out) or [""])[-1] for out in outs):
        told = [out.with_suffix(".err").read_text() for out in outs]
        assert time.monotonic() - started < LONGEST_SECONDS, told
        assert "Traceback" not in "".join(told), told
        time.sleep(0.05)
    return time.monotonic() - started


def assert_stands_in(line: str, corpora: Mapping[str, Mapping[str, Document]]) -> str:
    found = json.loads(line)
    documents = corpora[found["corpus"]]
    assert found["references"]
    for document_id, anchor, start, end, quote in found["references"]:
        section = documents[document_id].section(anchor)
        assert section is not None
        assert section.text[start:end] == quote
    return str(found["corpus"])


def test_no_answer_fails_or_mixes_two_states_of_the_corpus_while_a_third_process_changes_it(tmp_path: Path) -> None:
    corpus = few_documents(tmp_path / "corpus")
    environment = os.environ | {"GUIDELINE_QA_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)}
    corpora = {corpus_hash(corpus): load_documents(corpus)}
    outs = (tmp_path / "one.jsonl", tmp_path / "two.jsonl")
    with answering(corpus, environment, outs[0]), answering(corpus, environment, outs[1]):
        wait_for(corpus_hash(corpus), *outs)
        for words in ("Revised once.", "Revised a second time."):
            revise(corpus, words)
            corpora[corpus_hash(corpus)] = load_documents(corpus)
            subprocess.run([sys.executable, "-c", INGEST, str(corpus)], env=environment, cwd=ROOT, check=True)
            wait_for(corpus_hash(corpus), *outs)
        last = corpus_hash(corpus)
        spoil(corpus)
        time.sleep(3)
    for out in outs:
        hashes = [assert_stands_in(line, corpora) for line in lines_of(out)]
        assert list(dict.fromkeys(hashes)) == list(corpora)
        assert hashes[-1] == last
        assert "Traceback" not in out.with_suffix(".err").read_text()
    (index,) = (tmp_path / "cache" / "index").iterdir()
    assert len(list(index.glob("store-*"))) <= 3
