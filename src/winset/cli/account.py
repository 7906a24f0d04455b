"""`winset account`: who may log in to a desk that is served to a team."""

from __future__ import annotations

import getpass
import json as json_format
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from winset.cli import completing, inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, one_line
from winset.errors import BadAccount, BadCase

if TYPE_CHECKING:
    from winset.store.accounts import Accounts

VERBS = (
    "add NAME, list, role NAME ROLE, disable NAME, enable NAME, password NAME, token NAME [LABEL], tokens [NAME], "
    "revoke NUMBER, log"
)
NUMBERS = {  # of words after each verb: at least, at most
    "add": (1, 1),
    "list": (0, 0),
    "role": (2, 2),
    "disable": (1, 1),
    "enable": (1, 1),
    "password": (1, 1),
    "token": (1, 2),
    "tokens": (0, 1),
    "revoke": (1, 1),
    "log": (0, 0),
}
PASSWORD = "WINSET_PASSWORD"  # noqa: S105 - the name of a variable

Asked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VERB...",
        help=f"What you want: {VERBS}.",
        show_default=False,
        autocompletion=completing.verbs(VERBS),
    ),
]
File = Annotated[
    str | None,
    typer.Option("--accounts", metavar="FILE", help="Where they are kept; made with the first account."),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", envvar="WINSET_DATABASE", help="Or a team's PostgreSQL database, beside its cases."
    ),
]
Role = Annotated[
    str | None,
    typer.Option(
        "--role",
        metavar="ROLE",
        help="Of add and token: reader, coder, editor or admin.  [default: reader]",
        autocompletion=completing.words("reader", "coder", "editor", "admin"),
    ),
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it.  [default: your login name]")]
Stdin = Annotated[
    bool,
    typer.Option("--password-stdin", help=f"Read the password from stdin; else from {PASSWORD}, else you are asked."),
]


def account(
    asked: Asked = None,
    *,
    accounts: File = None,
    database: Database = None,
    role: Role = None,
    by: By = None,
    password_stdin: Stdin = False,
    json: inputs.AsJson = False,
) -> int:
    """Make and change the accounts of a desk that is served to a team. Passwords are never shown, nor kept.

    For example:

    winset account add Ada --role admin --accounts team.accounts

    winset account role Ada coder --accounts team.accounts

    winset account token Ada "weekly report" --role reader --database postgresql://desk@db.example/office

    winset account list --accounts team.accounts

    A reader sees everything; a coder also codes, accepts and corrects; an editor also adds documents, settles
    discrepancies and says who sources are; an admin also makes accounts.
    """
    from winset.store.accounts import Accounts

    words = asked or ["list"]
    verb, number = words[0], len(words) - 1
    if verb not in NUMBERS:
        raise BadCase(f"no verb {verb!r}: there are {VERBS}")
    if not NUMBERS[verb][0] <= number <= NUMBERS[verb][1]:
        raise BadCase(f"{' '.join(words)}: write one of {VERBS}")
    if role is not None and verb not in ("add", "token"):
        raise BadCase(f"{verb} takes no --role: see `winset account --help`")
    if accounts is None and database is None:
        raise BadCase("which accounts? Name a file with --accounts FILE, or a --database")
    with Accounts(accounts or database or "", make=verb == "add") as found:
        done = _Asked(found, words[1:], role or "reader", by or getpass.getuser(), from_stdin=password_stdin)
        value, lines = getattr(done, verb)()
    if json:
        told = of_schema("account", value) if isinstance(value, dict) else value  # lists have no room for a name
        print(json_format.dumps(told, ensure_ascii=False))
    else:
        for line in lines:
            print(one_line(line))
    return FINE


Told = tuple[Any, Sequence[str]]  # for --json, and for people


class _Asked:
    """What each verb does."""

    def __init__(self, accounts: Accounts, words: Sequence[str], role: str, by: str, *, from_stdin: bool) -> None:
        self._accounts, self._words, self._role, self._by = accounts, words, role, by
        self._from_stdin = from_stdin

    def add(self) -> Told:
        """One more."""
        name = self._words[0]
        made = self._accounts.add(name, self._password(name, new=True), role=self._role, by=self._by)
        return {"name": made.name, "role": made.role}, [f"{made.name} may log in as {made.role}"]

    def list(self) -> Told:
        """Everybody."""
        people = self._accounts.all()
        values = [
            {"name": each.name, "role": each.role, "disabled": each.disabled, "created_at": _moment(each.created_at)}
            for each in people
        ]
        width = max((len(each.name) for each in people), default=0)
        lines = [f"{each.name:<{width}}  {each.role}{', shut out' if each.disabled else ''}" for each in people]
        return values, lines or ["no account yet"]

    def role(self) -> Told:
        """Another role."""
        changed = self._accounts.set_role(*self._words, by=self._by)
        return {"name": changed.name, "role": changed.role}, [f"{changed.name} is now {changed.role}; logins ended"]

    def disable(self) -> Told:
        """Shut out."""
        changed = self._accounts.set_disabled(self._words[0], True, by=self._by)
        return {"name": changed.name, "disabled": True}, [f"{changed.name} is shut out; logins ended"]

    def enable(self) -> Told:
        """Let in again."""
        changed = self._accounts.set_disabled(self._words[0], False, by=self._by)
        return {"name": changed.name, "disabled": False}, [f"{changed.name} may log in again"]

    def password(self) -> Told:
        """Another password."""
        name = self._accounts.account(self._words[0]).name
        self._accounts.set_password(name, self._password(name, new=True), by=self._by)
        return {"name": name}, [f"{name} has another password; logins ended"]

    def token(self) -> Told:
        """A token for scripts: the one thing here that is shown, once."""
        label = self._words[1] if len(self._words) > 1 else "token"
        made, word = self._accounts.issue(self._words[0], label, role=self._role, by=self._by)
        value = {"number": made.number, "name": made.account, "label": made.label, "role": made.role, "token": word}
        return value, [word]

    def tokens(self) -> Told:
        """All tokens, without their words."""
        found = self._accounts.tokens(self._words[0] if self._words else None)
        values = [
            {
                "number": each.number,
                "name": each.account,
                "label": each.label,
                "role": each.role,
                "created_at": _moment(each.created_at),
                "used_at": each.used_at and _moment(each.used_at),
                "revoked_at": each.revoked_at and _moment(each.revoked_at),
            }
            for each in found
        ]
        return values, [_token_line(value) for value in values] or ["no token yet"]

    def revoke(self) -> Told:
        """A token that opens nothing any more."""
        if not self._words[0].isdecimal():
            raise BadCase(f"revoke {self._words[0]}: give its number, see `winset account tokens`")
        gone = self._accounts.revoke(int(self._words[0]), by=self._by)
        return {"number": gone.number}, [f"token {gone.number} of {gone.account} opens nothing any more"]

    def log(self) -> Told:
        """Who changed what, newest first."""
        found = self._accounts.changes(limit=1_000)
        values = [
            {
                "number": each.number,
                "at": _moment(each.at),
                "by": each.by,
                "act": each.act,
                "account": each.account,
                "detail": each.detail,
            }
            for each in found
        ]
        return values, [f"{v['at']} {v['by']}: {v['act']} {v['account']} {v['detail']}".rstrip() for v in values]

    def _password(self, name: str, *, new: bool) -> str:
        """From stdin, from the environment, or from whoever sits there, twice.  Raises BadAccount."""
        if self._from_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if PASSWORD in os.environ:
            return os.environ[PASSWORD]
        if not sys.stdin.isatty():
            raise BadCase(f"no password: write it into {PASSWORD}, or to stdin with --password-stdin")
        ask: Callable[[str], str] = getpass.getpass
        password = ask(f"Password of {one_line(name)}, 12 characters or more: ")
        if new and ask("Once more: ") != password:
            raise BadAccount("the two are not the same: nothing was changed")
        return password


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def _token_line(value: Mapping[str, Any]) -> str:
    held = f"revoked {value['revoked_at']}" if value["revoked_at"] else f"used {value['used_at'] or 'never'}"
    return f"{value['number']}  {value['name']}  {value['role']}  {value['label']}: {held}"
