"""The suite: the conversation beside its baselines, on scripted threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evals.followups.conversations import Alone, Conversation, Core, Joined, Repeating
from evals.followups.label import turns_of
from evals.followups.measures import METRICS
from evals.followups.play import Playing
from evals.followups.script import Thread
from evals.followups.scripts import load_threads, scripts_folder
from evals.frame.measuring import measure_all
from evals.frame.methods import LEXICAL, NULL, PLAIN, SYSTEM
from evals.frame.models import SuiteReport
from evals.frame.sampling import sample
from evals.opened import open_desk, opened_model
from evals.options import Options
from ingest.documents import corpus_root
from rag.conversation import Desk
from rag.knowledge.library import Knowledge, load_knowledge

ABOUT = (
    "Scripted conversations, each turn with what must come of it. Scripts and labels were written by hand from the "
    "words of the policies, by one author who had not read how the conversation works; there was no second rater. "
    f"`{NULL}` shows the first article again, `{LEXICAL}` asks all that was said and filled in so far as one question, "
    f"`{PLAIN}` asks each turn alone. The turns of a thread depend on each other: intervals count whole threads. "
    "A turn that broke fails every judgement on it."
)


def run(options: Options) -> SuiteReport:
    """``options.data``: see ``scripts_folder``. Raises CorpusErrors for scripts that cannot be used."""
    knowledge = load_knowledge(options.corpus or corpus_root())
    folder, notes = scripts_folder(options.data)
    for note in notes:
        options.notice(note)
    threads = load_threads(knowledge, folder)
    desk = open_desk(options, knowledge)
    return measure(threads, compared(desk, options), knowledge, options, notes=notes)


def compared(desk: Desk, options: Options) -> dict[str, Conversation]:
    """The system first."""
    core = Core(desk)
    found: dict[str, Conversation] = {SYSTEM: core, NULL: Repeating(core), LEXICAL: Joined(desk), PLAIN: Alone(desk)}
    model = opened_model(options)
    if model is not None:
        found[model.model.name] = Core(replace(desk, model=model))
    return found


def measure(
    threads: Sequence[Thread],
    conversations: Mapping[str, Conversation],
    knowledge: Knowledge,
    options: Options,
    *,
    notes: Sequence[str] = (),
) -> SuiteReport:
    """``options.limit``: threads at most. The first conversation is the subject."""
    half = [thread for thread in threads if thread.half == options.tuned_half]
    items = turns_of(sample(half, options.limit, id_of=lambda thread: thread.name, seed=options.seed), knowledge)
    methods = {name: Playing(one) for name, one in conversations.items()}
    return SuiteReport(
        suite="followups",
        title="Follow-ups",
        about=ABOUT,
        half=options.tuned_half,
        limit=options.limit,
        items={item.id: item.text for item in items},
        measures=measure_all(items, methods, METRICS, seed=options.seed, progress=options.progress),
        notes=tuple(notes),
    )
