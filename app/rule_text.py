"""A rule as one line of text, for whoever checks it against the policy."""

from __future__ import annotations

from rag.criteria.rules import AllOf, AnyOf, AtLeast, Not, Part, Rule


def rule_text(rule: Rule) -> str:
    """``a and (b or c)``; ``at least 2 of (a; b; c)``; the parts of a criterion in square brackets."""
    match rule:
        case AllOf(()):
            return "always"
        case AllOf(of):
            return " and ".join(_inner(child) for child in of)
        case AnyOf(of):
            return " or ".join(_inner(child) for child in of) or "never"
        case AtLeast(n, of):
            return f"at least {n} of ({'; '.join(rule_text(child) for child in of)})"
        case Not(inner):
            return f"not {_inner(inner)}"
        case Part():
            return f"[{rule.name}: {rule_text(rule.rule)}]"
        case _:
            return str(rule)


def _inner(rule: Rule) -> str:
    several = isinstance(rule, AllOf | AnyOf) and len(rule.of) > 1
    return f"({rule_text(rule)})" if several else rule_text(rule)
