"""The model writer: each section asked for once, repaired once, and what fails is the template's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rag.article.draft import Draft, DraftClaim, DraftSection
from rag.article.material import Material
from rag.article.models import ModelUse
from rag.article.prose.asked import asked_words
from rag.article.prose.brief import Brief, Clean, make_brief
from rag.article.prose.claims import FindQuotes, make_claim, sentences_of
from rag.article.prose.merge import Coverage, merge
from rag.article.prose.prompt import repair_prompt, section_prompt
from rag.article.prose.reply import ModelClaim, Rejected, read_reply
from rag.article.writer import Problem
from rag.model.budget import Meter
from rag.model.errors import ModelFailure
from rag.model.exchange import Prompt

WITH_MODEL = "model"
TEMPLATE = "template"
NO_JSON = "its reply was not the JSON asked for"
#: Sentences of one reply that are looked at; a section needs fewer.
MOST_SENTENCES = 40


class ModelWriter:
    """Writes one article. ``clean`` takes out of a text what may not leave the machine."""

    def __init__(self, meter: Meter, *, clean: Clean, find_quotes: FindQuotes, coverage: Coverage) -> None:
        self._meter = meter
        self._clean = clean
        self._find_quotes = find_quotes
        self._coverage = coverage
        self._proposed = self._kept = self._repaired = 0
        self._refused: Counter[str] = Counter()
        self._fallbacks: list[str] = []
        self._given_up = False

    @property
    def name(self) -> str:
        return WITH_MODEL if self._kept else TEMPLATE

    @property
    def model(self) -> str:
        return self._meter.model.name

    def sections(self, draft: Draft, material: Material, problem: Problem) -> Iterator[DraftSection]:
        question = self._clean(asked_words(material.question))
        for section in draft.sections:
            brief = None if self._given_up else make_brief(section, material, question=question, clean=self._clean)
            yield section if brief is None else self._section(brief, problem)

    def use(self) -> ModelUse:
        return ModelUse(
            calls=self._meter.calls,
            input_tokens=self._meter.input_tokens,
            output_tokens=self._meter.output_tokens,
            tokens_estimated=self._meter.estimated,
            seconds=round(self._meter.seconds, 3),
            proposed=self._proposed,
            kept=self._kept,
            repaired=self._repaired,
            refused=dict(sorted(self._refused.items())),
            fallbacks=tuple(self._fallbacks),
        )

    def _section(self, brief: Brief, problem: Problem) -> DraftSection:
        kept: list[DraftClaim] = []
        try:
            first = self._claims(section_prompt(brief))
            kept, rejected = self._sorted(first or (), brief, problem)
            if first is None or rejected:
                mended, _ = self._sorted(self._claims(repair_prompt(brief, rejected)) or (), brief, problem)
                self._repaired += len(mended)
                kept += mended
            if not kept:
                self._fallbacks.append(
                    f"{brief.section.id}: {NO_JSON if first is None else 'no sentence of it passed'}"
                )
        except ModelFailure as failure:
            self._given_up = True
            self._fallbacks.append(f"{brief.section.id} and what follows: {failure}")
        kept = list(dict.fromkeys(kept))
        self._kept += len(kept)
        return merge(brief.section, kept, coverage=self._coverage) if kept else brief.section

    def _claims(self, prompt: Prompt) -> tuple[ModelClaim, ...] | None:
        claims = read_reply(self._meter.ask(prompt).text)
        return None if claims is None else tuple(one for claim in claims for one in sentences_of(claim))

    def _sorted(
        self, claims: Sequence[ModelClaim], brief: Brief, problem: Problem
    ) -> tuple[list[DraftClaim], list[Rejected]]:
        """What passes the guards, and what does not with its reason."""
        kept: list[DraftClaim] = []
        rejected: list[Rejected] = []
        for claim in claims[:MOST_SENTENCES]:
            self._proposed += 1
            made = make_claim(claim, brief, find_quotes=self._find_quotes)
            if isinstance(made, Rejected):
                rejected.append(made)
            elif (finding := problem(made)) is not None:
                rejected.append(Rejected(claim.text, finding.policy, finding.reason))
            else:
                kept.append(made)
        self._refused.update(refusal.policy for refusal in rejected)
        return kept, rejected
