"""The pages, one file each. This list is the table of contents of the desk."""

from __future__ import annotations

from winset.web.pages import cases

ROUTERS = (cases.pages,)
