"""An assistant without a model: the official SDK's client, in an event loop in a thread of its own."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp_types import CallToolResult

from mcp import Client
from winset.bulk.keeping import keep
from winset.corpus.types import Document
from winset.exchange.case_files import load_case
from winset.mcp.cases import ServedCase
from winset.mcp.server import make_server
from winset.pipeline.clock import now
from winset.store.case_store import CaseStore

EXAMPLE = Path(__file__).parents[2] / "examples/tokyo-office/case.yaml"


class Assistant:
    """A client, connected, asked from a test that knows no event loop."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.portal, self.client = portal, client

    def asked(self, tool: str, /, **arguments: Any) -> CallToolResult:
        """What the tool answers, refusals too; the SDK has checked the answer against the tool's schema."""
        result: CallToolResult = self.portal.call(self.client.call_tool, tool, arguments)
        return result

    def told(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """The structured answer."""
        result = self.asked(tool, **arguments)
        assert not result.is_error, text_of(result)
        assert isinstance(result.structured_content, dict)
        return result.structured_content

    def text(self, tool: str, /, **arguments: Any) -> str:
        """The text of an answer."""
        result = self.asked(tool, **arguments)
        assert not result.is_error, text_of(result)
        return text_of(result)

    def refused(self, tool: str, /, **arguments: Any) -> str:
        """The line of a refusal."""
        result = self.asked(tool, **arguments)
        assert result.is_error
        assert result.structured_content is None
        return text_of(result)

    def tools(self) -> list[str]:
        """The names of the tools on offer."""
        return [tool.name for tool in self.portal.call(self.client.list_tools).tools]


def text_of(result: CallToolResult) -> str:
    """The one text of a result."""
    (content,) = result.content
    assert content.type == "text"
    return content.text


@contextlib.contextmanager
def connected(to: Any, *, mode: str = "legacy") -> Iterator[Assistant]:
    """A client of a server in memory, or of a process; with the handshake of today's clients unless told otherwise."""
    with start_blocking_portal() as portal:
        client = Client(to, mode=mode)
        with portal.wrap_async_context_manager(client):
            yield Assistant(portal, client)


@contextlib.contextmanager
def assisted(path: Path, *, by: str | None = None) -> Iterator[Assistant]:
    """An assistant over a case, in memory.  by: for whom it suggests."""
    with CaseStore.open(path) as store, connected(make_server(ServedCase(store, by=by))) as assistant:
        yield assistant


def documents_of(path: Path) -> dict[str, Document]:
    """The documents of a case by id, to hold what an assistant is told against."""
    with CaseStore.open(path) as store:
        return {str(each.id): each for each in store.documents()}


def every_citation(value: Any) -> Iterator[dict[str, Any]]:
    """All exact words in an answer."""
    if isinstance(value, dict):
        if "untrusted_text" in value:
            yield value
        for part in value.values():
            yield from every_citation(part)
    elif isinstance(value, list):
        for part in value:
            yield from every_citation(part)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped example, kept; never written to."""
    path = tmp_path_factory.mktemp("mcp") / "tokyo.winset"
    found = load_case(EXAMPLE)
    with CaseStore.create(path, found.spec, created_at=now()) as store:
        keep(store, found.documents)
    return path


@pytest.fixture
def own_case(example: Path, tmp_path: Path) -> Path:
    """A copy of it, to be written to."""
    return Path(shutil.copy(example, tmp_path / "tokyo.winset"))


@pytest.fixture(scope="session")
def reader(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant that reads the example; what is worked out of it is worked out once."""
    path = Path(shutil.copy(example, tmp_path_factory.mktemp("read") / "tokyo.winset"))
    with assisted(path) as assistant:
        yield assistant
