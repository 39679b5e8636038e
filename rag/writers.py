"""The writer of an article: the template, or a language model between the guards."""

from __future__ import annotations

from rag.article.prose.brief import Clean
from rag.article.prose.writer import ModelWriter
from rag.article.writer import TemplateWriter, Writer
from rag.guard.identifiers import remove_identifiers
from rag.guard.support.reading import read
from rag.guard.support.spans import best_spans
from rag.knowledge.library import Knowledge
from rag.model.budget import Meter
from rag.model.options import ModelOptions


def make_writer(options: ModelOptions | None, knowledge: Knowledge) -> Writer:
    """For one article: a writer keeps count of what it spends."""
    if options is None:
        return TemplateWriter()
    rules = knowledge.guard_rules.support

    def find_quotes(claim: str, text: str) -> tuple[tuple[int, int], ...]:
        return best_spans(claim, text, rules)

    def coverage(wanted: str, text: str) -> float:
        keys = read(wanted, rules).keys
        return len(keys & read(text, rules).keys) / len(keys) if keys else 1.0

    meter = Meter(options.model, options.budget)
    return ModelWriter(meter, clean=_clean(options, knowledge), find_quotes=find_quotes, coverage=coverage)


def _clean(options: ModelOptions, knowledge: Knowledge) -> Clean:
    """Identifiers leave the machine for no model; one on the machine is shown them where its user said so."""
    if options.sees_identifiers:
        return lambda text: text

    def clean(text: str) -> str:
        return remove_identifiers(text, knowledge.guard_rules.identifiers).text

    return clean
