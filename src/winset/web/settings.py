"""Settings: all that the desk is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is served, to whom, within which limits."""

    places: tuple[str, ...] = ()  # kept cases: paths, or addresses postgresql://...#name
    database: str | None = None  # of a team: every case in it is served
    single_user: str | None = None  # the name of the one person at this machine; None: accounts are demanded
    secret: str = field(default="", repr=False)  # signs cookies
    upload_bytes: int = 50_000_000  # of one request
