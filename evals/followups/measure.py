"""Conversations against scripts: every thread played by each, every turn judged by each measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.followups.check import Check, Measure
from evals.followups.conversations import Conversation
from evals.followups.measures import MEASURES
from evals.followups.play import Played, play
from evals.followups.report import Failure, FollowupReport, MeasureFigures
from evals.followups.script import Thread
from evals.metrics.figure import Figure
from evals.suites import Options
from rag.knowledge.library import Knowledge


@dataclass(frozen=True)
class Judged:
    """A judgement beside the turn it is on."""

    played: Played
    check: Check


Judgements = Mapping[str, Sequence[Judged]]


def measure(
    threads: Sequence[Thread], compared: Sequence[Conversation], knowledge: Knowledge, options: Options
) -> FollowupReport:
    """The first conversation is the subject: its failures are shown, up to ``options.failures`` of each measure."""
    chosen = [thread for thread in threads if thread.half == options.half][: options.limit]
    judged = {one.name: judge(played(chosen, one, options), knowledge) for one in compared}
    subject = compared[0].name
    return FollowupReport(
        half=options.half,
        limit=options.limit,
        subject=subject,
        threads=len(chosen),
        turns=sum(len(thread.turns) for thread in chosen),
        false_met={name: sum(not one.check.right for one in found[_safety()]) for name, found in judged.items()},
        measures=tuple(
            MeasureFigures(measure=name, figures={one: _figure(found[name]) for one, found in judged.items()})
            for name in MEASURES
        ),
        failures=tuple(failures(judged[subject], options.failures)),
    )


def played(threads: Sequence[Thread], conversation: Conversation, options: Options) -> Iterator[Played]:
    for number, thread in enumerate(threads):
        options.progress(number, len(threads), f"{conversation.name}: playing threads")
        yield from play(thread, conversation)
    options.progress(len(threads), len(threads), f"{conversation.name}: playing threads")


def judge(turns: Iterable[Played], knowledge: Knowledge) -> Judgements:
    found: dict[str, list[Judged]] = {name: [] for name in MEASURES}
    for turn in turns:
        for name, judging in MEASURES.items():
            found[name].extend(Judged(turn, check) for check in _checks(judging, turn, knowledge))
    return found


def failures(judged: Judgements, count: int) -> Iterator[Failure]:
    """The first so many of each measure, the gravest measure first."""
    for name, found in judged.items():
        for one in [one for one in found if not one.check.right][:count]:
            turn, check = one.played, one.check
            yield Failure(
                measure=name,
                thread=turn.thread,
                turn=turn.number,
                said=turn.script.said,
                expected=check.expected,
                found=check.found,
            )


def _checks(judging: Measure, turn: Played, knowledge: Knowledge) -> list[Check]:
    """A measure that breaks on a turn has not found it right."""
    try:
        return list(judging(turn, knowledge))
    except Exception as error:  # what cannot be judged counts as a failure
        return [Check(False, "a turn that can be judged", f"{type(error).__name__}: {error}")]


def _figure(found: Sequence[Judged]) -> Figure:
    return Figure.share(sum(one.check.right for one in found), len(found), of="judgements", are="are right")


def _safety() -> str:
    return next(iter(MEASURES))
