"""What a base installation brings along may come along."""

from __future__ import annotations

import importlib.metadata

import pytest
from supply_chain.licences import is_allowed, licence_of
from supply_chain.locks import BASE, installed, pins


@pytest.mark.parametrize("name", sorted({pin.name for pin in installed(pins(BASE))}))
def test_every_package_of_a_base_installation_has_a_licence_that_goes_with_ours(name: str) -> None:
    found = licence_of(name)
    assert found is not None, f"{name} states no licence that is understood: read it, and add it to licences.py"
    assert is_allowed(found), f"{name} is under {found}"


@pytest.mark.parametrize(
    "expression",
    [
        "GPL-3.0-only",
        "GPL-2.0-or-later",
        "AGPL-3.0-only",
        "LGPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "LicenseRef-Own",
        "",
    ],
)
def test_licences_that_ask_for_more_are_refused(expression: str) -> None:
    assert not is_allowed(expression)


def test_of_several_the_one_that_goes_with_ours_is_taken() -> None:
    assert is_allowed("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later")
    assert is_allowed("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0")
    assert not is_allowed("GPL-2.0-only OR (MIT AND Apache-2.0)"), "a longer one is read by a person first"


def test_a_package_that_is_not_there_has_none() -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        licence_of("no-such-package-of-winset")
