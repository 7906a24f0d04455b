"""Documents into a case: files, text, addresses. What comes in is hostile until it is read."""

from __future__ import annotations

import io
import re
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import docx
import httpx2
import pytest
from fastapi.testclient import TestClient
from lxml import html  # type: ignore[import-untyped]
from tests.corpus.conftest import ARTICLE, SECOND, column, page, pdf, zipped
from tests.standing_in import stand_in

from winset.corpus.reading import LONGEST_NAME, base_name
from winset.pipeline.keeping import near_copies
from winset.pipeline.reading import code_document
from winset.store.case_store import CaseStore
from winset.store.desk import Desk
from winset.store.types import Coding
from winset.web.pages import add as adding
from winset.web.reading_jobs import Job, Jobs, State

HERE = "/cases/tokyo/add"
PART = {"HX-Request": "true"}
PATIENCE = 60.0  # seconds
HTML = page(f"<article><h1>Station talks</h1><p>{ARTICLE}</p><p>{SECOND}</p></article>").encode()

Files = list[tuple[str, tuple[str, bytes]]]


def sent(*files: tuple[str, bytes]) -> Files:
    return [("files", file) for file in files]


def jobs_of(client: TestClient) -> Jobs:
    found: Jobs = client.app.state.jobs  # type: ignore[attr-defined]
    return found


def ended(client: TestClient, answer: httpx2.Response) -> Job:
    """The job that an answer tells of, when it has ended."""
    assert answer.status_code == 200, answer.text
    found = re.search(r'id="job-(\w+)"', answer.text)
    assert found
    job = jobs_of(client)._jobs[found[1]]
    until = time.monotonic() + PATIENCE
    while not job.ended:
        assert time.monotonic() < until
        time.sleep(0.01)
    return job


def add(client: TestClient, *files: tuple[str, bytes]) -> Job:
    return ended(client, client.post(f"{HERE}/files", files=sent(*files), headers=PART))


def fetch(client: TestClient, *addresses: str) -> Job:
    answer = client.post(f"{HERE}/addresses", data={"addresses": "\n".join(addresses)}, headers=PART)
    return ended(client, answer)


def names(case: Path) -> list[str]:
    with CaseStore.open(case) as store:
        return [document.name for document in store.documents()]


def written(*paragraphs: str) -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    for words in paragraphs:
        made.add_paragraph(words)
    made.save(stream)
    return stream.getvalue()


def test_every_format_comes_in_and_is_in_the_case_under_its_name(desk_client: TestClient, desk_case: Path) -> None:
    job = add(
        desk_client,
        ("note.txt", f"Station talks\n\n{ARTICLE}\n".encode()),
        ("page.html", HTML),
        ("paper.pdf", pdf([column(SECOND + " It is a paper.", x=72, top=700, width=60)])),
        ("letter.docx", written(ARTICLE, "The letter says more.")),
    )
    assert (job.state, job.rejected, job.told) == (State.DONE, (), "")
    assert [each.name for each in job.added] == ["note.txt", "page.html", "paper.pdf", "letter.docx"]
    assert names(desk_case)[-4:] == ["note.txt", "page.html", "paper.pdf", "letter.docx"]
    with CaseStore.open(desk_case) as store:
        last = Desk(store).changes(limit=4)
        assert {(change.by, change.act) for change in last} == {("ada", "add")}
        assert all(change.at for change in last)
        documents, codings = store.documents(), store.codings()
        spoken = {document.id for document, coding in zip(documents, codings, strict=True) if coding.statements}
    assert job.added[0].id in spoken


def test_what_cannot_be_read_is_told_with_its_reason_and_keeps_nothing_out(
    desk_client: TestClient, desk_case: Path
) -> None:
    job = add(
        desk_client,
        ("bomb.docx", zipped({"word/document.xml": b" " * 60_000_000})),
        ("setup.exe", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("empty.txt", b""),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 50),
        ("broken.pdf", b"%PDF-1.4\nno more"),
        ("good.txt", ARTICLE.encode()),
    )
    assert [(each.name, each.kind) for each in job.rejected] == [
        ("bomb.docx", "TooLarge"),
        ("setup.exe", "NotText"),
        ("empty.txt", "Empty"),
        ("photo.jpg", "NotText"),
        ("broken.pdf", "Damaged"),
    ]
    assert [each.name for each in job.added] == ["good.txt"]
    told = desk_client.get(f"{HERE}/jobs/{job.id}").text
    lines = html.fromstring(told).cssselect(".rejected li")
    assert [line.text_content().split(":")[0] for line in lines] == [each.name for each in job.rejected]
    with CaseStore.open(desk_case) as store:
        assert {each.name for each in store.rejected()} == {each.name for each in job.rejected}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\talks\\minutes.txt", "minutes.txt"),
        ("/etc/shadow", "shadow"),
        ("a\x00b\x1b[31m.txt", "a\ufffdb\ufffd[31m.txt"),
        ("gpj.\u202etxt.exe", "gpj.\ufffdtxt.exe"),
        ("..", "file 1"),
        (" / ", "file 1"),
        ("x" * 400 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_name_is_a_base_name_on_one_line(told: str, name: str) -> None:
    assert base_name(told, otherwise="file 1") == name


def test_a_path_in_an_uploads_name_leads_nowhere(
    desk_client: TestClient, desk_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    there = set(tmp_path.rglob("*"))
    large = b"MZ" + bytes(3_000_000)  # more than is held in memory while it is received
    job = add(desk_client, ("../../x.txt", ARTICLE.encode()), ("..\\..\\y.exe", large))
    assert [each.name for each in job.added] + [each.name for each in job.rejected] == ["x.txt", "y.exe"]
    assert set(tmp_path.rglob("*")) == there  # no file was made anywhere beside the case


def test_the_same_text_is_told_as_there_already_and_a_near_copy_as_a_copy(desk_client: TestClient) -> None:
    words = f"{ARTICLE} {SECOND} " * 3
    job = add(desk_client, ("a.txt", words.encode()), ("b.txt", words.encode()), ("c.txt", f"{words}\nOne.".encode()))
    assert ([each.name for each in job.added], job.again) == (["a.txt", "c.txt"], ("b.txt",))
    assert [{job.names[each.document_id], job.names[each.of]} for each in job.near] == [{"a.txt", "c.txt"}]
    shown = desk_client.get(f"{HERE}/jobs/{job.id}").text
    assert "the same text is there already" in shown
    assert "the same words as" in shown


@pytest.fixture
def uncoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are kept without being coded, which takes its time."""
    stand_in(monkeypatch, code_document, lambda *_, **__: Coding(statements=(), identifications=()))
    stand_in(monkeypatch, near_copies, lambda *_: ())


@pytest.mark.usefixtures("uncoded")
def test_three_hundred_files_come_in_at_once(desk_client: TestClient, desk_case: Path) -> None:
    before = len(names(desk_case))
    files = [(f"note {n}.txt", f"Note {n}.".encode()) for n in range(300)]
    job = add(desk_client, *files)
    assert (job.state, job.total, job.begun, len(job.added)) == (State.DONE, 300, 300, 300)
    assert len(names(desk_case)) == before + 300


def test_too_many_and_too_large_are_refused_before_anything_is_read(
    desk_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = desk_client.post(f"{HERE}/files", files=sent(*[("a.txt", b"a")] * (adding.FILES + 1)), headers=PART)
    assert (many.status_code, jobs_of(desk_client)._jobs) == (400, {})
    assert "500" in many.text
    large = desk_client.post(f"{HERE}/files", files=sent(("a.txt", b"a" * (adding.LARGEST + 1))), headers=PART)
    assert large.status_code == 413
    none = desk_client.post(f"{HERE}/files", data={}, headers=PART)
    assert (none.status_code, "no file was sent" in none.text) == (400, True)
    monkeypatch.setattr(Jobs, "held", adding.HELD * adding.LARGEST)
    waiting = desk_client.post(f"{HERE}/files", files=sent(("a.txt", b"a")), headers=PART)
    assert (waiting.status_code, "Too much is waiting" in waiting.text) == (429, True)


def test_a_pasted_text_has_what_is_told_of_it(desk_client: TestClient, desk_case: Path) -> None:
    told = {"text": ARTICLE, "title": "Station talks", "published": "2031-05", "publisher": "Evening Ledger"}
    job = ended(desk_client, desk_client.post(f"{HERE}/text", data=told, headers=PART))
    assert [each.name for each in job.added] == ["Station talks"]
    with CaseStore.open(desk_case) as store:
        document = store.documents()[-1]
    assert (document.title, document.publisher, document.text) == ("Station talks", "Evening Ledger", ARTICLE)
    assert document.published is not None
    assert document.published.text == "2031-05"
    assert ("published", "told by the one who added it") in document.found_in


@pytest.mark.usefixtures("uncoded")
def test_a_pasted_text_of_more_than_a_megabyte_is_taken(desk_client: TestClient) -> None:
    job = ended(desk_client, desk_client.post(f"{HERE}/text", data={"text": "Word. " * 300_000}, headers=PART))
    assert len(job.added) == 1


def test_a_pasted_text_with_a_wrong_date_is_refused_while_the_form_is_still_there(desk_client: TestClient) -> None:
    for told, line in (({"text": ARTICLE, "published": "in May"}, "in May"), ({"text": " "}, "no text was sent")):
        answer = desk_client.post(f"{HERE}/text", data=told, headers=PART)
        assert answer.status_code == 400
        assert line in answer.text
    assert jobs_of(desk_client)._jobs == {}


class Wire(BaseHTTPRequestHandler):
    """A web server inside the house."""

    asked: tuple[str, ...] = ()

    def do_GET(self) -> None:
        type(self).asked += (self.path,)
        inside = {"/inside": "http://127.0.0.2:%d/page", "/named": "http://inside.example:%d/page"}.get(self.path)
        self.send_response(302 if inside else 200)
        if inside:
            self.send_header("Location", inside % self.server.server_port)  # type: ignore[attr-defined]
        self.send_header("Content-Length", "0" if inside else str(len(HTML)))
        self.end_headers()
        if not inside:
            self.wfile.write(HTML)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def wire() -> Iterator[int]:
    """The port of a server at 127.0.0.1, which no desk may ask unless a test says so."""
    Wire.asked = ()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


Resolve = Callable[..., Any]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What the name server says of each host, one answer after another."""
    told: dict[str, list[str]] = {}
    real: Resolve = socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **named: Any) -> Any:
        if host not in told:
            return real(host, port, *rest, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (told[host].pop(0), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return told


def test_an_address_is_read_with_where_it_came_from(desk_client: TestClient, desk_case: Path, wire: int) -> None:
    jobs_of(desk_client).permit = lambda ip: ip == "127.0.0.1"
    job = fetch(desk_client, f"http://127.0.0.1:{wire}/page")
    assert (len(job.added), job.rejected) == (1, ())
    with CaseStore.open(desk_case) as store:
        document = store.documents()[-1]
    assert document.source_url == f"http://127.0.0.1:{wire}/page"
    assert document.retrieved_at


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/page",
        "http://localhost:{port}/page",
        "http://[::1]:{port}/page",
        "http://2130706433:{port}/page",
        "http://0x7f.1:{port}/page",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]:{port}/page",
    ],
)
def test_a_private_address_is_never_asked(desk_client: TestClient, wire: int, address: str) -> None:
    job = fetch(desk_client, address.format(port=wire))
    assert [each.kind for each in job.rejected] == ["Unreachable"]
    assert Wire.asked == ()


def test_what_is_no_web_address_is_never_opened(desk_client: TestClient, desk_case: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(ARTICLE)
    told = [str(secret), f"file://{secret}", f"FILE:///{secret}", "ftp://wire.example/x", "~/secret.txt", "*.txt"]
    before = names(desk_case)
    job = fetch(desk_client, *told)
    assert ([each.name for each in job.rejected], job.added) == (told, ())
    assert all("no http or https address" in each.reason for each in job.rejected)
    assert names(desk_case) == before


@pytest.mark.parametrize("path", ["/inside", "/named"])
def test_a_redirect_to_a_private_address_ends_there(
    desk_client: TestClient, wire: int, answers: dict[str, list[str]], path: str
) -> None:
    answers["inside.example"] = ["127.0.0.2"]
    jobs_of(desk_client).permit = lambda ip: ip == "127.0.0.1"  # the first hop alone
    job = fetch(desk_client, f"http://127.0.0.1:{wire}{path}")
    assert [each.kind for each in job.rejected] == ["Unreachable"]
    assert "127.0.0.2, not on the public Internet" in job.rejected[0].reason
    assert Wire.asked == (path,)


def test_a_name_that_changes_its_mind_gains_nothing(
    desk_client: TestClient, wire: int, answers: dict[str, list[str]]
) -> None:
    jobs_of(desk_client).permit = lambda ip: ip == "127.0.0.1"
    answers["wire.example"] = ["127.0.0.1", "127.0.0.2"]
    job = fetch(desk_client, f"http://wire.example:{wire}/page")
    assert len(job.added) == 1  # asked at the address that was checked, and looked up once
    assert answers["wire.example"] == ["127.0.0.2"]
    answers["wire.example"] = ["127.0.0.2"]
    again = fetch(desk_client, f"http://wire.example:{wire}/other")
    assert [each.kind for each in again.rejected] == ["Unreachable"]
    assert Wire.asked == ("/page",)


def test_a_password_in_an_address_is_not_kept(desk_client: TestClient, desk_case: Path) -> None:
    job = fetch(desk_client, "http://ada:secret@wire.example/x")
    assert "secret" not in job.rejected[0].name + job.rejected[0].reason
    with CaseStore.open(desk_case) as store:
        assert not any("secret" in each.name + each.reason for each in store.rejected())


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Semaphore]:
    """How many documents may be coded: each waits until a test lets it."""
    gate, real = threading.Semaphore(0), code_document

    def slowly(*given: Any, **named: Any) -> Any:
        assert gate.acquire(timeout=PATIENCE)
        return real(*given, **named)

    stand_in(monkeypatch, code_document, slowly)
    yield gate
    for _ in range(50):
        gate.release()


def wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_progress_is_told_while_it_is_read_and_after_leaving_the_page(
    desk_client: TestClient, desk_case: Path, held: threading.Semaphore
) -> None:
    files = [(f"{n}.txt", f"{n}. {ARTICLE}".encode()) for n in range(3)]
    answer = desk_client.post(f"{HERE}/files", files=sent(*files), headers=PART)
    (job,) = jobs_of(desk_client)._jobs.values()
    assert "every 700ms" in answer.text
    held.release()
    wait(lambda: job.begun == 2)
    part = desk_client.get(f"{HERE}/jobs/{job.id}", headers=PART).text
    assert ('value="1"' in part, "2 of 3" in part, "1.txt" in part) == (True, True, True)
    assert names(desk_case)[-1] == "0.txt"  # what is told as added is in the case
    assert f'id="job-{job.id}"' in desk_client.get(HERE).text
    whole = desk_client.get(f"{HERE}/jobs/{job.id}").text
    assert '<noscript><meta http-equiv="refresh"' in whole
    held.release(2)
    wait(lambda: job.ended)
    last = desk_client.get(f"{HERE}/jobs/{job.id}", headers=PART).text
    assert "every 700ms" not in last
    assert "3 files, done: 3 added" in last  # announced
    assert "refresh" not in desk_client.get(f"{HERE}/jobs/{job.id}").text


def test_it_is_interrupted_after_the_document_in_work(
    desk_client: TestClient, desk_case: Path, held: threading.Semaphore
) -> None:
    files = [(f"{n}.txt", f"{n}. {ARTICLE}".encode()) for n in range(4)]
    desk_client.post(f"{HERE}/files", files=sent(*files), headers=PART)
    (job,) = jobs_of(desk_client)._jobs.values()
    wait(lambda: job.begun == 1)
    answer = desk_client.post(f"{HERE}/jobs/{job.id}/interrupt", headers=PART)
    assert "stopping" in answer.text
    held.release(4)
    wait(lambda: job.ended)
    assert (job.state, len(job.added), job.begun) == (State.STOPPED, 1, 1)
    assert "3</b> not read" in desk_client.get(f"{HERE}/jobs/{job.id}").text
    assert names(desk_case)[-1] == "0.txt"


def test_one_job_waits_for_the_other(desk_client: TestClient, held: threading.Semaphore) -> None:
    desk_client.post(f"{HERE}/files", files=sent(("a.txt", ARTICLE.encode())), headers=PART)
    answer = desk_client.post(f"{HERE}/text", data={"text": SECOND}, headers=PART)
    assert "waits for what was sent before" in answer.text
    first, second = jobs_of(desk_client)._jobs.values()
    second.interrupt()
    held.release()
    wait(lambda: first.ended and second.ended)
    assert (first.state, second.state) == (State.DONE, State.STOPPED)


def test_a_mistake_of_ours_ends_the_job_and_not_the_desk(
    desk_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    stand_in(monkeypatch, code_document, broken)
    monkeypatch.setattr(threading, "excepthook", lambda *_: None)
    job = add(desk_client, ("a.txt", ARTICLE.encode()))
    assert (job.state, "mistake in winset itself" in job.told) == (State.FAILED, True)
    assert "mistake in winset itself" in desk_client.get(HERE).text


def test_a_job_that_is_not_known_is_told_in_one_line(desk_client: TestClient) -> None:
    answer = desk_client.get(f"{HERE}/jobs/0123456789abcdef")
    assert answer.status_code == 404
    assert "it was started anew since" in answer.text


def test_it_works_without_scripts(desk_client: TestClient) -> None:
    answer = desk_client.post(f"{HERE}/text", data={"text": ARTICLE}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{HERE}/jobs/")
    shown = desk_client.get(answer.headers["location"])
    assert shown.status_code == 200


def test_names_and_reasons_are_never_markup(desk_client: TestClient) -> None:
    job = add(desk_client, ("<img src=x onerror=alert(1)>.txt", ARTICLE.encode()), ("<b>.txt", b""))
    shown = desk_client.get(f"{HERE}/jobs/{job.id}").text
    assert "<img src=x" not in shown
    assert "<b>.txt" not in shown
    assert "&lt;b&gt;.txt" in shown
