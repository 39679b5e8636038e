"""Words for the lexical search. Codes, policy numbers, vertebral levels and amounts stay whole."""

import re

_TOKEN = re.compile(
    r"(?P<code>(?<![\w.])(?:[a-tv-z]\d[0-9a-z]\.[0-9a-z]{1,4}|\d{5}|[a-v]\d{4})(?!\w))"
    r"|(?P<name>(?<!\w)(?:[a-z]\d{3,}|[a-z]{2,4}-?\d{2,})(?!\w))"
    r"|(?P<level>(?<!\w)[ctls]\d{1,2}(?:\s?[-–/]\s?[ctls]?\d{1,2})?(?!\w))"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<word>[a-z]+(?:'[a-z]+)?)"
)
_LEVEL = re.compile(r"([ctls])(\d{1,2})(?:\s?[-–/]\s?([ctls]?)(\d{1,2}))?")
#: Words that say nothing about a passage's subject.
_STOP = frozenset(
    "a an and any are as at be been being by can could did do does for from had has have he her his how i if "
    "in into is it its may me must my no not of on or our she should so some such than that the their them then "
    "there these they this those to under until up was we were what when where which while who whose why will "
    "with would you your".split()
)


def tokenize(text: str) -> list[str]:
    """Tokens in order, lower case."""
    tokens = []
    for match in _TOKEN.finditer(text.lower()):
        if match["level"]:
            tokens.append(_level(match["level"]))
        elif match["word"]:
            if match["word"] not in _STOP and len(match["word"]) > 1:
                tokens.append(_singular(match["word"].split("'")[0]))
        else:
            tokens.append(match[0])
    return tokens


def is_precise(token: str) -> bool:
    """True for codes, policy numbers and vertebral levels: tokens that mean one thing only."""
    return any(character.isdigit() for character in token) and (
        any(character.isalpha() for character in token) or len(token) >= 5
    )


def _level(text: str) -> str:
    """`C5-6`, `C5/C6` and `C5 - C6` are one level."""
    match = _LEVEL.fullmatch(text)
    if match is None or match[4] is None:
        return text
    return f"{match[1]}{match[2]}-{match[3] or match[1]}{match[4]}"


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
