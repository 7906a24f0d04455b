"""`winset mcp`: a kept case for an assistant that speaks the Model Context Protocol."""

from __future__ import annotations

import json as json_format
import secrets
import sys
from typing import Annotated

import typer

from winset.cli import inputs
from winset.cli.messages import FINE, INTERRUPTED, one_line, say
from winset.errors import BadCase, NotConfigured

TOKEN_BYTES = 24

Write = Annotated[
    bool,
    typer.Option(
        "--write",
        help="Let the assistant suggest codes and keep what-ifs. A suggestion counts when a person adopts it.",
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Of --write: for whom it suggests.  [default: your login name]"),
]
Http = Annotated[
    int | None,
    typer.Option(
        "--http",
        metavar="PORT",
        min=0,
        max=65_535,
        help="Serve by HTTP at this machine alone, with a token, instead of by stdio; 0: any port that is free.",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print the mcpServers JSON that registers it with a client, and end.")
]


def mcp(case: inputs.KeptCase, *, write: Write = False, by: By = None, http: Http = None, json: AsJson = False) -> int:
    """Serve a kept case to an assistant by the Model Context Protocol. Every answer can be cited.

    A client starts it itself: print with --json how to register it. It speaks the protocol on stdin and stdout, ends
    when the client closes them, and reads only: the case is not changed, but for its index of passages.

    For example:

    winset mcp tokyo.winset --json

    winset mcp tokyo.winset

    winset mcp tokyo.winset --write --by "Ada Smith"
    """
    from importlib.util import find_spec

    if by is not None and not write:
        raise BadCase("--by goes with --write: an assistant that only reads acts for nobody")
    if http is not None and write:
        raise BadCase("--write goes by stdio alone: leave out --http, so that only your own client suggests")
    if http is not None and json:
        raise BadCase("--json registers a client that starts the server itself: leave out --http")
    if find_spec("mcp") is None:
        raise NotConfigured("the assistant's server needs a package of its own: pip install 'winset[mcp]'")
    from winset.store.case_store import CaseStore

    who = inputs.person(by) if write else None
    with CaseStore.open(case) as store:
        if json:
            from winset.mcp.registering import registration

            print(json_format.dumps(registration(case, writes=write, by=by), ensure_ascii=False, indent=1))
            return FINE
        from winset.mcp.cases import ServedCase
        from winset.mcp.server import make_server
        from winset.mcp.transport import log_to_stderr, serve_http, serve_stdio

        log_to_stderr()
        server = make_server(ServedCase(store, by=who))
        if http is None:
            if sys.stdin.isatty():
                say("a client starts this and speaks on stdin; `winset mcp CASE --json` registers it; Ctrl-C ends")
            serve_stdio(server, interrupted=_interrupted)
            return FINE
        token = secrets.token_urlsafe(TOKEN_BYTES)

        def ready(address: str) -> None:
            print(one_line(f"{address} serves the case to whoever sends: Authorization: Bearer {token}"), flush=True)
            say("Ctrl-C ends it")

        serve_http(server, port=http, token=token, ready=ready)
    return FINE


def _interrupted() -> int:
    say("interrupted; what was kept before stays kept")
    return INTERRUPTED
