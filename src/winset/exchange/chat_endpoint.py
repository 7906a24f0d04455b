"""A language model behind an OpenAI-compatible address: asked politely, a bounded number of times, and never believed.

One connection for each question, to the address that was configured and to no other: redirects are not followed,
proxies in the environment are not used. Certificates are verified. Time, tries and the size of an answer are bounded.

Source: the chat completions of the OpenAI API reference, as far as its imitators share it.
"""

from __future__ import annotations

import contextlib
import functools
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from winset.errors import NoAnswer, NotAsAsked
from winset.exchange.chat_settings import KEY, MODEL, URL, ChatSettings

if TYPE_CHECKING:
    import httpx2

    from winset.statements.language_model.types import Message

T = TypeVar("T")

FINE = 200
NO_SCHEMA = frozenset({400, 422})  # how servers refuse a field that they do not know
LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
REFUSED = {
    401: f"refuses the key: check {KEY}",
    403: f"refuses the key: check {KEY}",
    404: f"knows no such path or model: check {URL} and {MODEL}",
}
IN_VAIN = 3  # questions in a row without an answer, after which the server is left alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often and how long a server is asked."""

    attempts: int = 3
    pause: float = 1.0  # seconds before the second attempt; twice as long before each further one
    longest_pause: float = 30.0  # also of what the server asks for in Retry-After
    answer_bytes: int = 1_000_000


class _Later(Exception):
    """An attempt that failed in a way that may pass."""

    def __init__(self, reason: str, *, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after  # seconds, as the server asks


class ChatEndpoint:
    """A configured model; what it learns of its server (no schemas, no answers) holds for one run of winset."""

    def __init__(self, settings: ChatSettings, *, patience: Patience | None = None) -> None:
        self._settings = settings
        self._patience = patience or Patience()
        self._takes_schema = True
        self._in_vain = 0

    @property
    def model(self) -> str:
        """Its name, as its server knows it."""
        return self._settings.model

    @property
    def host(self) -> str:
        """Host and port of its server."""
        return self._settings.host

    def ask(self, messages: Sequence[Message], *, schema: Mapping[str, Any], read: Callable[[str], T]) -> T:
        """The answer as `read` understands it, asked for up to `attempts` times.

        An answer that `read` refuses with NotAsAsked is asked for again, with another seed; so is one that did not
        come, after a pause.  All attempts together take no longer than `attempts` times the timeout.
        Raises NoAnswer.
        """
        if self._in_vain >= IN_VAIN:
            raise NoAnswer(f"{self._name}: not asked any more after {IN_VAIN} questions without an answer")
        patience, ends = self._patience, time.monotonic() + self._patience.attempts * self._settings.timeout
        reason = ""
        for attempt in range(patience.attempts):
            try:
                content = self._content(messages, schema, seed=attempt, ends=ends)
                self._in_vain = 0
                return read(content)
            except NotAsAsked as error:
                self._in_vain = 0
                reason = str(error)
            except _Later as error:
                reason = error.reason
                pause = min(patience.longest_pause, error.after or patience.pause * 2**attempt)
                if attempt + 1 == patience.attempts or time.monotonic() + pause >= ends:
                    break
                time.sleep(pause)
            except NoAnswer as error:
                self._in_vain += 1
                raise NoAnswer(f"{self._name}: {error}") from None
        else:
            raise NotAsAsked(f"{self._name}: {reason}, asked {patience.attempts} times")
        self._in_vain += 1
        often = f"{attempt + 1} times" if attempt else "once"
        raise NoAnswer(f"{self._name}: {reason}, asked {often}")

    @property
    def _name(self) -> str:
        return f"language model {self.model} at {self.host}"

    @property
    def _too_slow(self) -> str:
        return f"no full answer in {self._settings.timeout:g} s"

    @functools.cached_property
    def _certificates(self) -> ssl.SSLContext:
        """The system's certificate authorities, or those of SSL_CERT_FILE, and certifi's for systems without any."""
        import certifi

        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context

    def _content(self, messages: Sequence[Message], schema: Mapping[str, Any], *, seed: int, ends: float) -> str:
        """What the model says; raises NotAsAsked, _Later, and NoAnswer for what no further attempt would mend."""
        asked: dict[str, Any] = {"model": self.model, "messages": messages, "temperature": 0, "seed": seed}
        form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
        if self._takes_schema:
            status, body = self._posted({**asked, "response_format": form}, ends=ends)
            if status == FINE:
                return _said(body)
        status, body = self._posted(asked, ends=ends)  # a server that knows no schemas is asked at once without
        if status != FINE:
            raise NoAnswer(f"answers {status}, with a schema and without: check {MODEL} and the server's log")
        self._takes_schema = False
        return _said(body)

    def _posted(self, asked: dict[str, Any], *, ends: float) -> tuple[int, bytes]:
        """Status, 200 or one of NO_SCHEMA, and body."""
        import httpx2

        certificates = self._certificates  # read before the time runs
        seconds = min(self._settings.timeout, ends - time.monotonic())
        if seconds <= 0:
            raise _Later(self._too_slow)
        watchdog = _Watchdog(seconds)
        try:
            with (
                watchdog,
                httpx2.Client(verify=certificates, trust_env=False, timeout=seconds) as client,
                client.stream(
                    "POST",
                    f"{self._settings.url}/chat/completions",
                    content=json.dumps(asked).encode(),
                    headers=self._headers(),
                    follow_redirects=False,
                    extensions={"trace": watchdog.told},
                ) as response,
            ):
                _check_status(response)
                return response.status_code, self._body(response)
        except (httpx2.HTTPError, OSError) as error:
            if watchdog.barked or isinstance(error, httpx2.TimeoutException):
                raise _Later(self._too_slow) from None
            if _because(error, ssl.SSLCertVerificationError):
                raise NoAnswer("its certificate does not hold, so nothing was sent") from None
            if isinstance(error, httpx2.ConnectError):
                raise NoAnswer(f"nothing answers there: start the server, or check {URL}") from None
            raise _Later("the answer broke off") from None

    def _headers(self) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "winset",
        }
        return {**headers, "Authorization": f"Bearer {self._settings.key}"} if self._settings.key else headers

    def _body(self, response: httpx2.Response) -> bytes:
        if response.status_code != FINE:
            return b""
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise NoAnswer(f"answers with {kind[:40] or 'no content type'}, not JSON: check {URL}")
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise NoAnswer("answers packed, which was not asked for")
        body = bytearray()
        for part in response.iter_raw():
            body += part
            if len(body) > self._patience.answer_bytes:
                raise NoAnswer(f"answers with over {self._patience.answer_bytes:,} bytes, which is all that is read")
        return bytes(body)


class _Watchdog:
    """Shuts the connection after some seconds: a server that sends a byte now and then never runs into a timeout."""

    def __init__(self, seconds: float) -> None:
        self.barked = False
        self._sock: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._bark)
        self._timer.daemon = True

    def told(self, event: str, facts: Mapping[str, Any]) -> None:
        """Hears from the client which connection it made, and keeps a handle of its own on it: TLS takes the first."""
        if event == "connection.connect_tcp.complete":
            self._sock = facts["return_value"].get_extra_info("socket").dup()
            if self.barked:  # while there was nothing to shut yet
                self._shut()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._sock is not None:
            self._sock.close()

    def _bark(self) -> None:
        self.barked = True
        self._shut()

    def _shut(self) -> None:
        if self._sock is not None:
            with contextlib.suppress(OSError):  # closed already
                self._sock.shutdown(socket.SHUT_RDWR)


def _because(error: BaseException | None, kind: type[BaseException]) -> bool:
    """Whether an error of that kind stands in the chain of causes."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error is not None


def _check_status(response: httpx2.Response) -> None:
    status = response.status_code
    if status == FINE or status in NO_SCHEMA:
        return
    if status in LATER:
        stated = response.headers.get("Retry-After", "")
        raise _Later(f"answers {status}", after=float(stated) if stated.isdecimal() else None)
    if response.is_redirect:
        raise NoAnswer(f"redirects elsewhere, where no document is sent: give the address that answers as {URL}")
    raise NoAnswer(REFUSED.get(status, f"answers {status}: check {URL} and the server's log"))


def _said(body: bytes) -> str:
    """The words of the first choice.  Raises NotAsAsked."""
    from pydantic import ValidationError

    from winset.exchange.chat_completion import Completion

    try:
        choice = Completion.model_validate_json(body).choices[0]
    except ValidationError:
        raise NotAsAsked("answers with what is no chat completion") from None
    if choice.finish_reason == "length":
        raise NotAsAsked("answers up to its limit of length and breaks off")
    if not choice.message.content:
        raise NotAsAsked("answers without words")
    return choice.message.content
