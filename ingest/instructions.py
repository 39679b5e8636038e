"""Text that speaks to a language model instead of to a reader.

A digest has no business doing so; such text is not removed (it is data) but flagged, and fenced when quoted.
The patterns name the machinery of an attack (earlier instructions, roles, chat markup), not words such as
"instructions" alone, which clinical text uses for discharge and consent.
"""

import re

_SET_ASIDE = r"(?:ignore|disregard|forget|override|bypass)"
_EARLIER = r"(?:previous|prior|above|earlier|preceding|all|any|your|these|those)"
_ORDERS = r"(?:instructions?|prompts?|guardrails|messages?)"
_MODEL = r"(?:ai|llm|language model|assistant|chatbot)s?"

_PATTERNS = (
    rf"\b{_SET_ASIDE}\b[^.\n]{{0,40}}\b{_EARLIER}\b[^.\n]{{0,30}}\b{_ORDERS}\b",
    r"\b(?:system|developer)\s+(?:prompt|message|instructions?)\b",
    rf"\byou are (?:now|no longer)\b[^.\n]{{0,60}}\b(?:{_MODEL}|bot|mode|persona|reviewer)\b",
    r"\bas an? (?:ai|(?:large )?language model|llm|assistant)\b",
    r"\b(?:new|updated|real|hidden|secret) instructions?\s*:",
    rf"\b(?:note|message|instructions?|attention)\s+(?:to|for)\s+(?:(?:the|any|all)\s+)?{_MODEL}\b",
    r"\b(?:respond|reply|answer|output|say)\s+(?:only|just|exactly)\s+(?:with|that|as)\b",
    r"\b(?:do not|don't|never)\s+(?:mention|reveal|tell|disclose)\b[^.\n]{0,40}\b(?:user|reader|prompt)\b",
    r"\b(?:reveal|print|repeat|leak)\b[^.\n]{0,30}\b(?:your|the)\s+(?:prompt|instructions|api key)\b",
    r"<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>|</?(?:system|assistant|user)>",
    r"^\s*(?:#+\s*)?(?:system|assistant|developer)\s*:",
    r"\bpretend (?:to be|you are|that you)\b|\bdeveloper mode\b",
)

_INSTRUCTION = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE | re.MULTILINE)


def instructs_a_model(text: str) -> bool:
    """True when the text holds a phrase typical of prompt injection. A flag to act on, not a proof."""
    return _INSTRUCTION.search(text) is not None
