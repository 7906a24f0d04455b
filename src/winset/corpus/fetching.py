"""Documents from http(s) addresses: public ones only, checked at every hop, and no more than the limits allow.

The host's addresses are looked up once, all of them are checked, and the connection goes to a checked one: a
name that answers differently the second time gains nothing. Proxies in the environment are not used, because
behind one this check would be the proxy's.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, IncompleteRead
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from winset.corpus.types import Limits
from winset.errors import TooLarge, Unreachable

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

PORTS = {"http": 80, "https": 443}
MOVED = frozenset((301, 302, 303, 307, 308))
FOR_GOOD = frozenset((301, 308))
UNCHANGED = 304
BAD_STATUS = 400
LONGEST_VALIDATOR = 1_000  # characters; a longer one is not sent back
AGENT = "winset (reads one document for its user)"
CHUNK = 1 << 16
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # the last 32 bits are an IPv4 address

Permit = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered."""

    payload: bytes
    url: str  # that answered, after redirects
    retrieved_at: str  # ISO 8601, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server said of the version that it sent, to be shown to it when it is asked again.

    Source: RFC 9110, 8.8.2 (Last-Modified), 8.8.3 (ETag), 13.1 (preconditions).
    """

    etag: str = ""
    modified: str = ""  # as it came: a server compares it letter by letter, or as a date

    def headers(self) -> dict[str, str]:
        """Those of a conditional request; none where nothing is known."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered to a conditional request."""

    payload: bytes | None  # None: as it was, 304
    url: str  # that answered, after redirects
    moved_to: str | None  # where all redirects on the way were for good, and none led from https to http
    validators: Validators
    retrieved_at: str  # ISO 8601, UTC


def public(ip: str) -> bool:
    """Whether an IP address belongs to the public Internet, an IPv4 address inside an IPv6 one included.

    Source: the IANA special-purpose address registries, as the standard library's `ipaddress` holds them.

    >>> public("93.184.215.14"), public("127.0.0.1"), public("::ffff:10.0.0.1"), public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        address = ipaddress.ip_address(ip.split("%", 1)[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return public(str(inner))
    return address.is_global and not address.is_multicast


def fetch(url: str, *, limits: Limits, permit: Permit = public) -> Fetched:
    """What the address answers, redirects followed by hand.

    permit: says of an IP address whether it may be asked; every address of the host must be permitted.
    Raises Unreachable (scheme, host, refusal, time, status, redirects), TooLarge.
    """
    answer = ask(url, limits=limits, permit=permit)
    if answer.payload is None:  # nothing was said of an earlier version
        raise Unreachable(f"{url}: answers 304 to a question that had no condition; try again")
    return Fetched(payload=answer.payload, url=answer.url, retrieved_at=answer.retrieved_at)


def ask(
    url: str,
    *,
    limits: Limits,
    permit: Permit = public,
    known: Validators | None = None,
    agent: str = AGENT,
) -> Answer:
    """What the address answers, or that it is as it was, redirects followed by hand; otherwise as `fetch`.

    known: what its server said of the version at hand.  agent: who asks, for the server's log.
    Of an answer that says no, the Unreachable holds the status and any Retry-After.
    """
    deadline = time.monotonic() + limits.fetch_seconds
    asked = _Asked(given=url, deadline=deadline, limits=limits, permit=permit, known=known, agent=agent)
    current, for_good = url, True
    for _ in range(limits.redirects + 1):
        answer = _ask(current, asked)
        if isinstance(answer, _Body):
            now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            moved_to = current if for_good and current != url else None
            return Answer(
                payload=answer.payload, url=current, moved_to=moved_to, validators=answer.validators, retrieved_at=now
            )
        for_good = for_good and answer.for_good and not _less_safe(current, answer.to)
        current = answer.to
    raise Unreachable(f"{url}: redirected more than {limits.redirects} times; give the address it ends at")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One question, with all its redirects."""

    given: str
    deadline: float
    limits: Limits
    permit: Permit
    known: Validators | None
    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    payload: bytes | None
    validators: Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class _Redirect:
    to: str
    for_good: bool


def _less_safe(before: str, after: str) -> bool:
    return before.lower().startswith("https:") and not after.lower().startswith("https:")


def _ask(url: str, asked: _Asked) -> _Body | _Redirect:
    """The body, or where the answer redirects to."""
    from urllib3.exceptions import HTTPError

    given, deadline, limits = asked.given, asked.deadline, asked.limits
    parts = _checked_parts(url, given=given)
    ip = _checked_ip(parts, given=given, permit=asked.permit)
    connection = _connection(parts, ip, timeout=_left(deadline, given, limits))
    headers = _headers(parts, asked)
    try:
        connection.connect()
        watchdog = _watchdog(connection, _left(deadline, given, limits))
        try:
            connection.request("GET", _target(parts), headers=headers, preload_content=False)
            with contextlib.closing(connection.getresponse()) as response:  # else what is not read holds the socket
                answer = _answered(response, url, asked)
            _left(deadline, given, limits)  # where the watchdog ended it, what came is a part
            return answer
        finally:
            watchdog.cancel()
    except (OSError, HTTPError, HTTPException, zlib.error, ValueError) as error:
        if time.monotonic() >= deadline or isinstance(error, TimeoutError):
            raise Unreachable(f"{given}: no full answer in {limits.fetch_seconds:g} s; try later") from None
        raise Unreachable(f"{given}: {_why(error)}; check the address, or save the page and add the file") from None
    finally:
        connection.close()


def _checked_parts(url: str, *, given: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise Unreachable(f"{given}: no address that can be asked; give http(s)://host/path") from None
    via = "" if url == given else f" redirects to {url},"
    if parts.scheme not in PORTS:
        raise Unreachable(f"{given}:{via} not http or https; give an http(s) address, or save the page as a file")
    if not host or port == 0:
        raise Unreachable(f"{given}:{via} an address without a host; give http(s)://host/path")
    if parts.username is not None or parts.password is not None:
        raise Unreachable(
            f"{given.rsplit('@', maxsplit=1)[-1]}: a name or password in the address would be kept; leave it out"
        )
    return parts


def _checked_ip(parts: SplitResult, *, given: str, permit: Permit) -> str:
    """One IP address of the host; raises Unreachable where there is none or where any of them is not permitted."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(_ascii(host), parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"{given}: the host {host!r} is not known; check the address and the connection") from None
    ips = [str(entry[4][0]) for entry in found]
    refused = [ip for ip in ips if not permit(ip)]
    if refused or not ips:
        where = "" if host in given else f"redirects to {host!r}, "
        raise Unreachable(
            f"{given}: {where}at {', '.join(refused) or 'no address'}, not on the public Internet; save it as a file"
        )
    return ips[0]


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _connection(parts: SplitResult, ip: str, *, timeout: float) -> HTTPConnection:
    """To the checked IP, with the host's name in the certificate check."""
    from urllib3.connection import HTTPConnection, HTTPSConnection

    port, host = parts.port or PORTS[parts.scheme], _ascii(parts.hostname or "")
    if parts.scheme == "http":
        return HTTPConnection(ip, port, timeout=timeout)
    return HTTPSConnection(ip, port, timeout=timeout, server_hostname=host, ssl_context=_trusting_context())


def _trusting_context() -> ssl.SSLContext:
    """The system's certificate authorities, and certifi's for systems without any."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _watchdog(connection: HTTPConnection, seconds: float) -> threading.Timer:
    """Shuts the socket at the deadline: a server that sends a byte now and then never runs into a timeout."""
    sock = connection.sock

    def shut() -> None:
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # below TLS, whose own shutdown would wait for the server
        except OSError:
            return  # closed already

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    return timer


def _left(deadline: float, given: str, limits: Limits) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unreachable(f"{given}: no full answer in {limits.fetch_seconds:g} s; try later")
    return left


def _target(parts: SplitResult) -> str:
    """Path and query, with what may not stand in a request line escaped."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else path


def _headers(parts: SplitResult, asked: _Asked) -> dict[str, str]:
    host = _ascii(parts.hostname or "")
    name = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, PORTS[parts.scheme]} else f":{parts.port}"
    return {
        "Host": f"{name}{port}",
        "User-Agent": asked.agent,
        "Accept": "text/html, application/xhtml+xml, application/pdf, application/rss+xml, text/plain, */*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
        **(asked.known.headers() if asked.known else {}),
    }


def _answered(response: BaseHTTPResponse, url: str, asked: _Asked) -> _Body | _Redirect:
    given, limits = asked.given, asked.limits
    if response.status in MOVED and response.headers.get("Location"):
        to = urljoin(url, response.headers["Location"].strip())
        return _Redirect(to=to, for_good=response.status in FOR_GOOD)
    if response.status >= BAD_STATUS:
        raise Unreachable(
            f"{given}: answers {response.status}; check the address, or save the page and add the file",
            status=response.status,
            retry_after=(response.headers.get("Retry-After") or "")[:LONGEST_VALIDATOR],
        )
    if response.status == UNCHANGED and asked.known and asked.known.headers():
        return _Body(payload=None, validators=_validators(response, otherwise=asked.known))
    stated = response.headers.get("Content-Length") or ""
    if stated.isdecimal() and int(stated) > limits.file_bytes:
        raise TooLarge(f"{given}: {int(stated):,} bytes; at most {limits.file_bytes:,} are fetched")
    body = _in_its_charset(_body(response, given=given, limits=limits), response.headers.get("Content-Type") or "")
    return _Body(payload=body, validators=_validators(response, otherwise=Validators()))


def _validators(response: BaseHTTPResponse, *, otherwise: Validators) -> Validators:
    etag, modified = (_sound(response.headers.get(name)) for name in ("ETag", "Last-Modified"))
    return Validators(etag=etag or otherwise.etag, modified=modified or otherwise.modified)


def _sound(value: str | None) -> str:
    """A header's value that may be sent back: printable ASCII of a sane length."""
    kept = (value or "").strip()
    return kept if len(kept) <= LONGEST_VALIDATOR and kept.isascii() and kept.isprintable() else ""


def _body(response: BaseHTTPResponse, *, given: str, limits: Limits) -> bytes:
    """The body, unpacked in pieces so that neither it nor what it unpacks to is ever over the limit."""
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if coding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise Unreachable(f"{given}: answers in {coding!r}, which was not asked for; save the page and add the file")
    inflater = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    body, received = bytearray(), 0
    while chunk := response.read1(CHUNK, decode_content=False):
        received += len(chunk)
        while chunk:
            body += inflater.decompress(chunk, CHUNK) if inflater else chunk
            chunk = inflater.unconsumed_tail if inflater else b""
            if len(body) > limits.file_bytes:
                raise TooLarge(f"{given}: over {limits.file_bytes:,} bytes unpacked, which is all that is fetched")
    stated = response.headers.get("Content-Length") or ""
    if (inflater and not inflater.eof) or (stated.isdecimal() and received < int(stated)):
        raise Unreachable(f"{given}: the answer broke off after {received:,} bytes; try again")
    return bytes(body)


def _in_its_charset(body: bytes, content_type: str) -> bytes:
    """The body as UTF-8 with a mark, where the answer states another charset: it outranks what the page says."""
    charset = content_type.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    if not content_type.lower().startswith("text/") or charset in {"", "utf-8", "utf8"}:
        return body
    try:
        return body.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):  # a charset that is none, or not this body's: left to the detection
        return body


def _why(error: Exception) -> str:
    """The cause in a few words."""
    if isinstance(error, ConnectionRefusedError) or isinstance(error.__cause__, ConnectionRefusedError):
        return "refuses the connection"
    if any(isinstance(part, IncompleteRead) for part in (error, *error.args)):
        return "the answer broke off"
    if "certificate" in str(error).lower():
        return "its certificate does not hold"
    return f"does not answer as a web server ({' '.join(str(error).split())[:80] or type(error).__name__})"
