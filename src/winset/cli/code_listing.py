"""What `winset code` prints: who coded what, where coders differ, and how far they agree."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from winset.cli.messages import counted

if TYPE_CHECKING:
    from winset.pipeline.coding import Coded
    from winset.positions.agreement.reports import Agreement, Figure, Report
    from winset.positions.rulings import Codes, Ruling
    from winset.store.addresses import Place

EXCERPT = 90  # characters of what was said
SHOWN = 20  # of the statements on which coders differ; --json has all


def coding_values(found: Coded) -> dict[str, Any]:
    """Everything that people coded, as plain values, the history too."""
    from winset.positions.rulings import joint, ruled, taken_back

    gone = taken_back(found.takes)
    by_id = {each.statement.id: each for each in found.statements}
    told = []
    for id, rulings in found.held.items():
        machine, together = by_id[id].stance, joint(rulings)
        told.append(
            {
                "statement": id,
                "document": by_id[id].document.name,
                "says": by_id[id].statement.words,
                "stance": ruled(machine, rulings).word,
                "machine_stance": machine.word,
                "coders_disagree": together.tie or None,
                "share": together.share,
                "codes": [{"coder": each.coder, "take": each.take, **plain(each)} for each in rulings],
            }
        )
    held = {(each.statement_id, each.coder, each.take) for said in found.held.values() for each in said}
    return {
        "statements": len(found.statements),
        "coded": len(found.held),
        "coders": _coders(found),
        "takes": [
            {
                "number": take.number,
                "sheet": take.sheet,
                "by": take.by,
                "at": take.at,
                "why": take.why,
                "undoes": take.undoes,
                "holds": take.number not in gone,
            }
            for take in found.takes
        ],
        "rulings": told,
        "history": [
            {
                "statement": each.statement_id,
                "coder": each.coder,
                "take": each.take,
                "holds": (each.statement_id, each.coder, each.take) in held,
                **plain(each),
            }
            for each in found.rulings
        ],
    }


def plain(ruling: Ruling) -> dict[str, Any]:
    """The codes of a ruling as plain values, only those that were coded."""
    return {**codes_values(ruling.codes), "why": ruling.why}


def codes_values(codes: Codes) -> dict[str, Any]:
    """Codes as plain values, only those that were coded."""
    values = {field.name: getattr(codes, field.name) for field in fields(codes)}
    if codes.rung == "":
        values["rung"] = "proposal"
    return {name: value for name, value in values.items() if value is not None}


def coding_lines(found: Coded, case: Place) -> Iterator[str]:
    """Who coded what, and where they differ."""
    from winset.positions.rulings import joint, taken_back

    by_id = {each.statement.id: each for each in found.statements}
    yield f"{case}: {counted(len(found.statements), 'statement')}, {len(found.held):,} coded by people"
    if not found.rulings:
        yield f"begin with: {shlex.join(['winset', 'code', str(case), '-o', 'sheet.xlsx'])}"
        return
    yield ""
    for coder, number in _coders(found).items():
        yield f"  {coder}: {counted(number, 'statement')}"
    other = [id for id, said in found.held.items() if joint(said).codes.word not in (None, by_id[id].stance.word)]
    yield f"  other than the machine: {counted(len(other), 'statement')}"
    differing = [
        (id, said) for id, said in found.held.items() if len({each.codes.word for each in said if each.codes.word}) > 1
    ]
    if differing:
        yield from ("", f"Coders differ ({len(differing)}); what most of them say counts, a tie is unclear")
    for id, said in differing[:SHOWN]:
        told = ", ".join(f"{each.coder} {each.codes.word}" for each in said if each.codes.word)
        counts = joint(said).codes.word
        yield f"  {id} {by_id[id].document.name}: {told}: {counts}"
        yield f"      {_excerpt(by_id[id].statement.words)}"
    if len(differing) > SHOWN:
        yield f"  and {len(differing) - SHOWN} more; --json lists all"
    gone = taken_back(found.takes)
    sizes = Counter(ruling.take for ruling in found.rulings)
    yield from ("", f"What was taken in ({len(found.takes)})")
    for take in found.takes:
        what = f"takes back {take.undoes}" if take.undoes else f"{take.sheet}, {counted(sizes[take.number], 'code')}"
        held = ", taken back" if take.number in gone else ""
        why = f": {take.why}" if take.why else ""
        yield f"  {take.number}  {what}{held}: {take.by}, {take.at}{why}"


def agreement_values(told: Report) -> dict[str, Any]:
    """A report as plain values."""
    return {
        "coders": list(told.coders),
        "statements": told.statements,
        "shared": told.shared,
        "seed": told.seed,
        "people": [_agreement(each) for each in told.people],
        "pairs": [_agreement(each) for each in told.pairs],
        "machine_and_people": [_agreement(each) for each in told.machine],
        "machine_and_coders": [_agreement(each) for each in told.machine_pairs],
    }


def agreement_lines(told: Report) -> Iterator[str]:
    """A report to be read."""
    size = f"{counted(told.statements, 'statement')} coded, {told.shared:,} by two people or more"
    yield f"{counted(len(told.coders), 'coder')}: {', '.join(told.coders) or 'nobody yet'}; {size}"
    for title, part in (
        ("People among each other", told.people),
        ("Two by two", told.pairs),
        ("The machine and the people together", told.machine),
        ("The machine and each of them", told.machine_pairs),
    ):
        if part:
            yield from ("", title)
            yield from _table(part, pairwise=part in (told.pairs, told.machine_pairs))
    if not told.people:
        yield from ("", "Nothing was coded by two people yet: give both the same sheet")
    elif any(figure.spread for each in told.people for figure in each.figures):
        yield from ("", "In brackets: 95% interval over samples of the statements. -: nothing varies, not defined.")


def _table(part: Sequence[Agreement], *, pairwise: bool) -> Iterator[str]:
    for each in part:
        who = f" {' and '.join(each.coders)}:" if pairwise else ""
        figures = ", ".join(_figure(figure) for figure in each.figures)
        yield f"  {each.variable}:{who} {figures} ({counted(each.units, 'statement')})"
        if each.values:
            yield f"      each code: {', '.join(f'{value} {_number(alpha)}' for value, _, alpha in each.values)}"


def _figure(figure: Figure) -> str:
    spread = figure.spread
    interval = f" [{_number(spread.low)}, {_number(spread.high)}]" if spread else ""
    return f"{figure.coefficient} {_number(figure.value)}{interval}"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _agreement(each: Agreement) -> dict[str, Any]:
    return {
        "variable": each.variable,
        "coders": list(each.coders),
        "statements": each.units,
        "figures": [
            {
                "coefficient": figure.coefficient,
                "value": figure.value,
                "low": figure.spread.low if figure.spread else None,
                "high": figure.spread.high if figure.spread else None,
                "coverage": figure.spread.coverage if figure.spread else None,
                "resamples": figure.spread.resamples if figure.spread else None,
            }
            for figure in each.figures
        ],
        "codes": [{"code": value, "times": times, "alpha": alpha} for value, times, alpha in each.values],
    }


def _coders(found: Coded) -> dict[str, int]:
    return dict(sorted(Counter(each.coder for said in found.held.values() for each in said).items()))


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"
