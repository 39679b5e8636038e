"""One process that answers: python -m evals.repeatability.probe, with its orders on standard input."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from evals.opened import open_desk, opened_model
from evals.options import ModelChoice, Options
from evals.repeatability.answering import Answering, methods_of
from evals.repeatability.orders import Orders
from evals.repeatability.trace import Answered, Job, Trace


def main() -> None:
    """A line for each job, in the order done; UTF-8 whatever the locale."""
    orders = Orders.model_validate_json(sys.stdin.buffer.read())
    model = ModelChoice(**orders.model.model_dump()) if orders.model else None
    options = Options(corpus=orders.corpus, model=model)
    methods = methods_of(open_desk(options), opened_model(options))
    for job in orders.jobs:
        line = Answered(key=job.key, trace=done(job, methods)).model_dump_json()
        sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()


def done(job: Job, methods: Mapping[str, Answering]) -> Trace:
    """A request that breaks a method is told as such, and the rest goes on."""
    facts = job.request.facts
    if job.turned and facts:
        request = job.request.model_copy(update={"facts": dict(reversed(facts.items()))})
    else:
        request = job.request
    try:
        return methods[job.method](request)
    except Exception as error:  # a crash is a failure to be counted, not the end of the measurement
        return Trace(error=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
