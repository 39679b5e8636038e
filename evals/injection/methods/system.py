"""The system as users have it, with nothing planted and with something planted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evals.frame.metric import Item
from evals.injection.corpora import all_flagged, planted_corpus
from evals.injection.methods.obeying import Listening, Obeying, stands_in
from evals.injection.planted import Planted
from evals.injection.seen import Pair, Seen, seen_of
from ingest.encoder import Encoder
from ingest.index import open_index
from rag.case.facts_file import read_facts
from rag.chain import ask
from rag.knowledge.library import Knowledge, load_knowledge
from rag.model.options import ModelOptions
from rag.options import AskOptions
from rag.retrieval.searcher import Searcher


@dataclass(frozen=True)
class System:
    """``model``: words the articles; without one the template does, and where the writer is to obey, one that does."""

    knowledge: Knowledge
    searcher: Searcher
    encoder: Encoder
    model: ModelOptions | None = None
    _clean: dict[str, Seen] = field(default_factory=dict)

    def __call__(self, item: Item[Planted]) -> Pair:
        planted = item.label
        if planted.base_name not in self._clean:
            self._clean[planted.base_name] = self._asked(planted.clean_text, planted, self.model)
        return Pair(self._clean[planted.base_name], self._with(planted))

    def _with(self, planted: Planted) -> Seen:
        if planted.in_corpus:
            return self._in_corpus(planted)
        if planted.place == "model":
            return self._worded(planted)
        return self._asked(planted.text, planted, self.model)

    def _worded(self, planted: Planted) -> Seen:
        order = planted.order
        assert order is not None and order.demanded is not None  # the loader saw to it
        heard = Listening(self.model.model if self.model else Obeying(order.demanded))
        seen = self._asked(planted.text, planted, replace(self.model or ModelOptions(heard), model=heard))
        return replace(seen, shown=stands_in(order.text, heard.prompts))

    def _in_corpus(self, planted: Planted) -> Seen:
        with planted_corpus(planted, self.knowledge.root) as corpus:
            knowledge = load_knowledge(corpus.root, lazy=True)
            index = open_index(
                corpus.root,
                encoder=self.encoder,
                directory=corpus.root.parent / "index",
                documents=knowledge.documents,
            )
            there = replace(self, knowledge=knowledge, searcher=Searcher(index))
            seen = there._asked(planted.clean_text, planted, self.model)
            return replace(seen, flagged=all_flagged(corpus.sources, dict(knowledge.documents)))

    def _asked(self, text: str, planted: Planted, model: ModelOptions | None) -> Seen:
        form = planted.base.form
        facts = read_facts(form, self.knowledge.vocabulary) if form else None
        options = AskOptions(on=planted.on, facts=facts)
        answer = ask(text, options=options, knowledge=self.knowledge, searcher=self.searcher, model=model)
        return seen_of(answer)
