"""All changes of cases that need no label, each on a sample of the cases, by every method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evals.frame.metric import Metric
from evals.frame.models import Measure
from evals.frame.sampling import sample
from evals.options import Options
from evals.verdicts.case import VerdictCase
from evals.verdicts.metamorphic.irrelevant_text import IRRELEVANT_TEXT_IGNORED, diluted
from evals.verdicts.metamorphic.paraphrase import PARAPHRASE_DOES_NOT_MATTER, paraphrased
from evals.verdicts.metamorphic.sentence_order import ORDER_DOES_NOT_MATTER, reordered
from evals.verdicts.metamorphic.supporting_fact import SUPPORT_NEVER_WORSENS, supported
from evals.verdicts.metamorphic.units import UNITS_DO_NOT_MATTER, in_days
from evals.verdicts.metamorphic.variant import Method, Statuses, Variant, measure_variants
from evals.verdicts.second_rater import SecondRater
from ingest.front_matter import CorpusModel, Text
from ingest.strict_yaml import load_yaml, validate

OWN_FILE = Path(__file__).resolve().parents[2] / "data" / "metamorphic.yaml"

#: Versions tried of each change.
SAMPLE = 120


class Changes(CorpusModel):
    """``rewrites``: words, and others that say the same. ``beside_the_point``: sentences that state no fact."""

    rewrites: dict[Text, Text]
    beside_the_point: tuple[Text, ...]


def load_changes(file: Path = OWN_FILE) -> Changes:
    """Raises CorpusError, CorpusErrors."""
    return validate(Changes, load_yaml(file))


def changed_measures(
    cases: Sequence[VerdictCase], methods: Mapping[str, Method], rater: SecondRater, options: Options
) -> tuple[Measure, ...]:
    changes = load_changes()
    tried: list[tuple[Metric[Variant, Statuses], Iterable[Variant]]] = [
        (PARAPHRASE_DOES_NOT_MATTER, paraphrased(cases, changes.rewrites)),
        (ORDER_DOES_NOT_MATTER, reordered(cases, seed=options.seed)),
        (IRRELEVANT_TEXT_IGNORED, diluted(cases, changes.beside_the_point, seed=options.seed)),
        (UNITS_DO_NOT_MATTER, in_days(cases)),
        (SUPPORT_NEVER_WORSENS, supported(cases, rater.status)),
    ]
    found = []
    for number, (metric, variants) in enumerate(tried):
        options.progress(number, len(tried), "changing cases")
        some = sample(list(variants), SAMPLE, id_of=_name, seed=options.seed)
        found.append(measure_variants(metric, some, methods, seed=options.seed))
    options.progress(len(tried), len(tried), "changing cases")
    return tuple(found)


def _name(one: Variant) -> str:
    return f"{one.after.form}/{one.after.case.id}/{one.change}"
