"""Rules as they stand in YAML, read into the rule language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rag.criteria.rules import AllOf, AnyOf, AtLeast, Not, NotKnown, Part, Rule, RuleError, parse_leaf

_FORMS = "all_of, any_of, at_least: {n, of}, not, or part with label and rule"


def read_rule(data: object, where: str) -> Rule:
    """A rule from YAML data. ``where`` names the place in error messages. Raises ``RuleError``."""
    if data is None:
        return NotKnown()
    if isinstance(data, str):
        try:
            return parse_leaf(data)
        except RuleError as error:
            raise RuleError(f"{where}: {error}") from None
    if isinstance(data, Mapping):
        return _read_node(data, where)
    raise RuleError(f"{where}: {data!r} is not a rule; write a leaf as text or one of {_FORMS}")


def _read_node(data: Mapping[str, object], where: str) -> Rule:
    if "part" in data:
        return _read_part(data, where)
    if len(data) != 1:
        raise RuleError(f"{where}: a node has one key, not {', '.join(map(str, data))}; use one of {_FORMS}")
    (key, inner), *_ = data.items()
    match key:
        case "all_of":
            return AllOf(_read_list(inner, f"{where}.all_of"))
        case "any_of":
            return AnyOf(_read_list(inner, f"{where}.any_of"))
        case "not":
            return Not(_required(inner, f"{where}.not"))
        case "at_least":
            return _read_at_least(inner, f"{where}.at_least")
        case _:
            raise RuleError(f"{where}: unknown node {key!r}; use one of {_FORMS}")


def _read_at_least(data: object, where: str) -> Rule:
    if not isinstance(data, Mapping) or set(data) != {"n", "of"} or not isinstance(data["n"], int):
        raise RuleError(f"{where}: write {{n: <whole number>, of: [rules]}}")
    of = _read_list(data["of"], f"{where}.of")
    if not 1 <= data["n"] <= len(of):
        raise RuleError(f"{where}: n is {data['n']}, but there are {len(of)} rules to count")
    return AtLeast(data["n"], of)


def _read_list(data: object, where: str) -> tuple[Rule, ...]:
    if not isinstance(data, list) or not data:
        raise RuleError(f"{where}: write a list of rules")
    return tuple(_required(item, f"{where}[{i}]") for i, item in enumerate(data))


def _required(data: object, where: str) -> Rule:
    if data is None:
        raise RuleError(f"{where}: the rule is empty; only a whole unconfirmed criterion may have no rule")
    return read_rule(data, where)


_PART_KEYS = {"part", "label", "rule", "source", "quote", "note"}


def _read_part(data: Mapping[str, object], where: str) -> Part:
    unknown = set(data) - _PART_KEYS
    missing = {"part", "label", "rule"} - set(data)
    if unknown or missing:
        wrong = f"unknown key {sorted(unknown)[0]!r}" if unknown else f"key {sorted(missing)[0]!r} is missing"
        raise RuleError(f"{where}: {wrong}; a part has {', '.join(sorted(_PART_KEYS))}")
    optional = {key: _text(data.get(key)) for key in ("source", "quote", "note")}
    name = str(data["part"])
    return Part(name=name, label=str(data["label"]), rule=_required(data["rule"], f"{where}.{name}"), **optional)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def absolute(source: str, document_id: str) -> str:
    """``#anchor`` as ``document-id#anchor``."""
    return f"{document_id}{source}" if source.startswith("#") else source


def anchored(rule: Rule, document_id: str) -> Rule:
    """The rule with every part's source made absolute."""
    match rule:
        case AllOf(of):
            return AllOf(tuple(anchored(child, document_id) for child in of))
        case AnyOf(of):
            return AnyOf(tuple(anchored(child, document_id) for child in of))
        case AtLeast(n, of):
            return AtLeast(n, tuple(anchored(child, document_id) for child in of))
        case Not(inner):
            return Not(anchored(inner, document_id))
        case Part():
            source = absolute(rule.source, document_id) if rule.source else None
            return replace(rule, rule=anchored(rule.rule, document_id), source=source)
        case _:
            return rule
