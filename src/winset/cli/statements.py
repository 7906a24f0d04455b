"""`winset statements`: who said what, as JSON lines."""

from __future__ import annotations

import json as json_format
import sys
from typing import Annotated

import typer

from winset.cli import inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line
from winset.cli.reading import read

Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where the lines go; - for stdout.")]
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
    json: Summary = False,
) -> int:
    """Who said what, as JSON lines. With a proposal, for or against it too.

    DOCS are documents, or one case file (.yaml), or one kept case. Offsets are half-open, in Unicode code points
    into the document's text.

    For example:

    winset statements reports/ -o statements.jsonl

    winset statements reports/ --proposal "Open a liaison office" --body nato --on 2023-07-11 | jq .stance
    """
    from winset.exchange.statement_lines import statement_lines, statement_row

    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    asked = inputs.request(documents, stated, may_lack_proposal=True, registries=registry)
    with outputs.output(output, sources=[*documents, *(registry or ())]) as write:
        material = read(asked, attributor=inputs.names(attributor), stance=stance)
        count = 0
        for document, coding in zip(material.documents, material.codings, strict=True):
            stances = coding.stances or (None,) * len(coding.statements)
            judged = zip(coding.statements, coding.identifications, stances, strict=True)
            rows = [statement_row(document, *each) for each in judged]
            count += len(rows)
            for line in statement_lines(rows):
                write(line)
    told = {"documents": len(material.documents), "statements": count, "rejected": len(material.rejected)}
    words = f"{counted(count, 'statement')} from {counted(len(material.documents), 'document')}: {output}"
    stream = sys.stderr if output == outputs.STDOUT else sys.stdout
    if json:
        print(json_format.dumps(of_schema("statements", told)), file=stream)
    elif output != outputs.STDOUT:
        print(one_line(words))
    return FINE if asked.kept or not material.rejected else BAD_INPUT
