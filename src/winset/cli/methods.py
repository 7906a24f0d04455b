"""`winset methods`: every method by family, with the source that defines it."""

from __future__ import annotations

import json as json_format
from typing import TYPE_CHECKING, Any

from winset.cli import inputs
from winset.cli.messages import FINE

if TYPE_CHECKING:
    from winset.registry import Family


def methods(*, json: inputs.AsJson = False) -> int:
    """Every method, by family, with its source.

    For example:

    winset methods --json
    """
    families = _families()
    if json:
        listed = {
            family.name: [{"id": each.id, "source": each.source, "summary": each.summary} for each in family]
            for family in families
        }
        print(json_format.dumps(listed, ensure_ascii=False, indent=1))
        return FINE
    for family in families:
        print(f"{family.name}:")
        for each in family:
            print(f"  {each.id:<22} {each.summary}  [{each.source}]")
    return FINE


def _families() -> list[Family[Any, Any]]:
    from winset.carrying.exports import EXPORTS
    from winset.carrying.imports import IMPORTS
    from winset.corpus.readers import READERS
    from winset.decisions.models import MODELS
    from winset.decisions.power import INDICES
    from winset.decisions.rules import RULES
    from winset.positions.agreement import COEFFICIENTS
    from winset.positions.estimators import ESTIMATORS
    from winset.positions.proposing import PROPOSERS
    from winset.positions.stances import STANCES
    from winset.statements.attributors import ATTRIBUTORS

    return [
        READERS,
        ATTRIBUTORS,
        PROPOSERS,
        STANCES,
        ESTIMATORS,
        COEFFICIENTS,
        RULES,
        MODELS,
        INDICES,
        EXPORTS,
        IMPORTS,
    ]
