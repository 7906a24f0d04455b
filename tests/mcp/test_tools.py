"""The tools as a list: complete, described, and told in the documentation as they are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import jsonschema
import pytest

from winset.mcp.schemas import schema
from winset.mcp.tools import TOOLS, Tool


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_has_schemas_of_objects_and_says_what_it_is(tool: Tool) -> None:
    for each in (schema(tool.takes), schema(tool.gives)):
        jsonschema.Draft202012Validator.check_schema(each)
        assert each["type"] == "object"
    assert schema(tool.takes)["additionalProperties"] is False
    assert 20 < len(tool.description) < 400
    assert tool.name.replace("_", "").isalpha()


def test_names_are_each_used_once() -> None:
    assert len({tool.name for tool in TOOLS}) == len(TOOLS)


def test_the_reference_is_that_of_the_tools(project: Path) -> None:
    spec = importlib.util.spec_from_file_location("assistant_tools_page", project / "docs/assistant_tools_page.py")
    assert spec is not None
    assert spec.loader is not None
    assistant_tools_page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(assistant_tools_page)
    page = (project / "docs" / "reference" / "assistant-tools.md").read_text(encoding="utf-8")
    assert page == assistant_tools_page.page(), "the tools have changed: run `make docs`"


def test_the_list_of_tools_is_short_enough_for_a_conversation() -> None:
    taken = sum(len(str(schema(tool.takes))) + len(tool.description) for tool in TOOLS)
    assert taken < 20_000
