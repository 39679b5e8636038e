"""Set the constants of the support score on the calibrate halves; the report halves are not looked at.

    python -m evals.citations.calibrate --data FOLDER

Prints what to put into ``rag/guard/support/calibration.py``, with figures beside thresholds. It changes no file: a
person copies the constants.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.citations.corpus_evidence import CorpusEvidence
from evals.citations.fit import Row, fit, probabilities
from evals.citations.pair import Pair
from evals.citations.pairs import OWN, load_sets
from evals.citations.slices import holds_number
from ingest.documents import corpus_root, load_documents
from ingest.encoder import OnnxEncoder
from rag.guard.judging import open_judge
from rag.guard.support.features import NAMES
from rag.knowledge.payers import load_payers

#: The own set is what the guard is for; the public ones keep it from learning the style of one author.
OWN_SHARE, PUBLIC_SHARE = 3.0, 1.0
#: Trial records in tables (NLI4CT) measure inference, which no count of words can: they take no part in the fit.
LEFT_OUT = "nli4ct"
SEED = 20261122
THRESHOLDS = tuple(step / 20 for step in range(2, 17))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=None, help="folder of public sets")
    rows = {
        name: rows_of([pair for pair in pairs if pair.half == "calibrate"], name)
        for name, pairs in load_sets(parser.parse_args().data).items()
    }
    fitted = fit([row for name, found in rows.items() if not name.startswith(LEFT_OUT) for row in found])
    print(f"WEIGHTS = {tuple(round(float(weight), 2) for weight in fitted[:-1])}")
    print(f"INTERCEPT = {round(float(fitted[-1]), 2)}")
    for feature, weight in zip(NAMES, fitted, strict=False):
        print(f"  {weight:6.2f}  {feature}")
    for name, found in rows.items():
        print(f"\n{name}")
        for line in table(found, probabilities(found, fitted)):
            print(f"  {line}")


def rows_of(pairs: Sequence[Pair], name: str) -> list[Row]:
    """Each pair, and each claim beside a passage of another document, which does not support it."""
    root = corpus_root()
    documents = load_documents(root)
    judge = open_judge(root, encoder=OnnxEncoder(), documents=documents)
    evidence_of = CorpusEvidence(documents, load_payers(root))
    share = (OWN_SHARE if name == OWN else PUBLIC_SHARE) / max(1, len(pairs))
    rows = []
    for pair, foreign in [*((pair, None) for pair in pairs), *strangers(pairs)]:
        evidence = [evidence_of(foreign or pair)]
        rows.append(
            Row(
                values=tuple(judge.values(pair.claim, evidence)),
                supported=pair.supported and foreign is None,
                refused=bool(judge.refusals(pair.claim, evidence)),
                weight=share,
                numeric=pair.contradicted and foreign is None and holds_number(pair.claim),
                foreign=foreign is not None,
            )
        )
    return rows


def strangers(pairs: Sequence[Pair]) -> Iterable[tuple[Pair, Pair]]:
    """Each claim with a passage drawn from another document."""
    draw = random.Random(SEED)
    for pair in pairs:
        other = draw.choice(pairs)
        if other.source != pair.source and other.passage != pair.passage:
            yield pair, other


def table(rows: Sequence[Row], scores: Sequence[float]) -> Iterable[str]:
    """Precision and recall of accepted claims at each threshold; foreign passages and numeric contradictions apart."""
    pairs = [(row, score) for row, score in zip(rows, scores, strict=True) if not row.foreign]
    supported = sum(row.supported for row, _ in pairs)
    numeric = sum(row.numeric for row, _ in pairs)
    foreign = sum(row.foreign for row in rows)
    for threshold in THRESHOLDS:
        accepted = [row for row, score in pairs if score >= threshold and not row.refused]
        right = sum(row.supported for row in accepted)
        wrong = sum(
            row.foreign and score >= threshold and not row.refused for row, score in zip(rows, scores, strict=True)
        )
        yield (
            f"{threshold:.2f}: precision {right}/{len(accepted)}, recall {right}/{supported}, numeric contradictions "
            f"rejected {numeric - sum(row.numeric for row in accepted)}/{numeric}, foreign accepted {wrong}/{foreign}"
        )


if __name__ == "__main__":
    main()
