"""Licences of installed packages, as SPDX writes them, and which of them winset may bring along."""

from __future__ import annotations

import importlib.metadata

PERMISSIVE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT PSF-2.0 Unlicense Zlib".split()
)
BY_FILE = frozenset(("MPL-1.1", "MPL-2.0"))  # what is changed in their files stays open; ours are not touched
ALLOWED = PERMISSIVE | BY_FILE
# What packages write that have no SPDX expression yet, in their License field or their classifier.
_WORDS = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
    "the unlicense (unlicense)": "Unlicense",
}
# Packages that say less than their licence file does; each was read in the version that is locked or an earlier one.
_READ = {"jinja2": "BSD-3-Clause", "pypdfium2": "BSD-3-Clause AND Apache-2.0"}


def licence_of(name: str) -> str | None:
    """The SPDX expression of an installed package; None where it says nothing that can be understood.

    Raises importlib.metadata.PackageNotFoundError.
    """
    metadata = importlib.metadata.metadata(name)
    if name in _READ:
        return _READ[name]
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier") or []]
    for words in (*(metadata.get_all("License") or []), *classifiers):
        known = _WORDS.get(words.strip().casefold())
        if known or words.strip() in ALLOWED:
            return known or words.strip()
    return None


def is_allowed(expression: str) -> bool:
    """Whether it may come along: one of its alternatives asks nothing of winset's own code.

    >>> is_allowed("MPL-1.1 OR GPL-2.0-only"), is_allowed("MIT AND GPL-3.0-only"), is_allowed("GPL-3.0-or-later")
    (True, False, False)
    """
    if "(" in expression or " WITH " in expression:
        return False  # none of ours is so long; read it, and write down what it comes to
    ways = (way.split(" AND ") for way in expression.split(" OR "))
    return any(all(part.strip() in ALLOWED for part in way) for way in ways)
