"""What every command takes before it does anything."""

from __future__ import annotations

from evals.latency.timing import Timing

START_UP_SECONDS = Timing(
    "start-up-seconds",
    "seconds of `guideline-qa --help`, beside an interpreter that does nothing",
    section="start-up",
    subject="guideline-qa --help",
)
