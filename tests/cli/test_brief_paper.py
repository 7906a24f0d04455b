"""`winset brief -o FILE.pdf` and `.docx`: the ending decides, and nothing half written stays."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Winset

STATED = ["--proposal", "Open a training centre in Reykjavik", "--body", "nato", "--on", "2023-07-11"]


@pytest.mark.parametrize(("name", "start"), [("brief.pdf", b"%PDF-"), ("BRIEF.DOCX", b"PK")])
def test_the_ending_decides(winset: Winset, reports: Path, folder: Path, name: str, start: bytes) -> None:
    ended = winset("brief", reports, *STATED, "-o", name, "--draws", "500")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.rstrip().endswith(name)
    assert (folder / name).read_bytes().startswith(start)


def test_without_typst_a_pdf_is_refused_before_anything_is_read(
    winset: Winset, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    ended = winset("brief", "nowhere/", *STATED, "-o", "brief.pdf")
    assert ended.status == 2
    assert ended.complaints == ["a PDF needs the package typst: pip install 'winset[pdf]'"]
    assert list(folder.iterdir()) == []


def test_a_form_that_is_not_written_is_refused(winset: Winset, reports: Path) -> None:
    ended = winset("brief", reports, *STATED, "-o", "brief.odt")
    assert ended.status == 2
    assert "end its name with .html, .pdf, .docx, .md or .json" in ended.complaints[0]
