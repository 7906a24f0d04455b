"""`winset doctor`: whether this installation works, and whether a kept case is whole."""

from __future__ import annotations

import json as json_format
import platform
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import completing, inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, progress

if TYPE_CHECKING:
    from winset.cli.doctor_checks import Finding, Status
    from winset.store.examination import Examination

SHOWN = 5  # broken spans and the like, told one by one

Case = Annotated[
    str | None,
    typer.Argument(
        metavar="CASE",
        help="Also look whether this kept case is whole: a file, or postgresql://USER@HOST/DATABASE#NAME.",
        show_default=False,
        autocompletion=completing.cases,
    ),
]


def doctor(case: Case = None, *, json: inputs.AsJson = False) -> int:
    """Whether this installation works, and a case is whole. One line for each thing, with what to do.

    Looks at the packages, the models, the registry, the database, folders and settings; of a case at the file, every
    text and span, and the trail of changes. Nothing is changed, and no network is used but that to a named case.

    For example:

    winset doctor

    winset doctor tokyo.winset --json

    Ends with status 2 where something is wrong; what is optional and absent is only noted.
    """
    from winset import __version__
    from winset.cli.doctor_checks import findings

    found = list(findings())
    told: dict[str, Any] | None = None
    about_case: list[Finding] = []
    if case is not None:
        told, about_case = _case(case)
    works = not any(each.status == "wrong" for each in (*found, *about_case))
    if json:
        values = {
            "works": works,
            "version": __version__,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "findings": [each.values() for each in found],
            "case": told and {**told, "findings": [each.values() for each in about_case]},
        }
        print(json_format.dumps(of_schema("doctor", values), ensure_ascii=False, indent=1))
        return FINE if works else BAD_INPUT
    print(one_line(f"winset {__version__}, Python {platform.python_version()}, {platform.platform()}"))
    _tell(found)
    if told is not None:
        print(one_line(told["place"]))
        _tell(about_case)
    print(_sum((*found, *about_case)))
    return FINE if works else BAD_INPUT


def _tell(found: Sequence[Finding]) -> None:
    width = max(len(each.check) for each in found)
    for each in found:
        cure = f"; {each.cure}" if each.cure else ""
        print(one_line(f"  {each.status:<5}  {each.check:<{width}}  {each.told}{cure}"))


def _sum(found: Sequence[Finding]) -> str:
    many = Counter(each.status for each in found)
    noted = f", {counted(many['note'], 'note')}" if many["note"] else ""
    if many["wrong"]:
        return f"{counted(many['wrong'], 'thing')} wrong, {many['fine']} fine{noted}"
    return f"everything works: {many['fine']} fine{noted}"


def _case(case: str) -> tuple[dict[str, Any], list[Finding]]:
    """What is told of a case, and the findings.  A case that cannot be opened is a finding, not a refusal."""
    from winset.cli.doctor_checks import Finding
    from winset.errors import WinsetError
    from winset.store.addresses import place

    nothing = {"documents": None, "statements": None, "spans": None, "changes": None}
    try:
        at = place(case)
    except WinsetError as error:
        return {"place": case, **nothing}, [Finding(check="case", status="wrong", told=str(error))]
    from winset.store.examination import examined

    try:
        with progress("checking") as shown:
            found = examined(at, progress=shown)
    except WinsetError as error:
        return {"place": str(at), **nothing}, [Finding(check="case", status="wrong", told=str(error))]
    counts = {name: getattr(found.inside, name, None) for name in nothing}
    return {"place": found.place, **counts}, list(_of_case(found))


def _of_case(found: Examination) -> list[Finding]:
    from winset.cli.doctor_checks import Finding
    from winset.store.tables import SCHEMA

    def finding(check: str, wrong: Sequence[str], fine: str, cure: str) -> list[Finding]:
        if not wrong:
            return [Finding(check=check, status="fine", told=fine)]
        shown = [Finding(check=check, status="wrong", told=line, cure=cure) for line in wrong[:SHOWN]]
        if len(wrong) > SHOWN:
            shown.append(Finding(check=check, status="wrong", told=f"and {len(wrong) - SHOWN:,} more", cure=cure))
        return shown

    back = "make it whole: winset recover CASE --from BACKUP -o NEW, or without a backup what can be saved"
    told = finding("database", found.broken, "whole", back)
    if found.unsealed:
        told += finding("seals", found.unsealed, "", back)
    if found.broken:
        return told
    inside = found.inside
    if inside is None:
        older = found.schema < SCHEMA
        cure = "any command that opens it brings it up, keep a copy first" if older else "update winset"
        status: Status = "note" if older else "wrong"
        what = f"schema {found.schema}, this winset writes {SCHEMA}: texts and trail not looked at"
        return [*told, Finding(check="schema", status=status, told=what, cure=cure)]
    last = f", the last {inside.last_change}" if inside.last_change else ""
    return [
        *told,
        Finding(check="schema", status="fine", told=f"{found.schema}"),
        *finding(
            "words",
            inside.wrong,
            f"{counted(inside.spans, 'span')} of {counted(inside.statements, 'statement')} in"
            f" {counted(inside.documents, 'document')} stand where they should",
            back,
        ),
        *finding(
            "trail",
            inside.unlike,
            f"{counted(inside.changes, 'change')}{last}, come to the state of the case",
            "tell us with the output of `winset check CASE log`: the codes themselves are kept",
        ),
    ]
