"""While a model is asked, the libraries in between keep to themselves what is said."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

#: They write whole requests, prompts among them, at levels below this.
TALKATIVE = ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langchain", "langchain_core", "langchain_openai")


@contextmanager
def quiet() -> Iterator[None]:
    """No tracing to a server, whatever the environment says, and no log record that may hold a prompt."""
    from langsmith import tracing_context

    loggers = [logging.getLogger(name) for name in TALKATIVE]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        with tracing_context(enabled=False):
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
