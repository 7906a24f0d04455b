"""`winset brief`: documents, a case file or a kept case in, the brief out."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import inputs, outputs
from winset.cli.messages import BAD_INPUT, FINE, counted, one_line
from winset.cli.reading import read, refuse_methods
from winset.errors import CannotWrite

if TYPE_CHECKING:
    from winset.brief.types import Brief

FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
}

Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where the brief goes: .html, .pdf, .docx, .md or .json.  [default: brief.html, for a case CASE.html]",
    ),
]
JsonFile = Annotated[str | None, typer.Option("--json", metavar="FILE", help="Also as JSON; - for stdout.")]
MarkdownFile = Annotated[str | None, typer.Option("--markdown", metavar="FILE", help="Also as Markdown; - for stdout.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the forecast's random draws.")]
Draws = Annotated[int, typer.Option("--draws", min=1, max=10_000_000, help="Random draws of the forecast.")]


def brief(
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
    estimator: inputs.Estimator = None,
    as_of: inputs.AsOf = None,
    output: Output = None,
    json: JsonFile = None,
    markdown: MarkdownFile = None,
    seed: Seed = 0,
    draws: Draws = 20_000,
) -> int:
    """Make the brief. Who stands where, who can block, what could still pass, on whose words.

    DOCS are documents; or one case file (.yaml), with further documents after it if you like; or one kept case.

    For example:

    winset brief reports/ --proposal "Open a liaison office" --body nato --on 2023-07-11 -o brief.html

    winset brief case.yaml -o brief.pdf --json brief.json

    winset brief tokyo.winset --markdown - | less

    Ends with status 2 where a document could not be read; the brief is written from the others and lists it.
    """
    from winset.pipeline.brief import compose_brief
    from winset.pipeline.clock import stopwatch
    from winset.pipeline.defaults import DRAWS, SEED
    from winset.pipeline.large_brief import kept_brief

    started = stopwatch()
    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    targets = _targets(documents[0], output, json, markdown)
    by, on_record = inputs.estimator(estimator), inputs.as_of(as_of)
    asked = inputs.request(documents, stated, registries=registry)
    read_from = [*documents, *(registry or ())]
    with contextlib.ExitStack() as opened:
        writers = [(form, opened.enter_context(outputs.output(target, sources=read_from))) for target, form in targets]
        coders = inputs.names(attributor)
        chosen = (
            *(("--attributor", ",".join(coders)) if coders else ()),
            *(("--stance", stance) if stance is not None else ()),
        )
        drawn = () if (seed, draws) == (SEED, DRAWS) else ("--seed", str(seed), "--draws", str(draws))
        command = asked.shell("brief", *chosen, *inputs.estimate_arguments(by, on_record), *drawn)
        how: dict[str, Any] = {"seed": seed, "draws": draws, "command": command, "started": started, "estimator": by}
        made: Brief
        if asked.kept:
            from winset.store.case_store import CaseStore

            refuse_methods(asked, attributor=coders, stance=stance)
            with CaseStore.open(asked.kept) as store:
                made = kept_brief(store, as_of=on_record, **how)
        else:
            made = compose_brief(asked.case, read(asked, attributor=coders, stance=stance), as_of=on_record, **how)
        for form, write in writers:
            write(rendered(made, form))
    _tell(made, [target for target, _ in targets])
    return FINE if asked.kept or not made.rejected else BAD_INPUT


def rendered(brief: Brief, form: str) -> str | bytes:
    """The brief as "html", "pdf", "docx", "markdown" or "json".  Raises NotConfigured for a PDF without typst."""
    if form == "pdf":
        from winset.brief import pdf

        return pdf.render(brief)
    if form == "docx":
        from winset.brief import word

        return word.render(brief)
    if form == "json":
        import json

        from winset.brief.json import as_dict

        return json.dumps(as_dict(brief), ensure_ascii=False, indent=1) + "\n"
    if form == "markdown":
        from winset.brief import markdown

        return markdown.render(brief)
    from winset.brief import html

    return html.render(brief)


def _targets(first: str, output: str | None, json: str | None, markdown: str | None) -> list[tuple[str, str]]:
    """Where to write what: (path or "-", form).  Raises CannotWrite for a form that winset does not write."""
    named = [(json, "json"), (markdown, "markdown")]
    targets = [(target, form) for target, form in named if target is not None]
    if output is None and not targets:
        case = inputs.is_kept_case(first) or inputs.is_case_file(first)
        output = f"{inputs.case_name(first)}.html" if case else "brief.html"
    if output is not None:
        form = FORMATS.get(Path(output).suffix.lower())
        if form is None:
            raise CannotWrite(
                f"{output}: end its name with .html, .pdf, .docx, .md or .json, or use --json - or --markdown -"
            )
        if form == "pdf":
            from winset.brief import pdf

            pdf.check_is_there()  # before the documents are read
        targets.insert(0, (output, form))
    if [target for target, _ in targets].count(outputs.STDOUT) > 1:
        raise CannotWrite("stdout takes one of --json - and --markdown -: write the other to a file")
    return targets


def _tell(brief: Brief, targets: list[str]) -> None:
    """The answer in two sentences and where the brief is; on stderr where stdout is the brief itself."""
    from winset.brief.claims import claims

    stream = sys.stderr if outputs.STDOUT in targets else sys.stdout
    answer = claims(brief)[0].claims[:2]
    size = f"{counted(len(brief.documents), 'document')}, {counted(len(brief.statements), 'statement')}"
    written = ", ".join(target for target in targets if target != outputs.STDOUT)
    lines = [*(claim.text for claim in answer), f"Brief ({size}): {written or 'above'}"]
    print("\n".join(map(one_line, lines)), file=stream)
