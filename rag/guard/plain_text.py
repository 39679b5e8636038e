"""Text as a reader sees it, and what a sentence may not hide from the guards."""

from __future__ import annotations

import html
import re
import unicodedata

# Letters of other scripts that look like Latin ones, small and capital. Left: the look-alike; right: what is read.
_CYRILLIC = ("аԁеѐёһіїјкӏмоорԛгѕтухѡзьАВЕЅІЇЈКМНОРСТУХԚԜЗЬс", "adeeehiijklmoopqrstyxw3bABESIIJKMHOPCTYXQW3bc")
_GREEK = ("αβγεηικνορτυχωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "abyenikvoptuxwcjABEZHIKMNOPTYXC")
_OTHERS = ("ıɑɡɩɪʏӀ′’‘ʼ＇‛´`‐‑‒–—−⁃﹣", "iagiiyI'''''''`-------" + "-")
_LOOK_ALIKES = {ord(a): b for left, right in (_CYRILLIC, _GREEK, _OTHERS) for a, b in zip(left, right, strict=True)}

_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,200}>?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()]{0,300}\)|\[[^\[\]]{0,100}\])")
_MARKS = re.compile(r"[*~`#>|\\]+|_{2,}|(?<!\w)_|_(?!\w)")
_SPLIT_WORD = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .\-_·*/]{1,3}){3,40}[^\W\d_](?![^\W_])")
_SCHEME = r"(?:https?|ftp|data|javascript|mailto|file):|www\."
_ADDRESS = re.compile(rf"{_SCHEME}|\b[\w-]{{2,40}}\.(?:com|org|net|io|gov|edu)\b", re.IGNORECASE)
_MARKUP = (
    ("an image", re.compile(r"!\[")),
    ("a link", re.compile(r"\]\s?[(\[]")),
    ("an address", _ADDRESS),
    ("a code fence", re.compile(r"```|~~~")),
    ("an HTML tag", _TAG),
    ("a character reference", _ENTITY),
    ("letters set apart", _SPLIT_WORD),
    ("a figure in place of a letter", re.compile(r"(?<![A-Za-z0-9])[a-z]+(?:[0-9@$€][a-z]+)+(?![A-Za-z0-9])")),
)
_WORD = re.compile(r"[^\W\d_]+")
_MICRO = {ord("µ"): None, ord("μ"): None}  # "µg" is a unit, no disguise


def plain(text: str) -> str:
    """The words alone: no mark-up, no hidden characters, look-alike letters as Latin ones, single spaces."""
    for _ in range(3):  # a character reference may stand for another one
        text = html.unescape(text)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if _is_shown(char)).translate(_LOOK_ALIKES)
    text = _IMAGE_OR_LINK.sub(r"\1", _TAG.sub("", text))
    text = _MARKS.sub("", text).replace("_", " ")
    return " ".join(_SPLIT_WORD.sub(_joined, text).split())


def suspicious(text: str) -> str | None:
    """What the text carries that no plain English sentence needs, or ``None``."""
    for char in text:
        if found := _hidden(char):
            return found
    if any(_is_mixed(word) for word in _WORD.findall(text.translate(_MICRO))):
        return "a word of two scripts"
    return next((name for name, pattern in _MARKUP if pattern.search(text)), None)


def _is_shown(char: str) -> bool:
    """Neither invisible nor a mark on another letter; white space stays."""
    return char.isspace() or unicodedata.category(char) not in {"Cf", "Cc", "Co", "Cn", "Cs", "Mn", "Me"}


def _hidden(char: str) -> str | None:
    kind = unicodedata.category(char)
    if kind in {"Cf", "Cc", "Co", "Cn", "Cs", "Zl", "Zp"} and char not in "\n\t":
        return "a hidden or control character"
    if kind in {"Mn", "Me"}:
        return "a mark laid over a letter"
    if char.isascii() or not (kind.startswith("L") or kind == "So"):
        return None
    folded = unicodedata.normalize("NFKC", char)
    # A ligature such as "ﬁ" is typography; one letter in another guise is a disguise.
    return "a letter in disguise" if len(folded) == 1 and folded.isascii() and folded.isalpha() else None


def _is_mixed(word: str) -> bool:
    """Whether letters of more than one script make up the word."""
    return len({unicodedata.name(char, "?").split(" ")[0] for char in word if char not in "ªº"}) > 1


def _joined(match: re.Match[str]) -> str:
    return "".join(char for char in match.group() if char.isalpha())
