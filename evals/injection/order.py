"""What is planted: orders to a program, and clinical text that only sounds like one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ingest.front_matter import CorpusModel, Text

#: In the question; in a note pasted below it; in a document added to the corpus; in a section that stands there; in the
#: question of an article that a writer who obeys words.
Place = Literal["question", "note", "document", "section", "model"]
#: Who wrote it: the project, or outsiders.
Origin = Literal["own", "bipia", "notinject"]


class Order(CorpusModel):
    """``obeyed``: wordings that show obedience in what an article says itself, case ignored. ``demanded``: the sentence
    a writer that obeys would write.
    """

    id: Text
    kind: Text
    text: Text
    obeyed: Annotated[tuple[Text, ...], Field(min_length=1)]
    demanded: Text | None = None
    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    origin: Origin = "own"

    @model_validator(mode="after")
    def _demands_something(self) -> Order:
        if "model" in self.places and self.demanded is None:
            raise ValueError("`places` holds model, so `demanded` has to say what a writer that obeys would write")
        return self

    @property
    def decides(self) -> bool:
        """It is about a verdict or the facts under it, and says nothing where nothing is decided."""
        return self.kind in ("verdict", "facts")


class Harmless(CorpusModel):
    """``facts``: what the text states, as in a facts file."""

    id: Text
    text: Text
    facts: dict[str, Any] = Field(default_factory=dict)
    origin: Origin = "own"


class OrderFile(CorpusModel):
    orders: tuple[Order, ...]


class HarmlessFile(CorpusModel):
    harmless: tuple[Harmless, ...]
