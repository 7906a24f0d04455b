"""The fields of a case file, as pydantic models: strict, and nothing beside them allowed.

Imported only when a case file is read, as pydantic takes its time to load.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_LARGEST = 10**15  # votes and populations; larger ones are a slip


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def _words(value: Any) -> Any:
    """A date may be written as a bare year, which YAML reads as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _fraction(value: Any) -> Any:
    """An exact share from "55/100", "55%" or 0.55."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return value
    text = str(value).strip()
    try:
        share = Fraction(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{text!r} is no share: write 55/100, 55% or 0.55") from None
    if not 0 < share <= 1:
        raise ValueError(f"{text} is not a share of the whole: allowed is more than 0, up to 1 (100%)")
    return share


def _named(value: Any) -> Any:
    """A member may be its name alone."""
    return {"name": value} if isinstance(value, str) else value


def _rungs(value: Any) -> Any:
    """Options are a mapping from label to value, or a list of {label, value}."""
    return {"as_list": value} if isinstance(value, list) else {"as_mapping": value}


Name = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S")]
Scale = Annotated[float, Field(ge=0, le=100)]
Weight = Annotated[int, Field(ge=0, le=_LARGEST)]


class Member(_Strict):
    """One seat of an own body."""

    name: Name
    votes: Weight = 1
    veto: bool = False
    weights: dict[Name, Weight] = {}


class Share(_Strict):
    """One threshold of a qualified majority."""

    of: Name = "members"
    share: Annotated[Fraction, BeforeValidator(_fraction)]
    more_than: bool = False


class Rung(_Strict):
    """One option, in the list form."""

    label: Name
    value: Scale


class Rungs(_Strict):
    """Options in either form."""

    as_mapping: dict[Name, Scale] = {}
    as_list: list[Rung] = []


class CaseModel(_Strict):
    """A case file."""

    proposal: Name
    on: Annotated[Name, BeforeValidator(_words)]
    body: Name
    members: Annotated[list[Annotated[Member, BeforeValidator(_named)]], Field(min_length=1)] | None = None
    rule: Name | None = None
    thresholds: list[Share] = []
    proposal_value: Scale = 100.0
    status_quo: Scale = 0.0
    options: Annotated[Rungs, BeforeValidator(_rungs)] = Rungs()
    outcome: Scale | None = None
    documents: list[Name] = []
    registries: list[Name] = []
