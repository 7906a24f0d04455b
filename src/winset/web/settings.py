"""Settings: all that the desk is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass, field

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is served, to whom, within which limits."""

    places: tuple[str, ...] = ()  # kept cases: paths, or addresses postgresql://...#name
    database: str | None = None  # of a team: every case in it is served
    single_user: str | None = None  # the name of the one person at this machine; None: accounts are demanded
    accounts: str | None = None  # where they are kept: a file, or postgresql://...
    secret: str = field(default="", repr=False)  # signs cookies
    https: bool = False  # people reach the desk through TLS, a proxy's: cookies go nowhere else
    port: int = 0  # cookies know no ports, so their name tells two desks of one machine apart
    hosts: tuple[str, ...] = LOOPBACK  # the names under which it may be asked for
    any_ip: bool = False  # and any IP address: it listens on all of them
    body_bytes: int = 1_000_000  # of a request that brings no documents
    upload_bytes: int = 50_000_000  # of one that does
    patience: float = 20.0  # seconds for the first bytes of a body: see `access.bodies`
