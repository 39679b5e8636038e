"""`document.md` into front matter and anchored sections.

A section is `## Heading {#anchor use=safety,pitfalls region=cervical}`. Its text is normalised once, here:
a paragraph's lines are joined by single spaces, list items and table rows keep a line each, blocks are parted
by one blank line. Every offset in the project counts characters of that normalised text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CorpusError

FENCE = "---"
SUMMARY = "summary"
SHAPE = "## Heading {#anchor}"

_HEADING = re.compile(r"##(?!#)\s*(?P<heading>.*?)\s*(?:\{(?P<braces>[^{}]*)\})?\s*$")
_ANCHOR = re.compile(r"#[a-z0-9]+(?:-[a-z0-9]+)*")
_ATTRIBUTE = re.compile(r"(?P<key>[a-z_]+)=(?P<value>[^\s\"=]+)")
_OWN_LINE = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\||#{1,6}\s|>\s?)")
_TITLE = re.compile(r"#(?!#)\s")


@dataclass(frozen=True)
class RawSection:
    """A section as written: attributes are still text, checked by whoever knows their meaning."""

    anchor: str
    heading: str
    attributes: dict[str, str]
    text: str
    line: int


def split_front_matter(text: str, *, file: Path) -> tuple[str, str, int]:
    """Front matter, body, and the number of lines before the body."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise CorpusError(file, 1, "no front matter", f"Begin the file with a `{FENCE}` line, the keys, `{FENCE}`")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 1
    raise CorpusError(file, 1, "the front matter does not end", f"Close it with a `{FENCE}` line")


def parse_sections(body: str, *, file: Path, first_line: int) -> tuple[list[RawSection], list[CorpusError]]:
    """Sections in order, and every fault found; `first_line` is the line the body begins on."""
    sections: list[RawSection] = []
    errors: list[CorpusError] = []
    seen: dict[str, int] = {}
    for line, heading, content in _split(body.split("\n"), first_line):
        try:
            section = _section(line, heading, content, file=file)
            if section is None:
                continue
            if section.anchor in seen:
                problem = f"anchor #{section.anchor} is already used on line {seen[section.anchor]}"
                raise CorpusError(file, line, problem, "Give each section its own anchor")
        except CorpusError as error:
            errors.append(error)
            continue
        seen[section.anchor] = line
        sections.append(section)
    return sections, errors


def normalise(lines: list[str]) -> str:
    """Section text in the form offsets refer to."""
    blocks: list[list[str]] = [[]]
    for raw in lines:
        line = raw.rstrip()
        if not line.strip():
            if blocks[-1]:
                blocks.append([])
        elif not blocks[-1] or _OWN_LINE.match(line):
            blocks[-1].append(_single_spaced(line))
        else:
            blocks[-1][-1] += " " + _single_spaced(line).strip()
    return "\n\n".join("\n".join(block) for block in blocks if block).strip()


def _single_spaced(line: str) -> str:
    indent = len(line) - len(line.lstrip())
    inner = re.sub(r"\s+", " ", line.strip())
    return " " * indent + inner if _OWN_LINE.match(line) else inner


def _split(lines: list[str], first_line: int) -> Iterator[tuple[int, str | None, list[str]]]:
    """(line, heading line or None for the introduction, content lines), without fully empty introductions."""
    start = first_line
    heading: str | None = None
    content: list[str] = []
    for number, line in enumerate(lines, start=first_line):
        if re.match(r"##(?!#)", line):
            yield start, heading, content
            start, heading, content = number, line, []
        elif not (heading is None and _TITLE.match(line)):
            content.append(line)
    yield start, heading, content


def _section(line: int, heading: str | None, content: list[str], *, file: Path) -> RawSection | None:
    text = normalise(content)
    if heading is None:
        return RawSection(SUMMARY, "Summary", {}, text, line) if text else None
    match = _HEADING.fullmatch(heading)
    braces = match["braces"] if match else None
    if match is None or braces is None:
        raise CorpusError(file, line, "the heading has no anchor", f"Write it as `{SHAPE}`")
    if not match["heading"]:
        raise CorpusError(file, line, "the heading has no words", f"Write it as `{SHAPE}`")
    if not text:
        raise CorpusError(file, line, f"section `{match['heading']}` is empty", "Write its text or remove it")
    anchor, *attributes = braces.split() or [""]
    if not _ANCHOR.fullmatch(anchor):
        remedy = "Use lower-case letters, digits and single hyphens, as in {#repeat-injections}"
        raise CorpusError(file, line, f"`{anchor}` is no anchor", remedy)
    return RawSection(anchor[1:], match["heading"], _attributes(attributes, file=file, line=line), text, line)


def _attributes(words: list[str], *, file: Path, line: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        match = _ATTRIBUTE.fullmatch(word)
        if match is None:
            raise CorpusError(file, line, f"`{word}` is no attribute", "Write key=value, lists as key=a,b")
        if match["key"] in found:
            raise CorpusError(file, line, f"attribute `{match['key']}` is repeated", "Join the values by commas")
        found[match["key"]] = match["value"]
    return found
