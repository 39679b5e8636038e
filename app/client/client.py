"""The client: questions, cases and determinations here, the other resources under their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import Unpack

import httpx

from app.api.models.answers import BatchItem, BatchOut, CaseOut, DeterminationsOut, SearchOut
from app.api.models.corpus import FactOut, FactsOut, PayerOut, PayersOut
from app.api.negotiation import MARKDOWN, PDF
from app.client.choosing import Choosing
from app.client.documents import Documents
from app.client.events import answer_events
from app.client.forms import CdsServices, Questionnaires
from app.client.policies import Policies
from app.client.retrying import Retries
from app.client.reviews import Reviews
from app.client.server import Server
from app.client.threads import Threads
from app.client.transport import Transport, export_of, given
from rag.article.exports import Export
from rag.article.models import Answer, Audience
from rag.criteria.determination import Determination
from rag.events import SectionDone
from rag.retrieval.searcher import Hit

#: Seconds of silence; a language model may take its time for an answer.
TIMEOUT = 300.0
CONNECT_TIMEOUT = 10.0


class Client:
    """A caller of the API at ``base_url`` (such as ``http://127.0.0.1:8000``), with its API key or bearer token.

    Every method raises ``ApiProblem`` for what the server refuses and ``httpx.TransportError`` where it cannot be
    reached. Reads by GET, and writes under the idempotency key that each gets, are sent again as ``retries`` says
    when the connection breaks or the server is busy (429, 503); nothing else is. Close it, or use it in ``with``.

    Client and server are of one version: a field the models do not know is an error.
    """

    def __init__(
        self,
        base_url: str,
        key: str | None = None,
        *,
        timeout: float = TIMEOUT,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """``timeout``: seconds of silence; ``transport``: of httpx, for a proxy or certificates of your own."""
        self._http = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(timeout, connect=min(timeout, CONNECT_TIMEOUT)),
            transport=transport,
        )
        self._sender = Transport(self._http, retries or Retries())
        self.policies = Policies(self._sender)
        self.documents = Documents(self._sender)
        self.threads = Threads(self._sender)
        self.reviews = Reviews(self._sender)
        self.questionnaires = Questionnaires(self._sender)
        self.cds_services = CdsServices(self._sender)
        self.server = Server(self._sender)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def ask(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        facts: Mapping[str, object] | None = None,
        **choosing: Unpack[Choosing],
    ) -> Answer:
        """A cited article. ``facts``: values by fact id beside those the question states."""
        return self._sender.post(
            Answer, "/v1/answers", given(question=question, audience=audience, facts=facts, **choosing)
        )

    def ask_stream(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        facts: Mapping[str, object] | None = None,
        **choosing: Unpack[Choosing],
    ) -> Iterator[SectionDone | Answer]:
        """Each section as soon as it is checked, and the article last. Raises ``Unfinished`` where it breaks off."""
        body = given(question=question, audience=audience, facts=facts, **choosing)
        with self._sender.streamed("/v1/answers", body) as response:
            yield from answer_events(response)

    def ask_markdown(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        facts: Mapping[str, object] | None = None,
        **choosing: Unpack[Choosing],
    ) -> str:
        """The article as Markdown."""
        body = given(question=question, audience=audience, facts=facts, **choosing)
        return self._form(body, MARKDOWN).content.decode()

    def ask_pdf(
        self,
        question: str,
        *,
        audience: Audience | None = None,
        facts: Mapping[str, object] | None = None,
        **choosing: Unpack[Choosing],
    ) -> Export:
        """The article as a file; its name tells nothing of the record."""
        return self._form(given(question=question, audience=audience, facts=facts, **choosing), PDF)

    def read(self, text: str) -> CaseOut:
        """The facts a question or a note states, each with its words, and where they contradict each other."""
        return self._sender.post(CaseOut, "/v1/cases", given(text=text))

    def decide(self, facts: Mapping[str, object], **choosing: Unpack[Choosing]) -> tuple[Determination, ...]:
        """One determination for each policy that was chosen."""
        body = given(facts=facts, **choosing)
        return self._sender.post(DeterminationsOut, "/v1/determinations", body).determinations

    def decide_batch(self, requests: Sequence[BatchItem]) -> BatchOut:
        """At most 100; one that cannot be used has a problem in the place of its determinations."""
        body = {"requests": [request.model_dump(mode="json", exclude_unset=True) for request in requests]}
        return self._sender.post(BatchOut, "/v1/determinations/batch", body)

    def search(
        self,
        query: str,
        *,
        k: int | None = None,
        code: Sequence[str] = (),
        payer: Sequence[str] = (),
        region: Sequence[str] = (),
        kind: Sequence[str] = (),
        on: date | None = None,
    ) -> tuple[Hit, ...]:
        """Passages, best first; none where nothing is near enough to be cited."""
        body = given(query=query, k=k, code=code, payer=payer, region=region, kind=kind, on=on)
        return self._sender.post(SearchOut, "/v1/search", body).hits

    def vocabulary(self) -> tuple[FactOut, ...]:
        """The facts one may give, and how their values are written."""
        return self._sender.get(FactsOut, "/v1/vocabulary").facts

    def payers(self) -> tuple[PayerOut, ...]:
        return self._sender.get(PayersOut, "/v1/payers").payers

    def _form(self, body: object, media_type: str) -> Export:
        return export_of(self._sender.send("POST", "/v1/answers", body=body, headers={"Accept": media_type}, safe=True))
