"""`winset issue`: documents alone in, a case file out that says what is to be decided, for a person to accept."""

from __future__ import annotations

import contextlib
import json as json_format
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from winset.cli import completing, inputs, outputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line, say
from winset.cli.reading import read
from winset.errors import BadCase, CannotWrite
from winset.store.addresses import place

Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Where the case file goes, .yaml.  [default: stdout]"),
]
OfBody = Annotated[
    str | None,
    typer.Option(
        "--body", metavar="NAME", help="Which body decides, if you know it.", autocompletion=completing.bodies
    ),
]
Top = Annotated[int, typer.Option("--top", min=1, max=50, help="Issues to list at most.")]


def issue(
    documents: inputs.Documents,
    *,
    output: Output = None,
    body: OfBody = None,
    top: Top = 5,
    attributor: inputs.Attributors = None,
    registry: inputs.Registries = None,
    json: inputs.AsJson = False,
) -> int:
    """Propose the issue from documents alone. A case file: what is asked for, what is offered instead, who decides.

    Each line cites the words it was read from; the values of the options are placeholders, and what the documents
    do not say is left as a question. Accept or edit it, then make the brief from it.

    For example:

    winset issue reports/ -o case.yaml

    winset issue reports/ --body nato --json | jq .issues[].proposal

    winset brief case.yaml
    """
    from winset.exchange.case_drafts import agenda_values, case_text, drafted
    from winset.pipeline.clock import now
    from winset.pipeline.proposing import proposed_agenda

    _refuse_cases(documents)
    asked = inputs.request(documents, _NOTHING, may_lack_proposal=True, registries=registry)
    known = inputs.known(registry)
    key = known.body(body).key if body is not None else None
    target = output if output is not None else None if json else outputs.STDOUT
    if target is not None and target != outputs.STDOUT and not inputs.is_case_file(target):
        raise CannotWrite(f"{target}: end its name with .yaml, or use --json for JSON on stdout")
    if json and target == outputs.STDOUT:
        raise BadCase("stdout takes one of --json and -o -: write the case file to a file")
    with contextlib.ExitStack() as opened:
        sources = [*documents, *(registry or ())]
        write = opened.enter_context(outputs.output(target, sources=sources)) if target is not None else None
        material = read(asked, attributor=inputs.names(attributor))
        agenda = proposed_agenda(material, body=key, top=top)
        if agenda is None:
            raise BadCase(
                f"{counted(len(material.documents), 'document')} read, but nothing in them is asked for, opposed or"
                " supported in English words: write --proposal 'WORDS' --body NAME to `winset brief`"
            )
        draft = drafted(agenda, known, body=key, today=date.fromisoformat(now()[:10]))
        if write is not None:
            folder = None if target in (None, outputs.STDOUT) else Path(str(target)).parent
            named = _beside(documents, folder), _beside(registry or (), folder)
            write(case_text(draft, material.documents, sources=named[0], registries=named[1]))
    if json:
        told = of_schema("issue", agenda_values(draft, material.documents)) | {"case_file": output}
        told["rejected"] = [{"name": each.name, "reason": each.reason} for each in material.rejected]
        print(json_format.dumps(told, ensure_ascii=False, indent=1))
    elif target != outputs.STDOUT:
        decided = f" before {draft.body} on {draft.on}" if draft.body else f" on {draft.on}"
        options = counted(len(draft.issue.rungs), "option")
        print(one_line(f"“{draft.issue.proposal}”{decided}, {options}: {target}; read it before you use it"))
        for question in draft.questions:
            print(one_line(f"  {question}"))
    elif draft.questions:
        say(f"{counted(len(draft.questions), 'question')} left open in the case file")
    sys.stdout.flush()
    return BAD_INPUT if material.rejected else FINE


_NOTHING = inputs.Stated(proposal=None, body=None, on=None, options=(), rule=None, status_quo=0.0)


def _refuse_cases(documents: Sequence[str]) -> None:
    """Raises BadCase for a source that states its case already."""
    for source in documents:
        if inputs.is_case_file(source) or inputs.is_kept_case(source):
            raise BadCase(f"{place(source)}: states the case already: give the documents themselves")


def _beside(sources: Sequence[str], folder: Path | None) -> list[str]:
    """As a case file in `folder` names them: relative to it, addresses as they are."""
    if folder is None:
        return list(sources)
    return [source if "://" in source else os.path.relpath(source, folder) for source in sources]
