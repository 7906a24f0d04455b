"""`winset serve`: the desk in a browser, for one person at this machine or for a team."""

from __future__ import annotations

import getpass
import ipaddress
import json as json_format
import os
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from winset.cli import inputs
from winset.cli.json_schemas import of_schema
from winset.cli.messages import FINE, INTERRUPTED, counted, one_line, say
from winset.errors import BadCase, NotACase, NotConfigured

if TYPE_CHECKING:
    from winset.web.settings import Settings

SECRET = "WINSET_SECRET"  # noqa: S105 - the name of a variable
LEAST_SECRET = 32  # characters
NEEDS = ("fastapi", "itsdangerous", "multipart", "pwdlib", "uvicorn")
PORT = 8765

Served = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CASE]...", help="Kept cases, NAME.winset by custom.", show_default=False),
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="WINSET_DATABASE",
        help="A team's PostgreSQL database: all its cases are served, to the accounts that it holds.",
    ),
]
AccountsFile = Annotated[
    str | None, typer.Option("--accounts", metavar="FILE", help="Demand a login; see `winset account`.")
]
Host = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="Where to listen. Any but this machine's own demands accounts.")
]
Port = Annotated[int, typer.Option("--port", metavar="N", min=0, max=65_535, help="0: any that is free.")]
Open = Annotated[bool, typer.Option("--open", help="Open a browser.")]
AllowedHosts = Annotated[
    list[str] | None,
    typer.Option("--allowed-host", metavar="NAME", help="A name by which people reach the desk. May be repeated."),
]
Https = Annotated[bool, typer.Option("--https", help="People reach it through TLS: cookies travel no other way.")]
Proxies = Annotated[
    str | None,
    typer.Option("--forwarded-allow-ips", metavar="IPS", help="Proxies that are believed in whose name they ask."),
]


def serve(
    cases: Served = None,
    *,
    database: Database = None,
    accounts: AccountsFile = None,
    host: Host = "127.0.0.1",
    port: Port = PORT,
    open_browser: Open = False,
    allowed_host: AllowedHosts = None,
    https: Https = False,
    forwarded_allow_ips: Proxies = None,
    json: inputs.AsJson = False,
) -> int:
    """Serve kept cases as a desk in the browser: read and check, see, ask what if, leave with a brief.

    For example:

    winset serve tokyo.winset --open

    winset serve --database postgresql://desk@db.example/office --host 0.0.0.0 --allowed-host desk.example --https

    At this machine alone, without accounts, everything is yours. Any other address demands accounts, and a secret of
    at least 32 characters in the variable WINSET_SECRET. Ctrl-C ends it; what was acknowledged is kept.
    """
    _check_installed()
    from winset.web.settings import LOOPBACK

    if not cases and database is None:
        raise BadCase("nothing to serve: name a case, as in `winset serve tokyo.winset`, or a --database")
    proxies = _proxies(forwarded_allow_ips)
    named = tuple(_host_name(name) for name in allowed_host or ())
    exposed = not _loopback(host) or bool(named) or https or bool(proxies)
    settings = _settings(tuple(cases or ()), database, accounts, exposed=exposed)
    address = f"[{host.strip('[]')}]" if ":" in host else host
    everywhere = host in ("0.0.0.0", "::", "[::]")  # noqa: S104 - asked for, and only with accounts
    hosts = dict.fromkeys((*LOOPBACK, *named, *(() if everywhere else (address.lower(),))))
    settings = replace(settings, https=https, hosts=tuple(hosts), any_ip=everywhere)
    if exposed and not https:
        say("without TLS in front, passwords and documents cross the network as they are: see docs, serve a team")
    return _run(settings, host, port, address=address, proxies=proxies, open_browser=open_browser, as_json=json)


def _settings(cases: tuple[str, ...], database: str | None, accounts: str | None, *, exposed: bool) -> Settings:
    """Who is served.  Raises BadCase where accounts or a secret are lacking that must be there."""
    from winset.web.settings import Settings

    kept = accounts or (database if database is not None and _has_accounts(database) else None)
    if kept is not None:
        _check_accounts(kept)
    elif exposed:
        raise BadCase(
            "people elsewhere need accounts: make one with `winset account add NAME --role admin --accounts FILE`, "
            "and serve with --accounts FILE"
        )
    return Settings(
        places=cases,
        database=database,
        single_user=None if kept is not None else getpass.getuser(),
        accounts=kept,
        secret=_secret(demanded=exposed),
    )


def _check_installed() -> None:
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in NEEDS):
        raise NotConfigured("the desk needs packages of its own: pip install 'winset[web]'")


def _secret(*, demanded: bool) -> str:
    given = os.environ.get(SECRET, "")
    if not given and not demanded:
        return secrets.token_urlsafe(LEAST_SECRET)
    if len(given) < LEAST_SECRET:
        made = 'python -c "import secrets; print(secrets.token_urlsafe(32))"'
        raise BadCase(f"{SECRET} must hold {LEAST_SECRET} characters or more, and stay the same: make it with {made}")
    return given


def _has_accounts(database: str) -> bool:
    from winset.store.accounts import Accounts

    try:
        with Accounts(database) as found:
            return bool(found.all())
    except NotACase:
        return False


def _check_accounts(place: str) -> None:
    from winset.store.accounts import Accounts

    with Accounts(place) as found:
        if not any(not account.disabled for account in found.all()):
            raise BadCase("there is no account yet that could log in: `winset account add NAME --role admin`")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _host_name(name: str) -> str:
    """A name as browsers send it: without scheme, port and path.  Raises BadCase."""
    bare = name.strip().lower().rstrip(".")
    if not bare or any(character in bare for character in "/*@ ") or (":" in bare and not bare.startswith("[")):
        raise BadCase(f"--allowed-host {name}: a name alone, as in desk.example.org")
    return bare


def _proxies(given: str | None) -> str:
    for each in (given or "").split(","):
        try:
            if each.strip():
                ipaddress.ip_network(each.strip())
        except ValueError:
            raise BadCase(f"--forwarded-allow-ips {given}: IP addresses, by commas, of your own proxies") from None
    return given or ""


def _run(
    settings: Settings, host: str, port: int, *, address: str, proxies: str, open_browser: bool, as_json: bool
) -> int:
    from winset.web.app import create_app
    from winset.web.serving import listening, server
    from winset.web.warming import warm

    with listening(host, port) as socket:
        port = int(socket.getsockname()[1])
        shown = f"http://{'127.0.0.1' if settings.any_ip else address}:{port}/"

        def ready() -> None:
            whose = f"for {settings.single_user} alone" if settings.single_user is not None else "with accounts"
            served = counted(len(app.state.cases), "case")
            told = {"address": shown, "cases": list(app.state.cases), "single_user": settings.single_user}
            plain = one_line(f"{shown} serves {served}, {whose}; Ctrl-C ends it")
            print(json_format.dumps(of_schema("serve", told), ensure_ascii=False) if as_json else plain, flush=True)
            warm(app.state.cases)
            if open_browser:
                _open(shown)

        app = create_app(replace(settings, port=port))
        try:
            server(app, proxies=proxies, ready=ready).run(sockets=[socket])
        except KeyboardInterrupt:  # uvicorn has ended what was under way, and says why
            say("ended; what was acknowledged is kept")
            return INTERRUPTED
    return FINE


def _open(address: str) -> None:
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
