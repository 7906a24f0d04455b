"""Which language model may be asked, from the environment; without both address and model there is none."""

from __future__ import annotations

import importlib.util
import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from winset.errors import NotConfigured

URL, MODEL, KEY, TIMEOUT = "WINSET_LLM_URL", "WINSET_LLM_MODEL", "WINSET_LLM_KEY", "WINSET_LLM_TIMEOUT"
CLIENT = "httpx2"
USUAL_TIMEOUT = 120.0  # seconds; a small model without a graphics card needs about one for a full chunk
LONGEST_TIMEOUT = 3_600.0
LONGEST_NAME = 200  # characters
SCHEMES = ("http", "https")
LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa")  # never public. Sources: RFC 6761, 6762, 8375
EXAMPLE = f"{URL}=http://localhost:11434/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """An OpenAI-compatible server, one of its models, and how long to wait for it."""

    url: str  # without a slash at the end: "http://localhost:11434/v1"
    model: str
    key: str | None = field(default=None, repr=False)  # in no message, file or log
    timeout: float = USUAL_TIMEOUT  # seconds for one whole answer

    @property
    def host(self) -> str:
        """Host and port, as the address gives them."""
        return urlsplit(self.url).netloc


def chat_settings(environment: Mapping[str, str]) -> ChatSettings:
    """The settings in these variables, checked.

    Raises NotConfigured: where one is missing, or the package that asks; for an address that is none, that holds a
    password, or over which documents would travel readable beyond the local network.
    """
    if importlib.util.find_spec(CLIENT) is None:
        raise NotConfigured(f"language-model: needs the package {CLIENT}: pip install 'winset[llm]'")
    given = {name: environment.get(name, "").strip() for name in (URL, MODEL, KEY, TIMEOUT)}
    missing = [name for name in (URL, MODEL) if not given[name]]
    if missing:
        raise NotConfigured(
            f"language-model: {' and '.join(missing)} not set: set both, such as {EXAMPLE} and {MODEL}=NAME"
        )
    if not given[MODEL].isprintable() or len(given[MODEL]) > LONGEST_NAME:
        raise NotConfigured(f"{MODEL}: no name of a model: at most {LONGEST_NAME} printable characters")
    if not (given[KEY].isascii() and given[KEY].isprintable()) or " " in given[KEY]:
        raise NotConfigured(f"{KEY}: holds a space or a character that no key has: set it again, or unset it")
    return ChatSettings(
        url=_checked_url(given[URL]),
        model=given[MODEL],
        key=given[KEY] or None,
        timeout=_checked_timeout(given[TIMEOUT]),
    )


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotConfigured(f"{URL}: no address: write it as in {EXAMPLE}") from None
    if "@" in parts.netloc:  # not shown: what stands before the @ is a secret
        raise NotConfigured(f"{URL}: a name or password in the address would be kept: set {KEY} instead")
    if parts.scheme not in SCHEMES:
        raise NotConfigured(f"{URL}: scheme {parts.scheme!r}: write http:// or https://, as in {EXAMPLE}")
    if not parts.hostname or port == 0 or not url.isprintable() or " " in url:
        raise NotConfigured(f"{URL}: an address without a host, or with a space in it: write it as in {EXAMPLE}")
    if parts.query or parts.fragment:
        raise NotConfigured(f"{URL}: '?' or '#' in the address: give its base alone, as in {EXAMPLE}")
    if parts.scheme == "http" and not _is_local(parts):
        raise NotConfigured(
            f"{URL}: http to {parts.hostname} would send documents readable to all on the way: use https"
        )
    return url.rstrip("/")


def _is_local(parts: SplitResult) -> bool:
    """Whether a host is this machine or of the local network, by its name alone."""
    host = (parts.hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(LOCAL)


def _checked_timeout(seconds: str) -> float:
    if not seconds:
        return USUAL_TIMEOUT
    try:
        value = float(seconds)
    except ValueError:
        value = math.nan
    if not 0 < value <= LONGEST_TIMEOUT:
        raise NotConfigured(f"{TIMEOUT} is {seconds[:20]!r}: write seconds, over 0 and at most {LONGEST_TIMEOUT:g}")
    return value
