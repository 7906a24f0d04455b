"""winset: documents in, a cited answer out. Who stands where, who can block, what could still pass.

`import winset as ws` offers what stands in `__all__`; each name is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from winset import errors
    from winset.api import (
        Answer,
        Brief,
        Case,
        Decision,
        Document,
        Network,
        Position,
        Statement,
        Table,
        WinsetError,
        Words,
        attribute,
        backtest,
        case,
        decide,
        members,
        models,
        network,
        power,
        read,
        rules,
        who,
    )

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Brief",
    "Case",
    "Decision",
    "Document",
    "Network",
    "Position",
    "Statement",
    "Table",
    "WinsetError",
    "Words",
    "__version__",
    "attribute",
    "backtest",
    "case",
    "decide",
    "errors",
    "members",
    "models",
    "network",
    "power",
    "read",
    "rules",
    "who",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'winset' has no attribute {name!r}")
    from importlib import import_module

    found = import_module("winset.errors") if name == "errors" else getattr(import_module("winset.api"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
