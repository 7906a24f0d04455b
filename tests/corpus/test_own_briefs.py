from __future__ import annotations

import pytest

from winset.corpus.readers import read_payload
from winset.corpus.types import Limits
from winset.errors import NotText


@pytest.mark.parametrize(
    "payload",
    [
        b'<!DOCTYPE html><html><head><meta name="generator" content="winset 0.1.0"></head><body>Oslo objects.</body>',
        b"<!-- winset brief -->\n\n# Build a bridge\n\nOslo objects to the bridge.",
    ],
)
def test_a_brief_of_winsets_own_is_no_evidence(payload: bytes) -> None:
    with pytest.raises(NotText, match="a brief that winset wrote"):
        read_payload(payload, name="brief", limits=Limits())
