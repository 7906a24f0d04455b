"""Passwords: what may be one, and argon2 hashes of them, by pwdlib."""

from __future__ import annotations

import threading
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

from winset.errors import BadAccount, NotConfigured

if TYPE_CHECKING:
    from pwdlib import PasswordHash

LEAST, MOST = 12, 1_024  # characters; a longer one only keeps the machine busy
AT_ONCE = 2  # hashes in work: each takes 64 MiB, and whoever knocks many times shall not fill the memory


class Passwords:
    """Hashes of passwords, with the parameters of RFC 9106 for little memory: 64 MiB, three passes, four lanes.

    made_by: another hasher, for tests.
    """

    def __init__(self, made_by: PasswordHash | None = None) -> None:
        self._given = made_by
        self._room = threading.BoundedSemaphore(AT_ONCE)

    @cached_property
    def _hasher(self) -> PasswordHash:
        if self._given is not None:
            return self._given
        try:
            from pwdlib import PasswordHash
            from pwdlib.hashers.argon2 import Argon2Hasher
        except ImportError:
            raise NotConfigured("accounts need argon2: pip install 'winset[web]'") from None
        return PasswordHash((Argon2Hasher(),))

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("the password of nobody")

    def hashed(self, password: str, *, name: str = "") -> str:
        """The hash to keep.  Raises BadAccount for one that is too short, too long, or the name itself."""
        word = _as_typed(password)
        if not LEAST <= len(word) <= MOST:
            raise BadAccount(f"a password of {len(word)} characters: {LEAST} to {MOST:,} are allowed")
        if len(set(word)) < LEAST // 3 or (name and word.casefold().replace(_as_typed(name).casefold(), "") == ""):
            raise BadAccount("a password of one name or one letter again and again: take several words")
        with self._room:
            return self._hasher.hash(word)

    def holds(self, password: str, kept: str | None) -> bool:
        """Whether it is the password of the hash `kept`; None, for a name that nobody has, takes as long to deny."""
        nobodys = self._nobodys  # made before, so that the first wrong name takes no longer than the second
        if len(password) > MOST:
            password = ""
        with self._room:
            right = self._hasher.verify(_as_typed(password), kept or nobodys)
        return right and kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether it was made with other parameters than those of today."""
        return self._hasher.current_hasher.check_needs_rehash(kept)


def _as_typed(password: str) -> str:
    """One form for one look: keyboards differ in how they write é.  Source: NIST SP 800-63B, 3.1.1.2."""
    return unicodedata.normalize("NFKC", password)
