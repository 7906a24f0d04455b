"""What `winset doctor` looks at in an installation: each a function that gives findings, and nothing goes out."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import locale
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from winset.errors import WinsetError
from winset.ids import PartialDate

Status = Literal["fine", "note", "wrong"]

MODELS = {  # file of the package -> SHA-256; a test tells when a new model wants a new line
    "statements/tagging/data/attribution.onnx": "7032a71f67c8d0cdb8e5a9eb47283379cb7e7b8c9d4a411535698e50ceb5f3c6",
    "statements/meaning/data/meaning.onnx": "dae59d567131d7cb57b7c7a3852a5b299f98204e3219d167d354578e07a42633",
    "positions/stance_network/data/stance.onnx": "66d67808384fbec44d70cf37a11051437c60ee2cd041e0e8c657ad72e93e7ff8",
    "positions/stance_network/data/debates.npz": "eb7e19ead336f8b735bafbc16e59f0a1d51aca7e5c2756460f56aee9922b2a6e",
}
SENTENCE = "France opposes the new harbour, its minister said on Monday."
EXTRAS = {  # what each is for
    "web": "the desk in a browser: winset serve",
    "postgres": "cases on a PostgreSQL server",
    "llm": "a language model that codes",
    "mcp": "a case for an assistant: winset mcp",
    "notebook": "everything for a notebook",
    "frames": "data frames",
    "networks": "graphs of networkx",
    "plots": "charts in Python",
    "pdf": "briefs as PDF",
    "tables": "Parquet and Arrow tables",
    "cluster": "many machines",
}
NOT_FOR_USERS = frozenset({"dev", "docs"})
SETTINGS = {  # variable -> whether it is a secret
    "WINSET_DATABASE": True,  # its address may hold a password
    "WINSET_LLM_KEY": True,
    "WINSET_LLM_MODEL": False,
    "WINSET_LLM_TIMEOUT": False,
    "WINSET_LLM_URL": True,  # the same
    "WINSET_PASSWORD": True,
    "WINSET_SECRET": True,
    "WINSET_TRACEBACK": False,
}
OFFICES = ("leaders", "ministers", "offices")
OLD = timedelta(days=550)  # of what is known of office holders: by then too many have changed
LEAST_SPACE, LITTLE_SPACE = 50_000_000, 500_000_000  # bytes
CLOCK_BEFORE = timedelta(days=60)  # a table may name a month that has just begun, or begins
_REQUIREMENT = re.compile(r"^(?P<name>[\w.-]+)(?:\[(?P<extras>[\w,. -]+)\])?\s*(?P<rest>[^;]*)(?:;(?P<when>.*))?$")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
_LEAST = re.compile(r">=\s*([\d.]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    check: str
    status: Status  # note: something optional is absent, or worth knowing
    told: str
    cure: str = ""  # what to do; "": nothing

    def values(self) -> dict[str, str | None]:
        """For JSON."""
        return {"check": self.check, "status": self.status, "told": self.told, "cure": self.cure or None}


def findings() -> Iterator[Finding]:
    """Everything about this installation, in the order in which it is told."""
    yield from program()
    yield from packages()
    whole = list(models())
    yield from whole
    if all(each.status == "fine" for each in whole):
        yield reading()
    yield parsers()
    yield from tables()
    yield database()
    yield from letters()
    yield from folders()
    yield from settings(os.environ)
    yield clock(datetime.now(UTC).date(), known_until())
    yield from extras()


def program() -> Iterator[Finding]:
    """Which program runs, and whether the shell would start the same."""
    yield Finding(check="program", status="fine", told=str(Path(__file__).parents[1]))
    first = shutil.which("winset")
    own = Path(sys.executable).with_name("winset")
    if first is None:
        cure = f"add {own.parent} to PATH, or write {own}" if own.exists() else "install it again"
        yield Finding(check="command", status="note", told="`winset` is not on the PATH", cure=cure)
    elif own.exists() and not Path(first).samefile(own):
        yield Finding(
            check="command", status="note", told=f"the PATH has another winset first: {first}", cure=f"write {own}"
        )


@dataclass(frozen=True, slots=True)
class _Requirement:
    """A line of the package's own metadata."""

    name: str
    extras: tuple[str, ...]
    least: tuple[int, ...]
    extra: str  # of ours, for which it is wanted; "": always

    @property
    def lacking(self) -> str:
        """Why it does not serve; "" where it does."""
        try:
            there = importlib.metadata.version(self.name)
        except importlib.metadata.PackageNotFoundError:
            return f"{self.name} is not there"
        if self.least and _numbers(there) < self.least:
            return f"{self.name} {there} is older than {'.'.join(map(str, self.least))}"
        return ""


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version.

    >>> _numbers("2.10.1rc2")
    (2, 10, 1)
    """
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, found.group().split("."))) if found else ()


def _requirements() -> list[_Requirement]:
    """What the installed package says it needs; none where it is run from a folder without being installed."""
    try:
        lines = importlib.metadata.requires("winset") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    found = []
    for line in lines:
        match = _REQUIREMENT.match(line)
        if match is None:
            continue
        least, extra = _LEAST.search(match["rest"]), _EXTRA.search(match["when"] or "")
        if match["when"] and extra is None:
            continue  # for some systems or versions only: the installer has seen to it
        found.append(
            _Requirement(
                match["name"],
                tuple(part.strip() for part in (match["extras"] or "").split(",") if part.strip()),
                _numbers(least[1]) if least else (),
                extra[1] if extra else "",
            )
        )
    return found


def packages() -> Iterator[Finding]:
    """Whether everything that winset cannot do without is there, and new enough."""
    wanted = [each for each in _requirements() if not each.extra]
    if not wanted:
        cure = "pip install winset"
        yield Finding(check="packages", status="note", told="winset is not installed, but run from a folder", cure=cure)
        return
    lacking = [each.lacking for each in wanted if each.lacking]
    if lacking:
        told = ", ".join(lacking)
        yield Finding(check="packages", status="wrong", told=told, cure="pip install --force-reinstall winset")
    else:
        yield Finding(check="packages", status="fine", told=f"all {len(wanted)} there")


def extras() -> Iterator[Finding]:
    """What is optional: what it is for, and how to get it."""
    wanted = _requirements()
    names = dict.fromkeys(each.extra for each in wanted if each.extra and each.extra not in NOT_FOR_USERS)
    order = [*(name for name in EXTRAS if name in names), *(name for name in names if name not in EXTRAS)]
    for name in order:
        lacking = [each.lacking for each in _of_extra(name, wanted, frozenset()) if each.lacking]
        about = EXTRAS.get(name, "optional")
        if lacking:
            cure = f"pip install 'winset[{name}]'"
            yield Finding(check=f"extra {name}", status="note", told=f"{about}: {', '.join(lacking)}", cure=cure)
        else:
            yield Finding(check=f"extra {name}", status="fine", told=about)


def _of_extra(name: str, wanted: list[_Requirement], seen: frozenset[str]) -> Iterator[_Requirement]:
    """The packages of an extra, those of the extras that it names too."""
    for each in wanted:
        if each.extra != name:
            continue
        if each.name != "winset":
            yield each
            continue
        for inner in each.extras:
            if inner not in seen:
                yield from _of_extra(inner, wanted, seen | {name})


def models(folder: Path | None = None) -> Iterator[Finding]:
    """Whether the files of the trained models are those that were shipped.  folder: of the package."""
    wrong = 0
    for name, expected in MODELS.items():
        file = (folder or Path(__file__).parents[1]) / name
        cure = "pip install --force-reinstall --no-deps winset"
        try:
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            wrong += 1
            yield Finding(check="model", status="wrong", told=f"{file}: {error.strerror}", cure=cure)
            continue
        if found != expected:
            wrong += 1
            yield Finding(check="model", status="wrong", told=f"{file}: is not the file that was shipped", cure=cure)
    if not wrong:
        yield Finding(check="models", status="fine", told=f"{len(MODELS)} files as they were shipped")


def reading() -> Finding:
    """Whether the models run: a sentence is read."""
    cure = "pip install --force-reinstall onnxruntime numpy"
    try:
        from winset.corpus.types import Document
        from winset.statements.extraction import extract

        said = extract(Document(name="sentence", text=SENTENCE)).statements
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        return Finding(check="reading", status="wrong", told=f"the models do not run: {error}", cure=cure)
    if not said:
        return Finding(
            check="reading", status="wrong", told="the models run, and find nothing in a sentence", cure=cure
        )
    version = importlib.metadata.version("onnxruntime")
    return Finding(check="reading", status="fine", told=f"a sentence is read, by onnxruntime {version}")


def parsers() -> Finding:
    """Whether the process that reads HTML, PDF, DOCX and feeds starts, and what it is kept from."""
    from winset.corpus.confined import parsing, walls
    from winset.corpus.confined.child import OWN_PAGES
    from winset.corpus.types import Limits
    from winset.errors import Unreadable

    try:
        parsing.documents("feed", OWN_PAGES["feed"](), name="own", limits=Limits())
    except Unreadable as error:
        cure = "let this user start a process of Python; plain text and Markdown are read without one"
        return Finding(check="parsers", status="wrong", told=str(error), cure=cure)
    there = [what for what, stands in walls.standing() if stands]
    lacking = [what for what, stands in walls.standing() if not stands]
    told = f"in a process of their own, with limits: {', '.join(there)}"
    if not lacking:
        return Finding(check="parsers", status="fine", told=told)
    told += f"; this system has none for: {', '.join(lacking)}"
    return Finding(check="parsers", status="note", told=told, cure="read what you distrust on a recent Linux")


def known_until() -> date | None:
    """The last day for which a table vouches for who holds an office; None where no table can be read."""
    from winset.actors.tables import rows

    try:
        days = {row["checked_on"] for name in OFFICES for row in rows(f"offices/{name}.csv") if row["checked_on"]}
    except (OSError, KeyError, ValueError):
        return None
    return max((PartialDate(day).latest for day in days), default=None)


def tables() -> Iterator[Finding]:
    """Whether the registry can be read, and how old it is."""
    from winset.actors.registry import registry

    cure = "pip install --force-reinstall --no-deps winset"
    try:
        known = registry(())
    except (OSError, KeyError, ValueError, WinsetError) as error:
        yield Finding(check="registry", status="wrong", told=f"its tables cannot be read: {error}", cure=cure)
        return
    until = known_until()
    told = f"{len(known.actors)} actors, {len(known.bodies)} bodies; office holders known until {until or 'never'}"
    if until is not None and datetime.now(UTC).date() - until > OLD:
        cure = "pip install --upgrade winset, or name newer ones with --registry"
        yield Finding(check="registry", status="note", told=told, cure=cure)
    else:
        yield Finding(check="registry", status="fine", told=told)


def database() -> Finding:
    """Whether SQLite can do what a case needs."""
    told = f"SQLite {sqlite3.sqlite_version}"
    cure = "use a Python whose SQLite has it, such as that of python.org or of your system"
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(
            "CREATE VIRTUAL TABLE full_text USING fts5(words, content='', detail=none, tokenize='ascii')"
        )
        connection.execute("SELECT json_extract('[1]', '$[0]')")
    except sqlite3.Error as error:
        return Finding(check="database", status="wrong", told=f"{told}: {error}", cure=cure)
    finally:
        connection.close()
    return Finding(check="database", status="fine", told=f"{told}, with full-text search")


def letters() -> Iterator[Finding]:
    """Whether names and files keep their letters."""
    named = {
        "files": locale.getpreferredencoding(do_setlocale=False),
        "file names": sys.getfilesystemencoding(),
        "output": getattr(sys.stdout, "encoding", None) or "none",
    }
    odd = {what: name for what, name in named.items() if name.lower().replace("-", "") not in ("utf8", "cp65001")}
    if odd:
        told = ", ".join(f"{what} in {name}" for what, name in odd.items())
        cure = "set PYTHONUTF8=1; letters that a terminal lacks are shown as escapes"
        yield Finding(check="letters", status="note", told=told, cure=cure)
    else:
        yield Finding(check="letters", status="fine", told="UTF-8")


def folders() -> Iterator[Finding]:
    """Whether temporary files and those of the working folder can be written, and whether there is room."""
    places = {"temporary folder": tempfile.gettempdir, "working folder": os.getcwd}
    for what, named in places.items():
        try:
            place = named()
            with tempfile.TemporaryFile(dir=place) as file:
                file.write(b"winset")
            free = shutil.disk_usage(place).free
        except OSError as error:
            told = f"{error.filename or what}: cannot be written: {error.strerror or error}"
            temporary = what == "temporary folder"
            cure = "set TMPDIR to a folder that can" if temporary else "write outputs elsewhere with -o"
            yield Finding(check=what, status="wrong" if temporary else "note", told=told, cure=cure)
            continue
        room = f"{place}, {free / 1e9:.1f} GB free"
        status: Status = "wrong" if free < LEAST_SPACE else "note" if free < LITTLE_SPACE else "fine"
        cure = "" if status == "fine" else "make room"
        yield Finding(check=what, status=status, told=room, cure=cure)


def settings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """The variables that winset reads; what may hold a secret is only told to be set."""
    given = {name: value for name, value in environment.items() if name.startswith("WINSET_")}
    odd = sorted(name for name in given if name not in SETTINGS)
    if odd:
        known = ", ".join(SETTINGS)
        yield Finding(
            check="settings", status="note", told=f"nothing reads {', '.join(odd)}", cure=f"there are {known}"
        )
    told = [name if SETTINGS[name] else f"{name}={given[name]}" for name in SETTINGS if name in given]
    yield Finding(check="settings", status="fine", told=f"set: {', '.join(told)}" if told else "none set")
    if given.get("WINSET_LLM_URL") or given.get("WINSET_LLM_MODEL"):
        from winset.exchange.chat_settings import chat_settings

        try:
            chosen = chat_settings(environment)
        except WinsetError as error:
            yield Finding(check="language model", status="wrong", told=str(error), cure="or unset the variables")
        else:
            told_model = f"{chosen.model} at {chosen.host}, not asked"
            yield Finding(check="language model", status="fine", told=told_model)
    secret = given.get("WINSET_SECRET")
    if secret is not None and len(secret) < (least := 32):
        yield Finding(
            check="secret",
            status="wrong",
            told=f"WINSET_SECRET has fewer than {least} characters: `winset serve` refuses it",
            cure='python -c "import secrets; print(secrets.token_urlsafe(32))"',
        )
    if "SOURCE_DATE_EPOCH" in environment:
        told_epoch = "SOURCE_DATE_EPOCH stands in for the clock: every act gets the same time"
        yield Finding(check="clock", status="note", told=told_epoch, cure="unset SOURCE_DATE_EPOCH")


def clock(today: date, known: date | None) -> Finding:
    """Whether the clock may be right: not before the shipped tables were made."""
    if known is not None and today < known - CLOCK_BEFORE:
        told = f"{today} is before this winset was made"
        return Finding(check="clock", status="wrong", told=told, cure="set the clock: acts and logins are dated by it")
    return Finding(check="clock", status="fine", told=f"{today} (UTC)")
