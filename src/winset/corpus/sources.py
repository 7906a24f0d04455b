"""What the user named - files, folders, globs, addresses - as the single files and addresses it means."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from winset.corpus.formats import ALLOWED, SUFFIXES, holds_lines
from winset.corpus.types import Limits
from winset.errors import Empty, Missing, NotText, TooLarge, Unreachable, Unreadable

ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file or address to read; `refusal` where it is known already that it cannot be."""

    name: str  # as the user will see it
    path: Path | None = None  # None for an address
    refusal: Unreadable | None = None


def expanded(sources: Sequence[str]) -> list[Source]:
    """Every file and address meant, in the order given and sorted within a folder or glob; each file once.

    A folder means its files at any depth. Files and folders whose name begins with "." are not meant: they are
    the system's. In a folder, a file whose suffix names no known format comes as a refusal: nothing is left out
    in silence. A file's name is its base name, or the path that leads to it where two files share one.
    """
    found: list[Source] = []
    seen: set[str] = set()
    for source in sources:
        for one in _meant(source):
            key = os.path.realpath(one.path) if one.path and not one.refusal else f"{one.name}\n{one.refusal}"
            if key not in seen:
                seen.add(key)
                found.append(one)
    return _named(found)


def _meant(source: str) -> Iterator[Source]:
    if source.lower().startswith(ADDRESSES):
        yield _address(source)
    elif "://" in source.split("?", maxsplit=1)[0]:
        scheme = source.split("://", 1)[0]
        yield _refused(source, Unreachable(f"{source}: {scheme}: is not asked; give a file, or an http(s) address"))
    elif not source or "\x00" in source:
        yield _refused(source, Missing(f"{source!r}: no path; give a file, a folder, a pattern or an http(s) address"))
    elif os.path.lexists(source) or not glob.has_magic(source):
        yield from _at(Path(source), asked=True, parents=())
    else:
        yield from _matching(source)


def _address(source: str) -> Source:
    host = source.split("://", 1)[1].split("/", 1)[0]
    if "@" not in host:
        return Source(name=source)
    hidden = source.replace(host, "...@" + host.rsplit("@", 1)[1], 1)  # names are kept and shown; passwords must not be
    return _refused(
        hidden, Unreachable(f"{hidden}: a password in the address would be kept with the case; leave it out")
    )


def _matching(pattern: str) -> Iterator[Source]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        yield _refused(pattern, Missing(f"{pattern}: nothing matches this pattern; check it and the folder you are in"))
    for match in matches:
        yield from _at(Path(match), asked=True, parents=())


def _at(path: Path, *, asked: bool, parents: tuple[str, ...]) -> Iterator[Source]:
    """The file, or the files below the folder; `asked` where the user named it himself.

    parents: real paths of the folders above, so that a link back to one of them ends there.
    """
    name = str(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield _refused(name, unopened(name, error))
        return
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, parents=parents)
    elif not stat.S_ISREG(mode):
        yield _refused(name, NotText(f"{name}: a pipe, socket or device, no file; save its content to a file first"))
    elif not (asked or path.suffix.lower() in SUFFIXES or holds_lines(path.name)):
        suffix = f"the suffix {path.suffix!r}" if path.suffix else "no suffix"
        yield _refused(
            name, NotText(f"{name}: {suffix} names none of {ALLOWED}; name the file itself to have it tried")
        )
    else:
        yield Source(name=name, path=path)


def _in_folder(folder: Path, *, parents: tuple[str, ...]) -> Iterator[Source]:
    real = os.path.realpath(folder)
    if real in parents:
        return  # a link to a folder that is being read already
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        yield _refused(str(folder), unopened(str(folder), error))
        return
    if not entries and not parents:
        yield _refused(str(folder), Empty(f"{folder}: an empty folder; give one with documents in it"))
    for entry in entries:
        yield from _at(entry, asked=False, parents=(*parents, real))


def _refused(name: str, refusal: Unreadable) -> Source:
    return Source(name=printable(name), refusal=refusal)


def printable(name: str) -> str:
    """The name without bytes that are no UTF-8, and on one line: it will stand in files and on screens."""
    from_system = all("\udc80" <= half <= "\udcff" for half in name if "\ud800" <= half <= "\udfff")  # PEP 383
    readable = name.encode("utf-8", "surrogateescape" if from_system else "replace").decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in readable)


def _named(sources: list[Source]) -> list[Source]:
    """Files get their base name where no other file has it."""
    counts = Counter(source.path.name for source in sources if source.path)
    return [
        replace(source, name=printable(source.path.name if counts[source.path.name] == 1 else str(source.path)))
        if source.path
        else replace(source, name=printable(source.name))
        for source in sources
    ]


def unopened(name: str, error: OSError) -> Unreadable:
    """What stands in the way of a path, as one line."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Missing(f"{name}: no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return Unreadable(f"{name}: may not be read by this user; change its permissions")
    return Unreadable(f"{name}: cannot be opened ({error.strerror or error}); check the path")


def content_of(path: Path, *, name: str, limits: Limits) -> bytes:
    """The file's bytes; raises TooLarge without reading where it is over the limit, else as `unopened` says."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise TooLarge(f"{name}: {size:,} bytes; at most {limits.file_bytes:,} are read: split it up")
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)  # it may have grown; one byte over is refused further on
    except OSError as error:
        raise unopened(name, error) from None
