"""As much of a statement, and of its document, as tells whose it is: a case of a million statements is held so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from winset.ids import DocumentId, StatementId


class Exact(Protocol):
    """Words of a text: an anchor is one."""

    @property
    def exact(self) -> str:
        """As they stand there."""


class Attributed(Protocol):
    """What has a source: a whole `Statement` is one, and `Spoken`."""

    @property
    def id(self) -> StatementId:
        """Its own."""

    @property
    def document_id(self) -> DocumentId:
        """Where it stands."""

    @property
    def source(self) -> Exact | None:
        """Whose words they are, in the text's own words; None: it names nobody."""

    @property
    def words(self) -> str:
        """Its content as one line."""


class Words(NamedTuple):
    """Words of a text, without their place."""

    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A statement without its offsets."""

    id: StatementId
    document_id: DocumentId
    source: Words | None
    words: str


class Named(Protocol):
    """What has a name: a whole `Document` is one, and `Titled`."""

    @property
    def id(self) -> DocumentId:
        """Its own."""

    @property
    def name(self) -> str:
        """Where it was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """A document without its text."""

    id: DocumentId
    name: str
    title: str | None
