"""`winset tables`: a case as a workbook, CSV files or JSON, to be worked on elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import completing, inputs, outputs
from winset.cli.messages import BAD_INPUT, FINE, counted, say
from winset.cli.reading import read
from winset.errors import CannotWrite

if TYPE_CHECKING:
    from winset.exchange.tables import Sheet

FORMATS = (".xlsx", ".zip", ".csv", ".json", ".parquet", ".arrow")
ONE_TABLE = (".csv", ".parquet", ".arrow")
IN_FOLDERS = tuple(suffix[1:] for suffix in ONE_TABLE)
NAMED = ".xlsx, .zip, .json, .csv, .parquet or .arrow (of one --table) or a / for a folder of one file each"

Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|FOLDER/",
        help=f"Where they go: {NAMED}.  [default: tables.xlsx, for a case CASE.xlsx]",
    ),
]
Tables = Annotated[
    list[str] | None,
    typer.Option(
        "--table",
        metavar="NAME",
        help="Only this one: documents, statements, positions, contributions, forecast, blockers, options,"
        " discrepancies, timeline, refused; of a kept case codes, judgements and changes too. May be repeated.",
        show_default=False,
        autocompletion=completing.tables,
    ),
]


def tables(
    documents: inputs.Documents,
    *,
    output: Output = None,
    table: Tables = None,
    files: Annotated[
        str,
        typer.Option(
            "--files", metavar="FORM", help="Of a folder: csv, parquet or arrow; the last two need winset[tables]."
        ),
    ] = "csv",
    json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False,
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
    """A case as tables. Statements word for word, positions, forecast, discrepancies, timeline, codes and changes.

    DOCS are documents; or one case file (.yaml), with further documents after it if you like; or one kept case. The
    table "columns" says what each column means. No cell of any file is a formula.

    For example:

    winset tables tokyo.winset -o tokyo.xlsx

    winset tables case.yaml -o tables/

    winset tables tokyo.winset --table statements -o statements.csv

    winset tables tokyo.winset -o tables/ --files parquet

    winset tables tokyo.winset --table positions --json | jq '.positions[] | {actor, position}'
    """
    from winset.exchange import table_files
    from winset.exchange.table_columns import write_column_folder, write_columns

    stated = inputs.Stated(
        proposal=proposal, body=body, on=on, options=tuple(option or ()), rule=rule, status_quo=status_quo
    )
    target = _target(documents[0], output, table or [], json=json)
    if files not in IN_FOLDERS:
        raise CannotWrite(f"--files {files}: write {', '.join(IN_FOLDERS[:-1])} or {IN_FOLDERS[-1]}")
    asked = inputs.request(documents, stated, registries=registry)
    sources = [*documents, *(registry or ())]
    rejected = 0

    def sheets() -> Iterator[Sheet]:
        nonlocal rejected
        if asked.kept:
            yield from _kept(asked)
            return
        from winset.exchange.tables import sheets as tables_of
        from winset.pipeline.brief import compose_brief

        material = read(asked, attributor=inputs.names(attributor), stance=stance)
        rejected = len(material.rejected)
        yield from tables_of(compose_brief(asked.case, material))

    written: list[str] = []
    chosen = _chosen(sheets(), table or [], written)
    suffix = Path(target).suffix.lower()
    if target.endswith("/"):
        with outputs.folder(target) as place:
            if files == "csv":
                table_files.write_folder(chosen, place)
            else:
                write_column_folder(chosen, place, form=files)
    else:
        with outputs.stream(target, sources=sources) as file:
            if target == outputs.STDOUT or suffix == ".json":
                table_files.write_json(chosen, file)
            elif suffix == ".zip":
                table_files.write_zip(chosen, file)
            elif suffix == ".csv":
                file.writelines(part for sheet in chosen for part in table_files.csv_parts(sheet))
            elif suffix in ONE_TABLE:
                for sheet in chosen:
                    write_columns(sheet, file, form=suffix[1:])
            else:
                table_files.write_xlsx(chosen, file)
    if target != outputs.STDOUT:
        print(f"{counted(len(written), 'table')} ({', '.join(written)}): {target}", file=sys.stdout)
    return BAD_INPUT if rejected else FINE


def _kept(asked: inputs.Request) -> Iterator[Sheet]:
    from winset.pipeline.kept_cases import WHOLE
    from winset.pipeline.tables import kept_tables
    from winset.store.case_store import CaseStore

    assert asked.kept is not None  # noqa: S101 - the caller has looked
    with CaseStore.open(asked.kept) as store:
        if store.counts()["statement"] > WHOLE:
            say(f"{asked.kept}: over {WHOLE:,} statements: written row by row, without forecast, origins and timeline")
        yield from kept_tables(store)


def _chosen(sheets: Iterator[Sheet], names: list[str], written: list[str]) -> Iterator[Sheet]:
    """Those asked for; `written` gets their names.  Raises CannotWrite for a name that no table has."""
    known: list[str] = []
    for sheet in sheets:
        known.append(sheet.name)
        if not names or sheet.name in names:
            written.append(sheet.name)
            yield sheet
    missing = [name for name in names if name not in known]
    if missing:
        raise CannotWrite(f"--table {missing[0]}: there is {', '.join(known[:-1])} and {known[-1]}")


def _target(first: str, output: str | None, names: list[str], *, json: bool) -> str:
    """Where to write.  Raises CannotWrite for a form that winset does not write."""
    if json:
        if output not in (None, outputs.STDOUT):
            raise CannotWrite(f"{output}: --json writes to stdout: leave one of them out")
        return outputs.STDOUT
    if output is None:
        case = inputs.is_kept_case(first) or inputs.is_case_file(first)
        return f"{inputs.case_name(first)}.xlsx" if case else "tables.xlsx"
    if output == outputs.STDOUT or output.endswith("/") or Path(output).is_dir():
        return output if output == outputs.STDOUT else f"{output.rstrip('/')}/"
    suffix = Path(output).suffix.lower()
    if suffix not in FORMATS:
        raise CannotWrite(f"{output}: end its name with {NAMED}")
    if suffix in ONE_TABLE and len(names) != 1:
        raise CannotWrite(f"{output}: a {suffix} holds one table: name it with --table, or write a folder or .zip")
    return output
