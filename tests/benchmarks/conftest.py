"""The benchmarks are no package of winset's: they are imported from the checkout's root."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]

if str(PROJECT) not in sys.path:  # `python -m pytest` puts it there, `pytest` does not
    sys.path.insert(0, str(PROJECT))
