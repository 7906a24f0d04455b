"""The time of day, and how long something took. Here and in the command line alone a clock is read."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

from winset.errors import BadCase


def now() -> str:
    """The time, as ISO 8601 in UTC; SOURCE_DATE_EPOCH stands in for the clock where it is set.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadCase(f"SOURCE_DATE_EPOCH is {epoch!r}: write seconds since 1970, or unset it") from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def stopwatch() -> float:
    """Seconds from some fixed moment, never 0; it stands still where SOURCE_DATE_EPOCH stands in for the clock."""
    return 1.0 if "SOURCE_DATE_EPOCH" in os.environ else 1.0 + time.perf_counter()
