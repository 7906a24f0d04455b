"""Where documents lie and results go: a path that all machines see, or an address of any store that fsspec knows.

What is written is there whole or not at all, whoever dies in the middle.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from winset.errors import CannotWrite, Missing, NotConfigured, Unreadable

WHOLE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss", "memory"})  # an object is put whole
LOCAL = frozenset({"file", "local"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a store."""

    url: str
    size: int
    stamp: str  # changes when the file does, as far as the store tells


def is_address(given: str) -> bool:
    """Whether it is an address of a store, and no path.

    >>> is_address("s3://corpus/news/"), is_address("reports/")
    (True, False)
    """
    return "://" in given.split("?", maxsplit=1)[0]


def shown(url: str) -> str:
    """The address without a name and a password in it: it will stand in files and on screens.

    >>> shown("sftp://me:secret@host/corpus"), shown("s3://corpus")
    ('sftp://...@host/corpus', 's3://corpus')
    """
    scheme, there, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://...@{host.rpartition('@')[2]}{slash}{path}" if there and "@" in host else url


def join(place: str, *names: str) -> str:
    """A place below another.

    >>> join("s3://corpus/news/", "a.txt"), join("out", "manifests", "1.json")
    ('s3://corpus/news/a.txt', 'out/manifests/1.json')
    """
    return "/".join((place.rstrip("/"), *names))


def system_of(url: str) -> tuple[Any, str]:
    """The file system of a place, and the place's name there.  Raises NotConfigured."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise NotConfigured("reading and writing for a cluster needs fsspec: pip install 'winset[cluster]'") from None
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:  # a package that is not there; a scheme that nobody knows
        raise NotConfigured(f"{shown(url)}: {_line(error)}") from None
    return system, path


def found(url: str) -> tuple[Found, ...]:
    """Every file at a place, below it, or that its pattern matches, by name; none that its system hides.

    Raises Missing, Unreadable, NotConfigured.
    """
    system, path = system_of(url)
    try:
        if any(mark in path for mark in "*?["):
            listed = system.glob(path, detail=True)
        else:
            listed = system.find(path, detail=True)
    except FileNotFoundError:
        listed = {}
    except OSError as error:
        raise Unreadable(f"{shown(url)}: cannot be listed: {_line(error)}") from None
    if not listed:
        raise Missing(f"{shown(url)}: nothing is there; check the address, and what lets you in")
    base = path.rstrip("/")
    return tuple(
        Found(system.unstrip_protocol(name), int(about.get("size") or 0), stamp(about))
        for name, about in sorted(listed.items())
        if about.get("type") != "directory" and not _hidden(name.removeprefix(base))
    )


def stamp(about: dict[str, Any]) -> str:
    """What changes when a file does: its mark in the store, or the time of its last change."""
    for field in ("ETag", "etag", "md5Hash", "generation", "LastModified", "last_modified", "updated", "mtime"):
        if about.get(field):
            return str(about[field])
    return ""


def look(url: str) -> Found | None:
    """The file at a place; None where there is none."""
    system, path = system_of(url)
    try:
        about = system.info(path)
    except FileNotFoundError:
        return None
    return Found(url, int(about.get("size") or 0), stamp(about))


@contextlib.contextmanager
def opened(url: str) -> Iterator[IO[bytes]]:
    """The bytes of a file.  Raises Missing, Unreadable."""
    system, path = system_of(url)
    try:
        with system.open(path, "rb") as stream:
            yield stream
    except FileNotFoundError:
        raise Missing(f"{shown(url)}: no such file; check the address") from None
    except OSError as error:
        raise Unreadable(f"{shown(url)}: cannot be read: {_line(error)}") from None


def content(url: str, *, most: int) -> bytes:
    """At most so many bytes of a file, from its beginning.  Raises Missing, Unreadable."""
    with opened(url) as stream:
        return bytes(stream.read(most))


def write(url: str, payload: bytes) -> None:
    """Put bytes at a place, whole or not at all.  Raises CannotWrite."""
    system, path = system_of(url)
    names = {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)
    try:
        if names & LOCAL:
            _write_here(Path(path), payload)
        elif names & WHOLE:
            system.pipe_file(path, payload)
        else:
            beside = f"{path}.{uuid.uuid4().hex}.tmp"
            system.pipe_file(beside, payload)
            system.mv(beside, path)
    except OSError as error:
        raise CannotWrite(f"{shown(url)}: cannot be written: {_line(error)}") from None


def make_folder(url: str) -> None:
    """Make a folder, and those above it, where the store has such things.  Raises CannotWrite."""
    system, path = system_of(url)
    try:
        system.makedirs(path, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{shown(url)}: cannot be made: {_line(error)}") from None


def names(url: str) -> tuple[str, ...]:
    """The names of the files right below a place; none where it is not there."""
    system, path = system_of(url)
    try:
        system.invalidate_cache(path)
        listed = system.ls(path, detail=False)
    except FileNotFoundError:
        return ()
    return tuple(sorted(name.rstrip("/").rpartition("/")[2] for name in listed))


def remove(url: str) -> None:
    """Take a file away; one that is not there is none the less gone."""
    system, path = system_of(url)
    with contextlib.suppress(FileNotFoundError):
        system.rm_file(path)


def _write_here(path: Path, payload: bytes) -> None:
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        with beside.open("wb") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _hidden(below: str) -> bool:
    return any(part.startswith(".") for part in below.split("/"))


def _line(error: Exception) -> str:
    return " ".join(str(getattr(error, "strerror", None) or error).split())
