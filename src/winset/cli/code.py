"""`winset code`: statements out to the people who code them, their codes back in, and how far they agree."""

from __future__ import annotations

import json as json_format
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import completing, inputs, outputs
from winset.cli.code_listing import agreement_lines, agreement_values, coding_lines, coding_values
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, say
from winset.errors import BadCase, UnknownName

if TYPE_CHECKING:
    from winset.exchange.coding_export import ToCode
    from winset.pipeline.coding import TakenIn
    from winset.store.addresses import Place
    from winset.store.case_store import CaseStore

VERBS = "export, take SHEET, agreement, undo [N]"
REFUSED_SHOWN = 20  # rows that are told one by one; --json has all

Asked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VERB...",
        help="What you want: export (with -o), take SHEET, agreement, undo [N]. Without one, who coded what.",
        show_default=False,
        autocompletion=completing.verbs(VERBS),
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Of export: the sheet, .csv or .xlsx; - for CSV on stdout."),
]
Coder = Annotated[
    str | None,
    typer.Option(
        "--coder", metavar="NAME", help="Of take: who coded the rows that name nobody; of export: fill it in."
    ),
]
Sample = Annotated[
    int | None, typer.Option("--sample", metavar="N", min=1, help="Of export: N statements, drawn by chance.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Of the sample, and of agreement's intervals.")]
OfActor = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Of export: only what this actor or speaker says. May be repeated.",
        autocompletion=completing.actors,
    ),
]
In = Annotated[
    list[str] | None,
    typer.Option("--in", metavar="DOC", help="Of export: only this document, by name or id. May be repeated."),
]
Uncertain = Annotated[
    bool, typer.Option("--uncertain-first", help="Of export: what the machine is least sure of comes first.")
]
Blind = Annotated[bool, typer.Option("--blind", help="Of export: without the machine's codes.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who takes in or takes back.  [default: your login name]")
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Of take and undo: the reason.", show_default=False)]


def code(
    case: inputs.KeptCase,
    asked: Asked = None,
    *,
    output: Output = None,
    coder: Coder = None,
    sample: Sample = None,
    seed: Seed = 0,
    actor: OfActor = None,
    in_document: In = None,
    uncertain_first: Uncertain = False,
    blind: Blind = False,
    by: By = None,
    why: Why = "",
    json: inputs.AsJson = False,
) -> int:
    """Have people code the statements of a kept case. Their codes count before the machine's, and both are kept.

    For example:

    winset code tokyo.winset -o sheet.xlsx --sample 50 --blind

    winset code tokyo.winset take sheet.xlsx --coder Ada

    winset code tokyo.winset agreement

    winset code tokyo.winset undo 2

    winset code tokyo.winset

    Rows that cannot be used are refused, each with its reason; the others are taken. The same sheet twice changes
    nothing; a coder's later code counts instead of the earlier one.
    """
    from winset.store.case_store import CaseStore

    exporting = {
        "--output": output is not None,
        "--sample": sample is not None,
        "--actor": bool(actor),
        "--in": bool(in_document),
        "--uncertain-first": uncertain_first,
        "--blind": blind,
    }
    words = asked or (["export"] if any(exporting.values()) else ["list"])
    _check(words, exporting, coder=coder is not None, by=by is not None or bool(why))
    with CaseStore.open(case) as store:
        if words[0] == "export":
            found = _chosen(store, actor or (), in_document or (), sample, seed, uncertain_first=uncertain_first)
            _export(case, store, found, output or "", blind=blind, coder=coder or "", as_json=json)
            return FINE
        if words[0] == "take":
            return _take(
                case,
                store,
                Path(words[1]),
                coder=coder or "",
                by=inputs.person(by),
                why=" ".join(why.split()),
                as_json=json,
            )
        if words[0] == "undo":
            _undo(case, store, _number(words[1:]), inputs.person(by), " ".join(why.split()), as_json=json)
            return FINE
        _tell(case, store, seed, agreement=words[0] == "agreement", as_json=json)
    return FINE


def _check(words: Sequence[str], exporting: dict[str, bool], *, coder: bool, by: bool) -> None:
    """Raises BadCase for a verb that is none, words too many or too few, and options that mean nothing with it."""
    verb, number = words[0], len(words) - 1
    allowed = {"export": (0, 0), "take": (1, 1), "agreement": (0, 0), "undo": (0, 1), "list": (0, 0)}
    if verb not in allowed:
        raise BadCase(f"no verb {verb!r}: there are {VERBS}")
    least, most = allowed[verb]
    if not least <= number <= most:
        raise BadCase(f"{verb} {' '.join(words[1:])}".rstrip() + f": write one of {VERBS}")
    given = [option for option, is_given in exporting.items() if is_given and verb != "export"]
    given += ["--coder"] if coder and verb not in ("export", "take") else []
    given += ["--by and --why"] if by and verb not in ("take", "undo") else []
    if given:
        raise BadCase(f"{verb} takes no {', '.join(given)}: see `winset code --help`")
    if verb == "export" and not exporting["--output"]:
        raise BadCase("export: say where to: -o sheet.csv, -o sheet.xlsx, or -o - for CSV on stdout")


def _chosen(
    store: CaseStore,
    actors: Sequence[str],
    documents: Sequence[str],
    sample: int | None,
    seed: int,
    *,
    uncertain_first: bool,
) -> tuple[ToCode, ...]:
    """The statements that are asked for.  Raises UnknownName for an actor or document that is not in the case."""
    from winset.actors.judgements import nearest
    from winset.actors.tables import folded
    from winset.exchange.coding_export import chosen
    from winset.pipeline.coding import coded

    every = coded(store).statements
    for option, given, names in (
        ("actor", actors, [_names(each) for each in every]),
        ("document", documents, [_documents(each) for each in every]),
    ):
        known = {folded(name): name for own in names for name in own}
        for name in given:
            if folded(name) not in known:
                near = nearest(name, known.values())
                raise UnknownName(f"no {option} {name!r} in the case" + (f": did you mean {near}?" if near else ""))
    wanted, places = {folded(name) for name in actors}, {folded(name) for name in documents}
    kept = [
        each
        for each in every
        if (not wanted or wanted & {folded(name) for name in _names(each)})
        and (not places or places & {folded(name) for name in _documents(each)})
    ]
    return chosen(kept, sample=sample, seed=seed, uncertain_first=uncertain_first)


def _names(each: ToCode) -> list[str]:
    who = each.identification
    return [name for name in (who.represents, who.speaker, who.actor_id) if name]


def _documents(each: ToCode) -> list[str]:
    return [each.document.id, each.document.name, Path(each.document.name).name]


def _export(
    case: Place, store: CaseStore, found: Sequence[ToCode], target: str, *, blind: bool, coder: str, as_json: bool
) -> None:
    from winset.exchange.coding_export import sheet

    suffix = Path(target).suffix.lower()
    if target != outputs.STDOUT and suffix not in (".csv", ".xlsx"):
        raise BadCase(f"{target}: end its name with .csv or .xlsx, or write -o - for CSV on stdout")
    with outputs.output(target, sources=[str(case)]) as write:
        write(sheet(found, store.spec().issue, workbook=suffix == ".xlsx", blind=blind, coder=coder))
    if target == outputs.STDOUT:
        return
    if as_json:
        told = {"case": str(case), "sheet": target, "statements": len(found), "blind": blind}
        print(json_format.dumps(of_schema("code", told), ensure_ascii=False))
        return
    back = shlex.join(["winset", "code", str(case), "take", target, "--coder", coder or "NAME"])
    print(one_line(f"{target}: {counted(len(found), 'statement')} to code; take them back with: {back}"))


def _take(case: Place, store: CaseStore, path: Path, *, coder: str, by: str, why: str, as_json: bool) -> int:
    from winset.exchange.coding_take import read_sheet
    from winset.pipeline.coding import take_codes

    done = take_codes(store, read_sheet(path), name=path.name, coder=coder, by=by, why=why)
    back = shlex.join(["winset", "code", str(case), "undo", str(done.number)]) if done.number else None
    refused = done.read.refused
    if as_json:
        told = {
            "case": str(case),
            "sheet": str(path),
            "take": done.number,
            "taken": len(done.new),
            "replaced": done.replaced,
            "unchanged": len(done.read.rulings) - len(done.new),
            "repeated": done.read.repeated,
            "empty": done.read.empty,
            "coders": sorted({ruling.coder for ruling in done.read.rulings}),
            "refused": [
                {"row": each.row, "statement": each.id, "coder": each.coder, "reason": each.reason} for each in refused
            ],
            "undo": back,
        }
        print(json_format.dumps(of_schema("code", told), ensure_ascii=False))
    else:
        print(one_line(_taken_line(path, done) + (f"; to take it back: {back}" if back else "")))
    for each in refused[:REFUSED_SHOWN]:
        say(f"{path.name}, row {each.row}: {each.reason.removeprefix(f'{path.name}: ')}")
    if len(refused) > REFUSED_SHOWN:
        say(f"{path.name}: {len(refused) - REFUSED_SHOWN} more rows refused: --json lists all")
    return BAD_INPUT if refused else FINE


def _taken_line(path: Path, done: TakenIn) -> str:
    parts = [f"{len(done.new):,} taken"]
    if done.replaced:
        parts.append(f"{done.replaced:,} of them instead of an earlier code")
    same = len(done.read.rulings) - len(done.new) + done.read.repeated
    for number, word in ((same, "there already"), (done.read.empty, "not coded"), (len(done.read.refused), "refused")):
        if number:
            parts.append(f"{number:,} {word}")
    return f"{path.name}: {', '.join(parts)}"


def _undo(case: Place, store: CaseStore, number: int | None, by: str, why: str, *, as_json: bool) -> None:
    from winset.pipeline.coding import undo_take

    undone = undo_take(store, number, by=by, why=why)
    again = shlex.join(["winset", "code", str(case), "undo", str(len(store.takes()))])
    if as_json:
        told = of_schema("code", {"case": str(case), "undone": undone.number, "undo": again})
        print(json_format.dumps(told, ensure_ascii=False))
        return
    what = f"the codes of {undone.sheet}" if undone.undoes is None else f"the taking back of {undone.undoes}"
    print(one_line(f"{undone.number}: {what} no longer count; to have them again: {again}"))


def _tell(case: Place, store: CaseStore, seed: int, *, agreement: bool, as_json: bool) -> None:
    from winset.pipeline.coding import coded

    found = coded(store)
    if agreement:
        from winset.positions.agreement.reports import report

        stances = {each.statement.id: each.stance for each in found.statements}
        told = report(found.held, stances, found.machine_actors, seed=seed)
        values, lines = agreement_values(told), agreement_lines(told)
    else:
        values, lines = coding_values(found), coding_lines(found, case)
    if as_json:
        print(json_format.dumps(of_schema("code", {"case": str(case), **values}), ensure_ascii=False))
        return
    for line in lines:
        print(one_line(line))


def _number(words: Sequence[str]) -> int | None:
    if not words:
        return None
    if not words[0].isdecimal():
        raise BadCase(f"undo {words[0]}: write undo N with the number of a take, or undo for the last")
    return int(words[0])
