"""One tree of refusals. The command line prints any of them as one line, without a traceback.

WinsetError
├── InvalidValue (ValueError)      a value that cannot be built
│   ├── BadSpan                    offsets that do not hold the words they claim
│   ├── BadDate                    a date that is no date
│   ├── OffScale                   a number outside its scale
│   ├── NoEvidence                 a position or claim that cites nothing
│   ├── BadQuota                   a quota no rule can have
│   ├── BadAccount                 a name, password or role that no account can have
│   ├── BadJudgement               a person's word that contradicts one that holds, or says nothing
│   └── BadQuestion                a question without words, or longer than a question is
├── UnknownName (LookupError)      a name that is not in the list it must be in
│   ├── UnknownMethod              no such method in a family
│   └── UnknownBody                no such body in the registry
├── NotYetFounded                  a body asked about before it existed
├── Unreadable                     a document that cannot be read; collected as Rejected
│   ├── Missing                    nothing at that path or address
│   ├── Empty                      nothing in it
│   ├── NotText                    bytes that are no text, or no known format
│   ├── TooLarge                   over a limit: size, packed or unpacked, or the time or memory of reading it
│   ├── Damaged                    a PDF, DOCX or feed that does not open, or a page over which its parser breaks
│   ├── Encrypted                  a PDF that wants a password
│   ├── NoMainText                 a page without an article
│   └── Unreachable                an address that does not answer, or may not be asked
├── BadCase                        a case file or option with a mistake in it
│   ├── BadSheet                   a sheet of people's codes of which no row can be read
│   ├── BadTable                   a table of positions that cannot be read; one line for each mistake
│   └── BadRegistry                a registry of the user's own that cannot be read; one line for each mistake
│       └── Contradiction          rows of it that contradict each other, or the shipped registry
├── Uncountable                    a game of too many coalitions to be counted exactly
├── NotConfigured                  a method asked for without what it needs: settings, a package
├── NoAnswer                       a language model that cannot be asked, or does not answer
│   └── NotAsAsked                 an answer that is not in the form asked for
├── CaseStoreError                 a kept case that cannot be used
│   ├── NotACase                   a file that is not ours
│   │   └── NoCase                 nothing there at all
│   ├── DamagedCase                rows that are not as they were kept, or cannot be read
│   ├── BadBackup                  a file that is no backup, or not what its manifest says
│   ├── NewerCase                  written by a later winset
│   ├── LockedCase                 in use by another process
│   ├── Stale                      a change to what somebody else has changed since it was seen
│   ├── NoServer                   a database server that does not answer, or does not let us in
│   └── CaseExists                 `winset new` onto a file that is there
├── NoCluster                      a cluster that does not answer, or is lost while it works
└── CannotWrite                    an output that cannot be written
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# what a cell of a stranger's table could break a line with, or tell a terminal
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), "\ufffd")


class WinsetError(Exception):
    """Anything winset refuses on purpose: what came in, what is allowed, what to do."""


class InvalidValue(WinsetError, ValueError):
    """A value that cannot be built."""


class BadSpan(InvalidValue):
    """Offsets that do not hold the words they claim to hold."""


class BadDate(InvalidValue):
    """A date that is no date, or is more precise than allowed."""


class OffScale(InvalidValue):
    """A number outside its scale."""


class NoEvidence(InvalidValue):
    """A position or a claim that cites nothing."""


class BadQuota(InvalidValue):
    """A quota under which no sound rule can decide."""


class BadAccount(InvalidValue):
    """A name, a password or a role that no account of a server can have."""


class BadJudgement(InvalidValue):
    """A person's word on who a source is that contradicts one that holds, or that says nothing."""


class BadQuestion(InvalidValue):
    """A question without words, or longer than a question is."""


class UnknownName(WinsetError, LookupError):
    """A name that is not in the list it must be in."""


class UnknownMethod(UnknownName):
    """No such method in a family."""


class UnknownBody(UnknownName):
    """No such body in the registry."""


class NotYetFounded(WinsetError, ValueError):
    """A body asked about on a date before it existed."""


class Unreadable(WinsetError):
    """A document that cannot be read; `corpus.reading` turns it into a `Rejected` row."""


class Missing(Unreadable):
    """Nothing at that path or address."""


class Empty(Unreadable):
    """A document with nothing in it."""


class NotText(Unreadable):
    """Bytes that are no text, or no format that winset reads."""


class TooLarge(Unreadable):
    """A document over a limit: its size, packed or unpacked, or the time or memory that reading it takes."""


class Damaged(Unreadable):
    """A PDF, DOCX or feed that does not open, or a document over which its parser breaks down."""


class Encrypted(Unreadable):
    """A document that wants a password."""


class NoMainText(Unreadable):
    """A page without an article in it."""


class Unreachable(Unreadable):
    """An address that does not answer, or that may not be asked."""

    def __init__(self, line: str, *, status: int | None = None, retry_after: str = "") -> None:
        super().__init__(line)
        self.status = status  # of the answer, where it is one that says no
        self.retry_after = retry_after  # as it came: seconds, or a date; "" where there is none


class BadCase(WinsetError, ValueError):
    """A case file, or an option on the command line, with a mistake in it."""


class BadSheet(BadCase):
    """A sheet of people's codes of which no row can be read; single bad rows are collected as `Refused`."""


class BadTable(BadCase):
    r"""A table of positions, or what is asked of it, with mistakes in it: one line for each, with row and column.

    >>> BadTable("a.csv row 2: power of X\x1b[2J is 'much'", "a.csv row 3: no actor").lines
    ("a.csv row 2: power of X�[2J is 'much'", 'a.csv row 3: no actor')
    """

    def __init__(self, *lines: str) -> None:
        self.lines = tuple(line.translate(_CONTROLS) for line in lines)
        super().__init__("\n".join(self.lines))


class BadRegistry(BadCase):
    """A registry of the user's own that cannot be read: one line for each mistake, with file and line."""

    def __init__(self, *lines: str) -> None:
        self.lines = tuple(line.translate(_CONTROLS) for line in lines)
        super().__init__("\n".join(self.lines))


class Contradiction(BadRegistry):
    """Rows of users' registries that contradict each other, or the shipped registry: both are named."""


class Uncountable(WinsetError):
    """A voting game of too many coalitions to be counted exactly in reasonable memory and time."""


class NotConfigured(WinsetError):
    """A method asked for without what it needs: settings, or a package that is not installed."""


class NoAnswer(WinsetError):
    """A language model that cannot be asked, or does not answer; the document is then coded by the rules."""


class NotAsAsked(NoAnswer):
    """An answer that is not in the form asked for: broken off, no JSON, or JSON of another shape."""


class CaseStoreError(WinsetError):
    """A kept case that cannot be used."""


class NotACase(CaseStoreError):
    """A file that is not a winset case."""


class NoCase(NotACase):
    """Nothing is at the place where a kept case was looked for."""


class DamagedCase(CaseStoreError):
    """A case in which something is not as it was kept, so that it cannot be gone on with."""


class BadBackup(CaseStoreError):
    """A file that is no backup of a case, or that is not what its manifest says."""


class NewerCase(CaseStoreError):
    """A case written by a later version of winset."""


class LockedCase(CaseStoreError):
    """A case that another process is writing."""


class Stale(CaseStoreError):
    """A change to what somebody else has changed since it was seen."""

    def __init__(self, message: str, change: object = None) -> None:
        super().__init__(message)
        self.change = change  # the other's, a `store.changes.Change`


class NoServer(CaseStoreError):
    """A database server that does not answer, or does not let the user in."""


class CaseExists(CaseStoreError):
    """A new case asked for where a file already is."""


class NoCluster(WinsetError):
    """A cluster that does not answer, has no workers, or is lost while it works; what is done stays."""


class CannotWrite(WinsetError, OSError):
    """An output that cannot be written; nothing was left half written."""


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """The system's refusal to write at a path, in one line with it.  Raises CannotWrite."""
    try:
        yield
    except CannotWrite:
        raise
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror or error}") from error
