"""`winset export` and `winset import`: a case for other programs, and their files for a case."""

from __future__ import annotations

import contextlib
import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, progress, say, say_rejected
from winset.errors import BadCase, CannotWrite, CaseExists, NoCase, WinsetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from winset.carrying.exports import Exported
    from winset.carrying.imports import Documents, Incoming
    from winset.carrying.projects import Brought
    from winset.store.addresses import Place
    from winset.store.case_store import CaseStore

VARIABLES = ("person", "actor", "concept", "agreement")
TOLD = 20  # what could not be used, told one by one
OTHERS = ".xlsx, .csv, .parquet, .arrow: `winset tables`; .svg: `winset network`; .html, .pdf, .docx: `winset brief`"

Form = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="Where the file's name does not tell; `winset methods` lists them."),
]
File = Annotated[Path, typer.Argument(metavar="FILE", help="What another program wrote.", show_default=False)]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it.  [default: your user name]")]


def export(
    case: inputs.KeptCase,
    *,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Where it goes; its name tells the format."),
    ],
    form: Form = None,
    json: inputs.AsJson = False,
) -> int:
    """A kept case as a file of another program. What the format cannot hold is said.

    .dna Discourse Network Analyzer, .qdpx REFI-QDA (NVivo, MAXQDA, ATLAS.ti), .jsonld Web Annotation, .csl.json .bib
    .ris references (Zotero), .graphml .gexf networks (Gephi), .ftm.json FollowTheMoney, .plover.jsonl events,
    .claimreview.json fact checks; --format decide and ktab, input of these models. Tables are written by `winset
    tables`, networks with settings by `winset network`.

    For example:

    winset export tokyo.winset -o tokyo.dna

    winset export tokyo.winset -o tokyo.txt --format decide
    """
    from winset.carrying.exports import EXPORTS, SUFFIXES
    from winset.store.case_store import CaseStore

    if output == outputs.STDOUT:
        raise CannotWrite("-: some of these files are no stream: name a file")
    writes = EXPORTS[_form(output, form, SUFFIXES, f"; {OTHERS}")]
    with CaseStore.open(case) as store, outputs.beside(output, sources=[str(case)]) as path:
        done = writes(store, path)
    if json:
        told = {"output": output, "format": writes.id, "wrote": dict(done.wrote)}
        losses = {"losses": list(done.losses), "left_behind": list(done.left_behind)}
        print(json_format.dumps(of_schema("export", {**told, **losses}), ensure_ascii=False))
        return FINE
    _tell_export(done, output)
    return FINE


def import_(
    file: File,
    case: inputs.KeptCase,
    *,
    form: Form = None,
    concept: Annotated[
        str | None,
        typer.Option(
            "--concept",
            metavar="WORDS",
            help="Which of the file's concepts is the case's proposal.  [default: its own]",
        ),
    ] = None,
    machine: Annotated[
        bool, typer.Option("--machine", help="The machine reads new documents too, as `winset add` does.")
    ] = False,
    variable: Annotated[
        list[str] | None,
        typer.Option(
            "--variable",
            metavar="ROLE=NAME",
            help="What the file calls it: person=, actor=, concept= or agreement=. May be repeated.",
            show_default=False,
        ),
    ] = None,
    by: By = None,
    proposal: inputs.Proposal = None,
    body: inputs.Body = None,
    on: inputs.On = None,
    option: inputs.Options = None,
    rule: inputs.Rule = None,
    status_quo: inputs.StatusQuo = 0.0,
    json: inputs.AsJson = False,
) -> int:
    """Bring another program's file into a kept case: its documents, statements and codes, under its coders' names.

    A case that is not there yet is made, by the question that the file states (one that winset wrote does), else by
    --proposal, --body and --on. The same file twice brings nothing new; a wrong file leaves the case as it was.

    For example:

    winset import coded.dna tokyo.winset --concept "Open a liaison office"

    winset import zotero.bib tokyo.winset
    """
    from winset.carrying.exports import SUFFIXES
    from winset.carrying.imports import IMPORTS, Asked

    reads = IMPORTS[_form(str(file), form, {end: name for end, name in SUFFIXES.items() if name in IMPORTS})]
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    with progress("reading") as shown:
        asked = Asked(
            by=inputs.person(by),
            concept=concept,
            machine=machine,
            variables=_variables(variable or []),
            progress=shown,
        )
        with _opened(case, stated, lambda there: reads(file, asked, there)) as (store, incoming):
            brought = incoming.bring(store, asked)
            held = store.counts()["document"]
    for rejected in brought.rejected[:TOLD]:
        say_rejected(rejected)
    if len(brought.rejected) > TOLD:
        say(f"{file}: {counted(len(brought.rejected) - TOLD, 'more part')} left out; --json lists all")
    if json:
        told = of_schema("import", {"case": str(case), "format": reads.id, **_as_dict(brought)})
        print(json_format.dumps(told, ensure_ascii=False))
    else:
        _tell_import(brought, held, case)
    return BAD_INPUT if brought.rejected else FINE


@contextlib.contextmanager
def _opened(
    case: Place, stated: inputs.Stated, read: Callable[[Documents], Incoming]
) -> Iterator[tuple[CaseStore, Incoming]]:
    """The case, made where it is not there, and the file, read before anything is made or changed."""
    from winset.pipeline.clock import now
    from winset.store.case_store import CaseStore

    with contextlib.ExitStack() as opened:
        store = None
        with contextlib.suppress(NoCase):
            store = opened.enter_context(CaseStore.open(case))
        if store is not None:
            stated.refuse_with(case)
            yield store, read(store.documents)
            return
    incoming = read(tuple)
    spec = stated.spec() if not stated.nothing else incoming.spec
    if spec is None:
        raise BadCase(f"{incoming.name}: states no question: say --proposal WORDS --body NAME --on DATE")
    try:
        with CaseStore.create(case, spec, created_at=now()) as store:
            yield store, incoming
    except CaseExists:
        raise
    except WinsetError:
        if isinstance(case, Path):
            case.unlink(missing_ok=True)  # it was not there before, and holds nothing that is not in the file
        raise


def _form(name: str, form: str | None, suffixes: Mapping[str, str], otherwise: str = "") -> str:
    """The format that is asked for, or that a file's name tells.  Raises CannotWrite."""
    if form is not None:
        return form
    ends = [end for end in suffixes if name.lower().endswith(end)]
    if not ends:
        raise CannotWrite(
            f"{name}: its name tells no format: end it with {', '.join(suffixes)}, or say --format{otherwise}"
        )
    return suffixes[max(ends, key=len)]


def _variables(given: list[str]) -> dict[str, str]:
    found = {}
    for each in given:
        role, _, name = each.partition("=")
        if role not in VARIABLES or not name:
            raise BadCase(f"--variable {each}: write {'=NAME, '.join(VARIABLES)}=NAME")
        found[role] = name
    return found


def _as_dict(brought: Brought) -> dict[str, Any]:
    return {
        "added": list(brought.added),
        "there_already": list(brought.again),
        "statements": brought.statements,
        "statements_there_already": brought.statements_again,
        "codes": brought.codes,
        "take": brought.take,
        "other_concepts": list(brought.concepts),
        "new_actors": list(brought.actors),
        "not_kept": list(brought.unkept),
        "rejected": [asdict(each) for each in brought.rejected],
    }


def _tell_export(done: Exported, output: str) -> None:
    print(one_line(f"{output}: {', '.join(counted(number, noun) for noun, number in done.wrote)}"))
    for title, lines in (("not in this format", done.losses), ("left behind", done.left_behind)):
        for line in lines:
            print(one_line(f"  {title}: {line}"))


def _tell_import(brought: Brought, held: int, case: Place) -> None:
    parts = [
        f"{counted(len(brought.added), 'document')} added, {len(brought.again)} there already",
        f"{counted(brought.statements, 'new statement')}, {brought.statements_again} there already",
        *([f"{counted(brought.codes, 'code')} of people, take {brought.take}"] if brought.codes else []),
        f"{len(brought.rejected)} rejected",
    ]
    print(one_line(f"{'; '.join(parts)}; {counted(held, 'document')} in the case"))
    if brought.actors:
        names = ", ".join(brought.actors[:TOLD])
        print(one_line(f"  new to the registry, kept as organisations: {names}"))
    if brought.concepts:
        names = "; ".join(brought.concepts[:TOLD])
        print(one_line(f"  not about the case's proposal, unless --concept says so: {names}"))
    for line in brought.unkept:
        print(one_line(f"  not kept: {line}"))
    if brought.codes:
        print(one_line(f"  to take the codes back: winset code {case} undo {brought.take}"))
