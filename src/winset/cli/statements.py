"""`winset statements`: who said what, as JSON lines."""

from __future__ import annotations

import json as json_format
import sys
from typing import Annotated

import typer

from winset.cli import clusters, inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line
from winset.cli.reading import coded

Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where the lines go, if not to stdout; with --cluster, a FOLDER/ or a store's address for Parquet.",
        show_default=False,
    ),
]
Summary = Annotated[
    bool, typer.Option("--json", help="Print the counts as JSON on stdout (on stderr where the lines go there).")
]


def statements(
    documents: inputs.Documents,
    *,
    proposal: inputs.Proposal = None,
    body: inputs.Body = None,
    on: inputs.On = None,
    option: inputs.Options = None,
    rule: inputs.Rule = None,
    status_quo: inputs.StatusQuo = 0.0,
    attributor: inputs.Attributors = None,
    stance: inputs.StanceMethod = None,
    registry: inputs.Registries = None,
    output: Output = outputs.STDOUT,
    processes: inputs.Processes = None,
    cluster: clusters.Cluster = None,
    json: Summary = False,
) -> int:
    """Who said what, as JSON lines. With a proposal, for or against it too.

    DOCS are documents, or one case file (.yaml), or one kept case. Offsets are half-open, in Unicode code points
    into the document's text.

    For example:

    winset statements reports/ -o statements.jsonl

    winset statements reports/ --proposal "Open a liaison office" --body nato --on 2023-07-11 | jq .stance

    winset statements s3://corpus/news/ -o s3://corpus/said/ --cluster tcp://scheduler.example:8786
    """
    from winset.exchange.statement_lines import statement_lines, statement_row

    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    asked = inputs.request(documents, stated, may_lack_proposal=True, registries=registry)
    if cluster is not None:
        told = clusters.statements(asked, output, cluster, attributor=inputs.names(attributor), stance=stance)
        return _tell(told, output, asked, json=json)
    told = {"documents": 0, "statements": 0}
    by = inputs.names(attributor)
    with (
        outputs.output(output, sources=[*documents, *(registry or ())]) as write,
        coded(asked, attributor=by, stance=stance, processes=processes, shown=output != outputs.STDOUT) as (
            found,
            rejected,
        ),
    ):
        for document, coding in found:
            stances = coding.stances or (None,) * len(coding.statements)
            judged = zip(coding.statements, coding.identifications, stances, strict=True)
            for line in statement_lines(statement_row(document, *each) for each in judged):
                write(line)
            told["documents"] += 1
            told["statements"] += len(coding.statements)
    told["rejected"] = rejected
    return _tell(told, output, asked, json=json)


def _tell(told: dict[str, int], output: str, asked: inputs.Request, *, json: bool) -> int:
    words = f"{counted(told['statements'], 'statement')} from {counted(told['documents'], 'document')}: {output}"
    stream = sys.stderr if output == outputs.STDOUT else sys.stdout
    if json:
        print(json_format.dumps(of_schema("statements", told)), file=stream)
    elif output != outputs.STDOUT:
        print(one_line(words))
    return FINE if asked.kept or not told["rejected"] else BAD_INPUT
