"""What is taken along: the brief, the tables, the case itself; each with the command that makes the same."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Annotated, Literal

from fastapi import HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from winset.brief import html, markdown, pdf, word
from winset.brief.json import as_dict
from winset.brief.types import Brief
from winset.exchange import table_files
from winset.exchange.tables import NAMES, Sheet
from winset.pipeline import kept_cases
from winset.pipeline.tables import kept_tables
from winset.store import copying
from winset.web import commands, downloads
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, OpenCase
from winset.web.lines import root
from winset.web.rendering import page
from winset.web.routing import Pages

pages = Pages(prefix="/cases/{case}/leave")

BriefForm = Literal["html", "pdf", "docx", "md", "json"]
TablesForm = Literal["xlsx", "zip", "json", "csv"]
Only = Annotated[list[str], Query(alias="table", default_factory=list, max_length=len(NAMES))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of file that can be taken along."""

    key: str  # its ending
    name: str
    use: str
    media_type: str


BRIEFS = {
    each.key: each
    for each in (
        Form(key="pdf", name="PDF", use="to print and to send: A4, with bookmarks", media_type="application/pdf"),
        Form(
            key="docx",
            name="Word",
            use="to work on: real headings, tables and links",
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        Form(
            key="html",
            name="Web page",
            use="to read on a screen: one file, every figure opens its document",
            media_type="text/html; charset=utf-8",
        ),
        Form(key="md", name="Markdown", use="for a wiki or a mail", media_type="text/markdown; charset=utf-8"),
        Form(key="json", name="JSON", use="for a program: everything, offsets included", media_type="application/json"),
    )
}
TABLES = {
    each.key: each
    for each in (
        Form(
            key="xlsx",
            name="Workbook",
            use="one sheet a table; no cell is a formula",
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Form(key="zip", name="CSV", use="one file a table, in an archive", media_type="application/zip"),
        Form(key="json", name="JSON", use="one list a table", media_type="application/json"),
    )
}
MEDIA_TYPES = {**{key: form.media_type for key, form in TABLES.items()}, "csv": "text/csv; charset=utf-8"}
SANDBOX = "sandbox; default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@pages.get("", role=Role.READER)
def leave(request: Request, case: AtCase, person: Asking) -> HTMLResponse:
    """All that can be taken along."""
    view, place, stem = case.view(), case.store.place, downloads.safe_name(case.name)
    return page(
        request,
        "leave/leave.html",
        root=root(case),
        big=view.big,
        limit=f"{kept_cases.WHOLE:,}",
        counts=case.store.counts(),
        change=view.version,
        briefs=[
            (form, commands.brief(place, f"{stem}.{form.key}"), form.key != "pdf" or pdf.is_there())
            for form in BRIEFS.values()
        ],
        tables=[(form, commands.tables(place, f"{stem}.{form.key}")) for form in TABLES.values()],
        single=[
            (name, about, commands.tables(place, f"{stem}-{name}.csv", only=[name])) for name, about in NAMES.items()
        ],
        python=commands.python_brief(place),
        missing=pdf.NEEDED,
        may_copy=person.role >= Role.EDITOR and copying.is_one_file(case.store.database),
        place=place,
    )


@pages.get("/brief.{form}", role=Role.READER)
def brief(case: AtCase, _person: Asking, form: BriefForm) -> Response:
    """The brief as a file.  Raises NotConfigured for a PDF without typst."""
    name = f"{case.name}-brief.{form}"
    return downloads.attached(_rendered(case, form), name, BRIEFS[form].media_type)


@pages.get("/look", role=Role.READER)
def look(case: AtCase, _person: Asking) -> HTMLResponse:
    """The brief as a page in which nothing runs and which has no part in the desk: its own style, and no more."""
    policy = f"{SANDBOX}; style-src {html.style_hash()}"
    shown = html.still(_rendered(case, "html").decode())
    return HTMLResponse(shown, headers={"Content-Security-Policy": policy})


@pages.get("/tables.{form}", role=Role.READER)
def tables(case: AtCase, _person: Asking, form: TablesForm, only: Only) -> Response:
    """The tables as a file; `table`: only these, one alone for CSV."""
    unknown = [name for name in only if name not in NAMES]
    if unknown:
        raise HTTPException(422, f"table {unknown[0]!r}: there is {', '.join(NAMES)}")
    if form == "csv" and len(only) != 1:
        raise HTTPException(422, "A CSV file holds one table: write ?table=statements")
    stem = f"{case.name}-{only[0]}" if len(only) == 1 else case.name

    def sheets() -> Iterator[Sheet]:
        return (sheet for sheet in _sheets(case) if not only or sheet.name in only)

    def write(file: IO[bytes]) -> None:
        _WRITERS[form](sheets(), file)

    return downloads.made(write, f"{stem}.{form}", MEDIA_TYPES[form])


@pages.get("/case.winset", role=Role.EDITOR)
def copied(case: AtCase, _person: Asking) -> Response:
    """The case itself, as it is now, in one file.  Raises BadCase for one that is kept on a server."""
    with tempfile.TemporaryDirectory(prefix="winset-") as folder:
        path = Path(folder) / "case.winset"
        copying.copy(case.store.database, path)

        def write(file: IO[bytes]) -> None:
            with path.open("rb") as there:
                while chunk := there.read(1 << 20):
                    file.write(chunk)

        return downloads.made(write, f"{case.name}.winset", "application/vnd.sqlite3")


def _csv(sheets: Iterator[Sheet], file: IO[bytes]) -> None:
    file.writelines(part for sheet in sheets for part in table_files.csv_parts(sheet))


_WRITERS: dict[str, Callable[[Iterator[Sheet], IO[bytes]], None]] = {
    "xlsx": table_files.write_xlsx,
    "zip": table_files.write_zip,
    "json": table_files.write_json,
    "csv": _csv,
}


def _sheets(case: OpenCase) -> Iterator[Sheet]:
    view = case.view()
    return kept_tables(case.store, brief=None if view.big else view.brief)


def _rendered(case: OpenCase, form: str) -> bytes:
    """The brief in one form, made once for each version of the case."""
    view = case.view()
    if view.big:
        command = commands.brief(case.store.place, f"{downloads.safe_name(case.name)}.{form}")
        raise HTTPException(409, f"This case is too large for a brief from the desk. On its machine: {command}")
    made: bytes = view.once(f"brief.{form}", lambda: _laid_out(_with_command(view.brief, case.store.place), form))
    return made


def _with_command(brief: Brief, place: str) -> Brief:
    """With the line that would make it again."""
    return replace(brief, how_made=replace(brief.how_made, command=commands.line("brief", place)))


def _laid_out(brief: Brief, form: str) -> bytes:
    if form == "pdf":
        return pdf.render(brief)
    if form == "docx":
        return word.render(brief)
    if form == "json":
        return (json.dumps(as_dict(brief), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
    text = markdown.render(brief) if form == "md" else html.render(brief)
    return text.encode("utf-8", "backslashreplace")
