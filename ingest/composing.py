"""A `document.md` composed from a plain text and the fields of a form."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from ingest.extract import Extracted, Kind
from ingest.extract.cleaning import cleaned
from ingest.markdown import FENCE, SUMMARY

#: Characters of a heading; a longer line is a paragraph that looks like one.
LONGEST_HEADING = 160
WHOLE = "Text"

#: Parts of an article that may draw on such a text, by its kind.
_USES = {
    "policy": "policy",
    "guideline": "rationale,evidence",
    "evidence": "rationale,evidence",
    "safety": "safety",
    "regulation": "pitfalls",
}

_MARKDOWN_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_BRACES = re.compile(r"\{[#:][^{}]*\}\s*$")
_NOT_IN_ANCHORS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Form:
    """What a citation needs to know and a text alone does not tell; None for an end of the window is open or unknown.

    Nothing is checked here: the composed document is loaded strictly, as one written by hand.
    """

    id: str
    title: str
    publisher: str
    kind: str
    url: str
    jurisdiction: str
    version: str
    effective_from: datetime.date | None
    effective_to: datetime.date | None
    last_checked: datetime.date
    copyright: str
    cpt: tuple[str, ...] = ()
    icd10cm: tuple[str, ...] = ()
    payer: str | None = None


@dataclass(frozen=True)
class _Part:
    heading: str
    text: str


class _Text(str):
    """Text that YAML always writes in quotes: no title becomes a date, a key, a list or an alias."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(_Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def suggested_id(title: str) -> str:
    """An id in the corpus's form made of a title's words; `document` when it has none."""
    return _slug(title)[:60].strip("-") or "document"


def compose(form: Form, extracted: Extracted) -> str:
    """Front matter with `basis: unconfirmed`, and sections: the text's own headings, else pages, else one section."""
    front = yaml.dump(_front(form), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    parts = [part for part in _parts(extracted) if part.text.strip()]
    return "\n".join((FENCE, front.rstrip("\n"), FENCE, "", *_sections(parts, use=_USES.get(form.kind))))


def _front(form: Form) -> dict[str, Any]:
    codes = {"cpt": [_text(code) for code in form.cpt], "icd10cm": [_text(code) for code in form.icd10cm]}
    front: dict[str, Any] = {
        "id": _text(form.id),
        "title": _text(form.title),
        "publisher": _text(form.publisher),
        "kind": _text(form.kind),
        "url": _text(form.url),
        "jurisdiction": _text(form.jurisdiction),
        "codes": codes,
        "version": _text(form.version),
        "effective": {"from": form.effective_from, "to": form.effective_to},
        "last_checked": form.last_checked,
        "basis": "unconfirmed",
        "copyright": _text(form.copyright),
    }
    return front | ({"payer": _text(form.payer)} if form.payer else {})


def _text(value: str) -> _Text:
    return _Text(" ".join(cleaned(value).split()))


def _parts(extracted: Extracted) -> Iterator[_Part]:
    """The text in parts, in order; the one before the first heading has an empty heading."""
    text = extracted.text
    if extracted.kind is Kind.TEXT:
        found = [(m.start(), m.end(), _BRACES.sub("", m[2])) for m in _MARKDOWN_HEADING.finditer(text)]
    else:
        found = [(heading.start, heading.end, text[heading.start : heading.end]) for heading in extracted.headings]
    if extracted.pages:
        found = [(start, start, f"Page {number}") for number, start in extracted.pages.items()]
    if not found:
        yield _Part(WHOLE, text)
        return
    yield _Part("", text[: found[0][0]])
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    yield from (_Part(heading, text[begin:end]) for (_, begin, heading), end in zip(found, ends, strict=True))


def _sections(parts: list[_Part], *, use: str | None) -> Iterator[str]:
    taken, attribute = {SUMMARY}, f" use={use}" if use else ""
    for part in parts:
        if part.heading:
            heading = " ".join(re.sub(r"[{}#]", " ", part.heading).split())[:LONGEST_HEADING].strip() or WHOLE
            yield f"## {heading} {{#{_anchor(heading, taken)}{attribute}}}\n"
        yield _body(part.text) + "\n"


def _anchor(heading: str, taken: set[str]) -> str:
    base = _slug(heading)[:60].strip("-") or "section"
    anchor = next(name for name in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if name not in taken)
    taken.add(anchor)
    return anchor


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_ANCHORS.sub("-", plain).strip("-")


def _body(text: str) -> str:
    # A space keeps a line of text that begins with # from being taken for a heading.
    return "\n".join(f" {line}" if line.startswith("#") else line for line in text.strip("\n").split("\n"))
