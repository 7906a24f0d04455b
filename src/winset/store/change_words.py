"""Changes in words, for people who read the trail: what was done, to what, what was there before and what is now."""

from __future__ import annotations

from typing import Any

from winset.store.changes import Change, Effect, Key, Value

ACTS = {
    "add": "added a document",
    "import": "brought in",
    "recode": "coded documents again",
    "take": "took in codes",
    "accept": "accepted",
    "code": "coded",
    "wrong": "said it is wrong",
    "right": "said it is right",
    "mark": "marked a statement",
    "reshape": "changed the words",
    "settle": "settled a discrepancy",
    "keep": "kept a what-if",
    "drop": "dropped",
    "suggest": "suggested",
    "undo": "took back",
}
LONGEST = 160  # characters of a value that has no words of its own
NOTHING = "nothing"


def act_words(change: Change) -> str:
    """What was done, as a phrase whose subject is who did it.

    >>> act_words(Change(number=4, by="Ada", at="", act="undo", undoes=3))
    'took back 3'
    """
    words = ACTS.get(change.act, change.act)
    return f"{words} {change.undoes}" if change.act == "undo" and change.undoes else words


def key_words(key: Key) -> str:
    """What a change is about.

    >>> key_words(Key("codes", "9cdd0514860fd41c", "Ada"))
    'codes of Ada on statement 9cdd0514860fd41c'
    """
    if key.kind == "codes":
        return f"codes of {key.coder} on statement {key.about}"
    if key.kind == "suggestion":
        return f"suggestion of {key.coder} on statement {key.about}"
    return f"{key.kind} {key.about}"


def value_words(kind: str, value: Value | None) -> str:
    """What is said of a thing.

    >>> value_words("codes", {"stance": "oppose", "direction": -1.0, "firmness": 1.0, "why": "flat no"})
    'oppose, direction -1, firmness 1: flat no'
    >>> value_words("statement", {"verdict": "replaced", "by": "9cdd0514860fd41c"})
    'replaced by 9cdd0514860fd41c'
    """
    if value is None:
        return NOTHING
    if kind == "codes":
        parts = [str(value["stance"])] if value.get("stance") else []
        parts += [_code(name, code) for name, code in value.items() if name not in ("stance", "why")]
        return ", ".join(parts) + (f": {value['why']}" if value.get("why") else "")
    if kind == "statement":
        verdict = str(value.get("verdict", ""))
        return f"{verdict} by {value['by']}" if verdict == "replaced" and value.get("by") else verdict
    if kind == "suggestion":
        why = f": {value['why']}" if value.get("why") else ""
        return (value_words("codes", value["codes"]) if value.get("codes") else str(value.get("verdict", ""))) + why
    told = ", ".join(_code(name, part) for name, part in value.items())
    return told if len(told) <= LONGEST else told[: LONGEST - 1] + "…"


def effect_words(effect: Effect) -> str:
    """What a change did to one thing."""
    before, after = (value_words(effect.key.kind, value) for value in (effect.before, effect.after))
    return after if effect.before is None else f"{after}, before {before}"


def _code(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if isinstance(value, float):
        return f"{name} {value:g}"
    if name == "rung":
        return f"rung {value or 'proposal'}"
    return f"{name} {value}"
