"""Documents into a case: as files, as pasted text, from addresses; and how far their reading is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from winset.corpus.formats import ALLOWED, SUFFIXES
from winset.corpus.pasting import read_pasted
from winset.corpus.reading import base_name, read
from winset.corpus.sources import ADDRESSES, printable
from winset.corpus.types import Document, Limits, Rejected
from winset.errors import BadJudgement, TooLarge, Unreachable, Unreadable
from winset.ids import PartialDate
from winset.pipeline.keeping import keep_each, keep_payloads
from winset.web.access.asking import Asking
from winset.web.access.roles import Role
from winset.web.cases import AtCase, OpenCase
from winset.web.lines import command, root
from winset.web.reading_jobs import Job, Jobs
from winset.web.rendering import page
from winset.web.routing import Pages

if TYPE_CHECKING:
    from winset.corpus.fetching import Permit
    from winset.pipeline.keeping import KeptOne
    from winset.web.reading_jobs import Heard
    from winset.web.settings import Settings

pages = Pages(prefix="/cases/{case}")

LARGEST = 50_000_000  # bytes of one request
FILES = 500  # of one upload
ADDRESSES_AT_ONCE = 25
LONGEST_ADDRESS = 2_000  # characters
HELD = 4  # uploads of the largest size that may wait in memory


async def sent(request: Request) -> FormData:
    """The form that was sent, whole files in it."""
    return await request.form(max_files=FILES, max_part_size=LARGEST)


Sent = Annotated[FormData, Depends(sent)]


def jobs_of(request: Request) -> Jobs:
    """All that is being added at this desk."""
    return cast(Jobs, request.app.state.jobs)


AllJobs = Annotated[Jobs, Depends(jobs_of)]


@pages.get("/add", role=Role.EDITOR)
def add(request: Request, case: AtCase, _person: Asking, jobs: AllJobs) -> Response:
    """Three ways in, and what is on its way."""
    settings: Settings = request.app.state.settings
    return page(
        request,
        "add/add.html",
        root=root(case),
        jobs=jobs.of(case),
        allowed=ALLOWED,
        suffixes=",".join(SUFFIXES),
        most_files=FILES,
        most_bytes=min(LARGEST, settings.upload_bytes),
        most_addresses=ADDRESSES_AT_ONCE,
        command=command(case, "add", "FILES", "FOLDERS", "https://..."),
    )


@pages.post("/add/files", role=Role.EDITOR, largest=LARGEST)
def add_files(request: Request, case: AtCase, person: Asking, jobs: AllJobs, form: Sent) -> Response:
    """Files, read one after another in the background."""
    settings: Settings = request.app.state.settings
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    if not files:
        raise BadJudgement("no file was sent: choose some, or drop them onto the page")
    if len(files) > FILES:
        raise TooLarge(f"{len(files):,} files: at most {FILES:,} are taken at once; `winset add` takes whole folders")
    size = sum(each.size or 0 for each in files)
    if size > settings.upload_bytes:
        raise TooLarge(f"{size:,} bytes: at most {settings.upload_bytes:,} are taken at once: send fewer files")
    if jobs.held + size > HELD * settings.upload_bytes:
        raise HTTPException(429, "Too much is waiting to be read: send it again when some of it is done.")
    waiting = [
        (base_name(each.filename or "", otherwise=f"file {number}"), each.file.read())
        for number, each in enumerate(files, start=1)
    ]
    what = waiting[0][0] if len(waiting) == 1 else f"{len(waiting):,} files"

    def work(heard: Heard) -> Iterator[KeptOne]:
        return keep_payloads(case.store, _let_go(waiting), by=person.name, limits=jobs.limits, progress=heard)

    job = jobs.start(case, work, by=person.name, what=what, total=len(waiting), size=size)
    return _started(request, case, job)


@pages.post("/add/text", role=Role.EDITOR, largest=LARGEST)
def add_text(request: Request, case: AtCase, person: Asking, jobs: AllJobs, form: Sent) -> Response:
    """A text that was pasted, with what is told of it."""
    told = {name: _field(form, name) for name in ("text", "title", "published", "publisher")}
    if not told["text"].strip():
        raise BadJudgement("no text was sent: paste one")
    if told["published"].strip():
        PartialDate(told["published"].strip())  # refused now, while the form is still filled in
    title = " ".join(told["title"].split()) or "a pasted text"

    def work(heard: Heard) -> Iterator[KeptOne]:
        heard(title)
        return keep_each(case.store, _pasted(told, title, jobs.limits), by=person.name)

    size = len(told["text"])
    job = jobs.start(case, work, by=person.name, what=base_name(title), total=1, size=size)
    return _started(request, case, job)


@pages.post("/add/addresses", role=Role.EDITOR)
def add_addresses(request: Request, case: AtCase, person: Asking, jobs: AllJobs, form: Sent) -> Response:
    """What http and https addresses answer; only those of the public Internet are asked."""
    wanted = list(dict.fromkeys(_field(form, "addresses").split()))
    if not wanted:
        raise BadJudgement("no address was sent: write one a line")
    if len(wanted) > ADDRESSES_AT_ONCE:
        raise TooLarge(f"{len(wanted)} addresses: at most {ADDRESSES_AT_ONCE} are asked at once")
    what = wanted[0] if len(wanted) == 1 else f"{len(wanted)} addresses"

    def work(heard: Heard) -> Iterator[KeptOne]:
        return keep_each(case.store, _answers(wanted, jobs.limits, jobs.permit, heard), by=person.name)

    job = jobs.start(case, work, by=person.name, what=printable(what[:LONGEST_ADDRESS]), total=len(wanted))
    return _started(request, case, job)


@pages.get("/add/jobs/{job_id}", role=Role.EDITOR)
def progress(request: Request, case: AtCase, _person: Asking, jobs: AllJobs, job_id: str) -> Response:
    """How far one job is."""
    job = _known(jobs, case, job_id)
    part = "HX-Request" in request.headers
    return page(request, "add/_job.html" if part else "add/job.html", root=root(case), job=job, tell=part and job.ended)


@pages.post("/add/jobs/{job_id}/interrupt", role=Role.EDITOR)
def interrupt(request: Request, case: AtCase, _person: Asking, jobs: AllJobs, job_id: str) -> Response:
    """Stop after the document in work; what was added stays."""
    job = _known(jobs, case, job_id)
    job.interrupt()
    if "HX-Request" in request.headers:
        return page(request, "add/_job.html", root=root(case), job=job, tell=job.ended)
    return RedirectResponse(f"{root(case)}/add/jobs/{job.id}", status_code=303)


def _known(jobs: Jobs, case: OpenCase, id: str) -> Job:
    found = jobs.job(case, id)
    if found is None:
        raise HTTPException(
            404, "This desk knows no such job: it was started anew since. What was added is among the documents."
        )
    return found


def _started(request: Request, case: OpenCase, job: Job) -> Response:
    if "HX-Request" in request.headers:
        return page(request, "add/_job.html", root=root(case), job=job, tell=job.ended)
    return RedirectResponse(f"{root(case)}/add/jobs/{job.id}", status_code=303)


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _let_go(waiting: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """One after another; what has been read is no longer held."""
    waiting.reverse()
    while waiting:
        yield waiting.pop()


def _pasted(told: dict[str, str], title: str, limits: Limits) -> Iterator[Document | Rejected]:
    try:
        yield from read_pasted(
            told["text"], title=told["title"], published=told["published"], publisher=told["publisher"], limits=limits
        )
    except Unreadable as error:
        yield Rejected(name=base_name(title), reason=str(error), kind=type(error).__name__)


def _answers(wanted: list[str], limits: Limits, permit: Permit, heard: Heard) -> Iterator[Document | Rejected]:
    """Addresses alone: what else `read` takes, files and folders of the server, is never asked for here."""
    for each in wanted:
        if each.lower().startswith(ADDRESSES) and len(each) <= LONGEST_ADDRESS:
            yield from read([each], limits=limits, progress=heard, permit=permit)
            continue
        name = printable(each[:LONGEST_ADDRESS])
        heard(name)
        reason = f"{name}: no http or https address; give one, or send the file"
        yield Rejected(name=name, reason=reason, kind=Unreachable.__name__)
