"""The suite: the same requests answered for every reader, beside the clinician's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from evals.audience.grades import TARGET
from evals.audience.measures import METRICS
from evals.audience.methods import Asking, Quoting, TermByTerm, Unchanged
from evals.audience.request import Request
from evals.audience.requests import load_requests
from evals.audience.wording import Label, Worded
from evals.baselines.plain import PlainPipeline
from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import SuiteReport
from evals.frame.sampling import sample
from evals.opened import open_desk, opened_model
from evals.options import Options
from ingest.documents import corpus_root
from rag.article.models import Audience
from rag.conversation import Desk
from rag.knowledge.library import Knowledge, load_knowledge

ABOUT = (
    "The same requests answered for a reviewer and for a patient, each beside the article for a clinician: what must "
    "not change, and how easy the patient's words are. No label is needed: the clinician's article is what the others "
    "must agree with, so this says nothing on whether it is right. "
    f"Grade {TARGET} is the most that the National Institutes of Health advise for patients (the American Medical "
    "Association: grade 6); the grade counts syllables and words, and knows nothing of what is understood. "
    f"`{NULL}` gives every reader the clinician's words, `{LEXICAL}` replaces each term of the vocabulary by its plain "
    f"words; both keep the rest by construction. `{PLAIN}` quotes passages, and has neither facts nor verdict. "
    "plain-words looks for the terms that the vocabulary has plain words for, and for no others."
)

Methods = Mapping[str, Callable[[Item[Label]], Worded]]


def run(options: Options) -> SuiteReport:
    """``options.data``: see ``load_requests``. Raises CorpusErrors for requests that cannot be used."""
    knowledge = load_knowledge(options.corpus or corpus_root())
    requests, remarks = load_requests("audience", options.data, knowledge)
    for remark in remarks:
        options.notice(remark)
    return measure(requests, compared(open_desk(options, knowledge), options), knowledge, options, remarks=remarks)


def compared(desk: Desk, options: Options) -> Methods:
    """The system first."""
    asking = Asking(desk)
    pipeline = PlainPipeline(desk.knowledge.documents, desk.searcher.index.encoder)
    found: dict[str, Callable[[Item[Label]], Worded]] = {
        SYSTEM: asking,
        NULL: Unchanged(asking),
        LEXICAL: TermByTerm(asking),
        PLAIN: Quoting(asking, pipeline),
    }
    model = opened_model(options)
    if model is not None:
        found[model.model.name] = Asking(replace(desk, model=model))
    return found


def measure(
    requests: Sequence[Request],
    methods: Methods,
    knowledge: Knowledge,
    options: Options,
    *,
    remarks: Sequence[str] = (),
) -> SuiteReport:
    """``options.limit``: requests at most. Nothing was tuned on them, so there are no halves."""
    chosen = sample(requests, options.limit, id_of=lambda request: request.name, seed=options.seed)
    items = [_item(request, audience, knowledge) for request in chosen for audience in _others()]
    return SuiteReport(
        suite="audience",
        title="Words for other readers",
        about=ABOUT,
        half=None,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=measure_all(items, methods, METRICS, seed=options.seed, progress=options.progress),
        notes=tuple(remarks),
    )


def _others() -> list[Audience]:
    return [audience for audience in Audience if audience is not Audience.CLINICIAN]


def _item(request: Request, audience: Audience, knowledge: Knowledge) -> Item[Label]:
    return Item(
        id=f"{request.name}/{audience}",
        text=request.question,
        label=Label(request, audience, knowledge),
        cluster=request.name,
        tags={"reader": (audience,)},
    )
