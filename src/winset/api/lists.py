"""What there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from winset.registry import Family


def models() -> list[dict[str, str]]:
    """Every forecast model: its id, what it says in a line, the key of its source.

    >>> "compromise" in [each["id"] for each in models()]
    True
    """
    from winset.decisions.models import MODELS

    return _listed(MODELS)


def rules() -> list[dict[str, str]]:
    """Every decision rule: its id, when it adopts in a line, the key of its source.

    >>> "consensus" in [each["id"] for each in rules()]
    True
    """
    from winset.decisions.rules import RULES

    return _listed(RULES)


def _listed(family: Family[Any, Any]) -> list[dict[str, str]]:
    return [{"id": each.id, "summary": each.summary, "source": each.source} for each in family]
