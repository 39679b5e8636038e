"""The four tools: each takes its arguments and the sources, and gives what the command of that name prints."""

from __future__ import annotations

from anyio.from_thread import check_cancelled

from app.decisions import Asked, decide_case
from app.given import given_text
from app.mcp.arguments import AskArguments, DecideArguments, PoliciesArguments, SearchArguments
from app.mcp.results import Decisions, Found, Outcome, Policies
from app.mcp.sources import Sources
from app.options import today
from app.passages_found import passages_found
from app.policy_view import detail, detail_blocks, list_blocks, summary
from app.search_view import hit_blocks
from app.sources import labels_of
from app.written import written
from rag.article.determination_blocks import determination_blocks
from rag.article.markdown import answer_markdown, blocks_markdown
from rag.case.facts_file import read_facts
from rag.chain import Request
from rag.knowledge.selection import select_policies
from rag.options import AskOptions

NOTHING_FOUND = "Nothing in the corpus is near enough to this query to be cited.\n"


def ask(given: AskArguments, sources: Sources) -> Outcome:
    text = _text(given.question, what="question")
    facts = None if given.facts is None else read_facts(given.facts, sources.knowledge().vocabulary)
    model = sources.model()
    knowledge, searcher = sources.searcher()
    options = AskOptions(
        on=given.on or today(),
        payer=given.payer,
        policy=given.policy,
        state=given.state,
        record=given.record,
        audience=given.audience,
        facts=facts,
    )

    def notice(message: str) -> None:
        check_cancelled()  # between two sections: nobody waits for the others any more
        sources.reporter.notice(message)

    answer = written(Request(text, options, model), knowledge=knowledge, searcher=searcher, notice=notice)
    return Outcome(answer, answer_markdown(answer, labels=labels_of(knowledge)))


def decide(given: DecideArguments, sources: Sources) -> Outcome:
    knowledge = sources.knowledge()
    asked = Asked(
        on=given.on or today(), payer=given.payer, policy=given.policy, state=given.state, record=given.record
    )
    found = decide_case(read_facts(given.facts, knowledge.vocabulary), asked, knowledge)
    blocks = determination_blocks(found, labels_of(knowledge))
    return Outcome(Decisions(determinations=found), blocks_markdown(blocks))


def search(given: SearchArguments, sources: Sources) -> Outcome:
    text = _text(given.query, what="query")
    _, searcher = sources.searcher()
    filters = {"code": given.code, "payer": given.payer, "region": given.region, "kind": given.kind}
    hits = passages_found(searcher, text, filters=filters, on=given.on, k=given.k)
    return Outcome(Found(hits=tuple(hits)), blocks_markdown(hit_blocks(hits)) if hits else NOTHING_FOUND)


def policies(given: PoliciesArguments, sources: Sources) -> Outcome:
    knowledge = sources.knowledge()
    if given.policy is None:
        listed = tuple(summary(policy, knowledge.documents[policy.id]) for policy in knowledge.policies.values())
        return Outcome(Policies(policies=listed), blocks_markdown(list_blocks(listed)))
    (policy,) = select_policies(knowledge, policy=given.policy or "?")
    shown = detail(policy, knowledge.documents[policy.id])
    return Outcome(Policies(policies=(shown.policy,), detail=shown), blocks_markdown(detail_blocks(shown)))


def _text(given: str, *, what: str) -> str:
    """As a command reads its text; the line break keeps a lone ``-`` from naming stdin, which is the protocol's."""
    return given_text(given + "\n", what=what)
