"""The suite: the same requests in two fresh processes, which share nothing but the corpus."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial

from evals.audience.request import Request
from evals.audience.requests import load_requests
from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.metric import Item
from evals.frame.models import SuiteReport
from evals.frame.sampling import sample
from evals.opened import open_desk, opened_model
from evals.options import ModelChoice, Options
from evals.repeatability.measures import METRICS
from evals.repeatability.orders import Model, Orders
from evals.repeatability.surroundings import FIRST, SECOND, answers_in
from evals.repeatability.trace import Job, Repeats, Trace
from ingest.documents import corpus_root
from rag.knowledge.library import load_knowledge

ABOUT = (
    "The same requests answered in two fresh processes with other seeds of Python's hashes, in another order, locale, "
    "time zone and working folder; those with facts also with the facts in the reverse order. No label is needed: an "
    "answer is compared with itself, all of it but the time of its writing and, for a model, the seconds it took. One "
    "machine, one set of libraries: nothing is said of others. "
    f"`{NULL}` is one fixed article, the same by construction; `{PLAIN}` and `{LEXICAL}` read and decide nothing."
)

#: What is different about an answer, as the judgements name it.
ELSEWHERE, TURNED = "in another process", "with its facts in another order"

Ask = Callable[[Orders], dict[str, Trace]]


def run(options: Options) -> SuiteReport:
    """``options.data``: see ``load_requests``. Raises CorpusErrors for requests that cannot be used."""
    root = (options.corpus or corpus_root()).resolve()
    knowledge = load_knowledge(root)
    requests, remarks = load_requests("repeatability", options.data, knowledge)
    for remark in remarks:
        options.notice(remark)
    open_desk(options, knowledge)  # the index is built before, and not by one of the two
    model = opened_model(options)
    names = [SYSTEM, PLAIN, LEXICAL, *([model.model.name] if model else [])]
    processes = partial(answers_in, FIRST), partial(answers_in, SECOND)
    orders = Orders(corpus=root, jobs=(), model=_model(options.model))
    return measure(requests, names, processes, orders, options, remarks)


def measure(
    requests: Sequence[Request],
    names: Sequence[str],
    processes: tuple[Ask, Ask],
    orders: Orders,
    options: Options,
    remarks: Sequence[str] = (),
) -> SuiteReport:
    """``names``: the methods that answer, the system first. ``orders``: without jobs; those are added here.

    ``options.limit``: requests at most. Nothing is tuned, so there are no halves.
    """
    chosen = sample(requests, options.limit, id_of=lambda request: request.name, seed=options.seed)
    jobs = [jobs_of(chosen, names), shuffled(chosen, names, options.seed)]
    found = [
        _answers(ask, orders.model_copy(update={"jobs": part}), number, options)
        for number, (ask, part) in enumerate(zip(processes, jobs, strict=True))
    ]
    items = [Item(id=request.name, text=request.question, label=request) for request in chosen]
    return SuiteReport(
        suite="repeatability",
        title="Repeatability",
        about=ABOUT,
        half=None,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=measure_all(items, _methods(names, found), METRICS, seed=options.seed),
        notes=tuple(remarks),
    )


def jobs_of(requests: Sequence[Request], names: Sequence[str]) -> tuple[Job, ...]:
    return tuple(Job(method=name, request=request) for name in names for request in requests)


def shuffled(requests: Sequence[Request], names: Sequence[str], seed: int) -> tuple[Job, ...]:
    """The same in an order drawn by lot, and with turned facts too, for methods that read facts at all."""
    reading = [name for name in names if name not in (PLAIN, LEXICAL)]
    turned = [Job(method=name, request=one, turned=True) for name in reading for one in requests if one.facts]
    jobs = [*jobs_of(requests, names), *turned]
    random.Random(seed).shuffle(jobs)
    return tuple(jobs)


def _answers(ask: Ask, orders: Orders, number: int, options: Options) -> dict[str, Trace]:
    options.progress(number, 2, "answering in fresh processes")
    found = ask(orders)
    options.progress(number + 1, 2, "answering in fresh processes")
    return found


def _methods(
    names: Sequence[str], found: Sequence[Mapping[str, Trace]]
) -> dict[str, Callable[[Item[Request]], Repeats]]:
    """The system first, then the null."""
    first, second = found

    def of(name: str) -> Callable[[Item[Request]], Repeats]:
        def repeats(item: Item[Request]) -> Repeats:
            plain, turned = (Job(method=name, request=item.label, turned=turned).key for turned in (False, True))
            others = {ELSEWHERE: second[plain]} | ({TURNED: second[turned]} if turned in second else {})
            return Repeats(first=first[plain], others=others)

        return repeats

    fixed = Trace(answer="one article", case="one article", determination="one article", passages="one article")
    null = Repeats(first=fixed, others={ELSEWHERE: fixed})
    return {SYSTEM: of(SYSTEM), NULL: lambda item: null} | {name: of(name) for name in names if name != SYSTEM}


def _model(choice: ModelChoice | None) -> Model | None:
    """With paths that mean the same in any folder."""
    if choice is None:
        return None
    model = Model.model_validate(asdict(choice))
    paths = {key: path.resolve() for key in ("record", "replay") if (path := getattr(model, key))}
    return model.model_copy(update=paths)
