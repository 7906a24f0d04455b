"""The desk for scripts: JSON under /api/v1, the same acts and the same roles as the pages.

A script sends `Authorization: Bearer winset_...` with a token of its own; see docs/reference/web-api.md.
"""

from __future__ import annotations

from winset.web.api import acts, figures, reading, reference, trail

ROUTERS = (reference.api, reading.api, acts.api, figures.api, trail.api)
