"""``guideline-qa ask``: a question in, a cited article with a verdict out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from app.model_options import (
    ModelOption,
    ModelSecondsOption,
    ModelTokensOption,
    RecordOption,
    ReplayOption,
    TrustLocalOption,
)
from app.options import (
    ClosedOption,
    CorpusOption,
    DateOption,
    Format,
    FormatOption,
    PayerOption,
    PolicyOption,
    StateOption,
    today,
)


class Reader(StrEnum):
    """For whom the article is written; the values of ``rag.article.models.Audience``."""

    CLINICIAN = "clinician"
    REVIEWER = "reviewer"
    PATIENT = "patient"


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question in plain words; - reads stdin.")],
    payer: PayerOption = None,
    policy: PolicyOption = None,
    state: StateOption = None,
    date: DateOption = None,
    audience: Annotated[Reader, typer.Option("--audience", help="Changes words, never facts.")] = Reader.CLINICIAN,
    closed_record: ClosedOption = False,
    facts: Annotated[
        str | None, typer.Option("--facts", metavar="FILE", help="Facts beside the question, JSON or YAML; - is stdin.")
    ] = None,
    model: ModelOption = None,
    model_tokens: ModelTokensOption = 30_000,
    model_seconds: ModelSecondsOption = 300,
    record: RecordOption = None,
    replay: ReplayOption = None,
    trust_local_model: TrustLocalOption = False,
    output: FormatOption = Format.TEXT,
    corpus: CorpusOption = None,
) -> None:
    """Answer a question with a cited article.

    Code decides the verdict under each policy; a model, if named, only words what the guards let pass.
    """
    from app.given import STDIN, given_facts, given_text
    from rag.errors import UserError

    if question == STDIN == facts:
        raise UserError("Question and facts cannot both come from stdin. Give one of them as an argument or a file.")
    text = given_text(question, what="question")

    from app.model_options import given_model
    from app.output import print_json, print_result
    from app.progress import Reporter
    from app.sources import labels_of, open_searcher
    from app.written import written
    from rag.article.models import Audience
    from rag.chain import Request
    from rag.criteria.determination import Record
    from rag.knowledge.library import load_knowledge
    from rag.options import AskOptions

    knowledge = load_knowledge(corpus, lazy=True)
    options = AskOptions(
        payer=payer,
        policy=policy,
        state=state,
        on=date or today(),
        record=Record.CLOSED if closed_record else Record.OPEN,
        audience=Audience(audience.value),
        facts=given_facts(facts, knowledge.vocabulary) if facts else None,
    )
    language_model = given_model(
        model,
        tokens=model_tokens,
        seconds=model_seconds,
        record=record,
        replay=replay,
        trust_local=trust_local_model,
    )
    with Reporter() as reporter:
        searcher = open_searcher(knowledge, reporter)
        request = Request(text, options, language_model)
        answer = written(request, knowledge=knowledge, searcher=searcher, notice=reporter.notice)
    if output is Format.JSON:
        print_json(answer.model_dump_json(indent=2))
        return
    from rag.article.layout import answer_blocks

    print_result(answer_blocks(answer, labels_of(knowledge)), output=output)
