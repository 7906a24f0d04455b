"""`winset network`: who stands with whom, as a graph, a table or a picture."""

from __future__ import annotations

import contextlib
import json as json_format
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, say, say_rejected
from winset.cli.reading import read
from winset.errors import BadCase, CannotWrite
from winset.ids import PartialDate
from winset.positions.networks.kinds import Duplicates, Kind, Normalisation

if TYPE_CHECKING:
    from winset.corpus.types import Rejected
    from winset.positions.networks.types import Discourse, Network

FORMATS = {".graphml": "graphml", ".gexf": "gexf", ".csv": "csv", ".json": "json", ".svg": "svg"}
SHOWN = 10  # edges told in words, the heaviest
REFUSED = 20  # statements of a study told one by one where they cannot be used

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="CASE|DOCS...",
        help="Kept cases; or documents or one case file, as for `winset brief`; or one .dna file.",
        show_default=False,
    ),
]
OfKind = Annotated[Kind, typer.Option("--kind", help="What joins two nodes.")]
Normalise = Annotated[Normalisation, typer.Option("--normalise", help="What a weight is divided by.")]
Once = Annotated[
    Duplicates, typer.Option("--duplicates", help="Within what the same stance of an actor on a concept counts once.")
]
Window = Annotated[int | None, typer.Option("--window", metavar="DAYS", help="Only the last DAYS.", show_default=False)]
Step = Annotated[
    int | None,
    typer.Option(
        "--step", metavar="DAYS", help="A series, one network every DAYS back to the start.", show_default=False
    ),
]
Variable = Annotated[
    str, typer.Option("--variable", metavar="NAME", help="Of a .dna file: the variable whose values are the actors.")
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where it goes: .graphml, .gexf, .csv, .json or .svg."),
]


def network(
    sources: Sources,
    *,
    kind: OfKind = Kind.CONGRUENCE,
    normalise: Normalise = Normalisation.NONE,
    duplicates: Once = Duplicates.ORIGIN,
    window: Window = None,
    step: Step = None,
    as_of: inputs.AsOf = None,
    output: Output = None,
    json: inputs.AsJson = False,
    variable: Variable = "organization",
    proposal: inputs.Proposal = None,
    body: inputs.Body = None,
    on: inputs.On = None,
    option: inputs.Options = None,
    rule: inputs.Rule = None,
    status_quo: inputs.StatusQuo = 0.0,
    attributor: inputs.Attributors = None,
    stance: inputs.StanceMethod = None,
    registry: inputs.Registries = None,
) -> int:
    """Who agrees with whom, who contradicts whom, who is for what. As a graph, a table or a picture.

    With one case the concepts are its proposal and the rungs that are spoken of; with several, each case's
    proposal is a concept.

    For example:

    winset network tokyo.winset -o tokyo.svg

    winset network tokyo.winset --kind subtract --normalise average --window 90 --step 30 -o tokyo.csv

    winset network first.winset second.winset --kind two-mode --as-of 2023-06-30 -o both.graphml

    winset network study.dna --variable person --kind conflict --duplicates document --json
    """
    from winset.positions.networks.building import check
    from winset.positions.networks.windows import networks, periods

    check(kind, normalise)
    day = None if as_of is None else PartialDate(as_of)
    form = _form(output, series=step is not None)
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    read_from = [*sources, *(registry or ())]
    with contextlib.ExitStack() as opened:
        write = opened.enter_context(outputs.output(output, sources=read_from)) if output else None
        found = _found(
            sources,
            stated,
            variable=variable,
            registries=registry,
            attributor=inputs.names(attributor),
            stance=stance,
            as_of=day,
        )
        if not found.discourse.referrals:
            raise BadCase("no statement is for or against anything, so nobody is joined to anybody")
        over = periods(found.discourse, window=window, step=step, as_of=None if day is None else day.latest)
        made = tuple(networks(found.discourse, over, kind=kind, normalisation=normalise, duplicates=duplicates))
        if write is not None:
            write(_rendered(made, form))
    if json:
        from winset.exchange.network_files import as_dict

        told = {**as_dict(made), "rejected": [{"name": each.name, "reason": each.reason} for each in found.rejected]}
        print(json_format.dumps(of_schema("network", told), ensure_ascii=False))
    else:
        _tell(made, found.discourse, output)
    return BAD_INPUT if found.rejected and not found.kept else FINE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the sources hold."""

    discourse: Discourse
    rejected: tuple[Rejected, ...] = ()
    kept: bool = False  # from kept cases, which have told before what they could not read


def _form(output: str | None, *, series: bool) -> str:
    """The format that a file's name asks for.  Raises CannotWrite."""
    if output is None:
        return ""
    form = FORMATS.get(Path(output).suffix.lower())
    if form is None:
        raise CannotWrite(f"{output}: end its name with {', '.join(FORMATS)}, or use --json for stdout")
    if series and form == "graphml":
        raise CannotWrite(f"{output}: GraphML holds one network: leave out --step, or write .gexf, .csv, .json or .svg")
    return form


def _found(
    sources: Sequence[str],
    stated: inputs.Stated,
    *,
    variable: str,
    registries: Sequence[str] | None,
    attributor: Sequence[str],
    stance: str | None,
    as_of: PartialDate | None,
) -> _Found:
    """Who is for or against what, from cases, documents or a study.  Raises BadCase for a mixture of them."""
    from winset.exchange.dna import is_dna
    from winset.pipeline.networks import read_discourse

    if any(is_dna(source) for source in sources):
        if len(sources) > 1 or registries or attributor or stance or not stated.nothing:
            raise BadCase(f"{next(filter(is_dna, sources))}: a .dna file comes alone, and states its own concepts")
        return _study(Path(sources[0]), variable)
    cases = [source for source in sources if inputs.is_kept_case(source)]
    if len(cases) > 1 and len(cases) < len(sources):
        raise BadCase("kept cases come without documents: add documents to one of them with `winset add CASE DOCS...`")
    groups = [[case] for case in dict.fromkeys(cases)] if len(cases) > 1 else [list(sources)]
    requests = [inputs.request(group, stated, registries=registries) for group in groups]
    asked = [(request.case, read(request, attributor=attributor, stance=stance, some=True)) for request in requests]
    kept = all(request.kept for request in requests)
    rejected = () if kept else tuple(each for _, material in asked for each in material.rejected)
    return _Found(discourse=read_discourse(asked, as_of=as_of), rejected=rejected, kept=kept)


def _study(path: Path, variable: str) -> _Found:
    from winset.exchange.dna import read_dna

    study = read_dna(path, actor=variable)
    for rejected in study.rejected[:REFUSED]:
        say_rejected(rejected)
    if len(study.rejected) > REFUSED:
        say(f"{path}: {counted(len(study.rejected) - REFUSED, 'more statement')} left out; --json lists all")
    return _Found(discourse=study.discourse, rejected=study.rejected)


def _rendered(made: Sequence[Network], form: str) -> str:
    if form == "svg":
        from winset.exchange.network_picture import picture

        return picture(made)
    if form == "gexf":
        from winset.exchange.network_gexf import gexf

        return gexf(made)
    from winset.exchange.network_files import as_dict, edge_list, graphml

    if form == "json":
        return json_format.dumps(of_schema("network", as_dict(made)), ensure_ascii=False, indent=1) + "\n"
    return edge_list(made) if form == "csv" else graphml(made[0])


def _tell(made: Sequence[Network], discourse: Discourse, output: str | None) -> None:
    """How much there is, and without a file the last network in words."""
    from winset.positions.networks.building import edges
    from winset.positions.networks.camps import camps

    last = made[-1]
    known = {each for network in made for each in network.referrals}
    series = f"{counted(len(made), 'network')}, the last of " if len(made) > 1 else ""
    size = f"{counted(len(last.actors), 'actor')}, {counted(len(last.concepts), 'concept')}"
    undated = sum(each.on is None for each in discourse.referrals)
    lost = f", {counted(undated, 'statement')} without a date left out" if undated and last.until else ""
    statements = f"{counted(len(known), 'statement')} of {len(discourse.referrals):,} counted{lost}"
    print(one_line(f"{last.kind}: {series}{size}; {statements}{f': {output}' if output else ''}"))
    if output is not None:
        return
    names = {str(actor.id): actor.name for actor in last.actors}
    labels = {concept.id: concept.label for concept in last.concepts} if last.is_two_mode else names
    if last.kind in {Kind.CONGRUENCE, Kind.SUBTRACT}:
        for camp in (camp for camp in camps(last) if len(camp) > 1):
            print(one_line(f"together: {', '.join(names[actor] for actor in camp)}"))
    ranked = sorted(edges(last), key=lambda edge: -abs(edge.weight))
    for edge in ranked[:SHOWN]:
        behind = counted(len(edge.statements), "statement")
        print(one_line(f"{edge.weight:8.3g}  {names[edge.source]} - {labels[edge.target]} ({behind})"))
    if len(ranked) > SHOWN:
        print(f"and {counted(len(ranked) - SHOWN, 'more edge')}: write -o FILE or --json")
