"""Something else for a function of the pipeline, in every module that calls it under a name of its own."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable
from typing import Any

import pytest

from winset import pipeline


def stand_in(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], instead: Callable[..., Any] | None) -> None:
    """Whoever calls the function calls `instead`; None: whoever calls it fails."""
    for each in pkgutil.iter_modules(pipeline.__path__):
        importlib.import_module(f"{pipeline.__name__}.{each.name}")
    found = [
        (module, name)
        for place, module in list(sys.modules.items())
        if place.startswith("winset.")
        for name, value in vars(module).items()
        if value is function
    ]
    assert found, function
    for module, name in found:
        monkeypatch.setattr(module, name, instead)
