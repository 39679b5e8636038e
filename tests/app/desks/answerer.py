"""A server's worker without the server: answers again and again while its desks look after changes.

Arguments: corpus, home, policy; `words` for an encoder without a model. Prints one line of JSON per answer, until
its input ends.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import date
from pathlib import Path

from app.desks.desks import Desks
from rag.article.models import Answer
from rag.chain import ask
from rag.conversation import Desk
from rag.options import AskOptions
from tests.conftest import WordEncoder

QUESTION = "Is 62321 medically necessary for radiculopathy (M54.12) after a cervical ESI with minimal relief?"


def answer(desk: Desk, policy: str, question: str = QUESTION) -> Answer:
    options = AskOptions(on=date(2026, 6, 1), policy=policy)
    return ask(question, options=options, knowledge=desk.knowledge, searcher=desk.searcher)


def shown(found: Answer) -> dict[str, object]:
    references = [(r.document_id, r.anchor, r.start, r.end, r.quote) for r in found.references]
    return {"corpus": found.provenance.corpus_hash, "index": found.provenance.index_hash, "references": references}


def main(corpus: str, home: str, policy: str, encoder: str) -> None:
    desks = Desks(Path(corpus), None, Path(home), encoder=WordEncoder() if encoder == "words" else None)
    desks.open()
    desks.start()
    ended = threading.Event()

    def wait_for_the_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_the_end, daemon=True).start()
    while not ended.is_set():
        print(json.dumps(shown(answer(desks.of("acme").desk, policy))), flush=True)
    desks.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
