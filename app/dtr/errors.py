"""What a user can mend in a QuestionnaireResponse."""

from __future__ import annotations

from rag.errors import UserError


class ResponseError(UserError):
    """A QuestionnaireResponse that cannot be read. ``place`` is the element, as in FHIRPath; no answer is repeated."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(f"{place}: {problem}. {remedy}.")
        self.place = place
