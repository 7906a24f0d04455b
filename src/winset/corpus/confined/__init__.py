"""Parsers of C and C++ in a process of their own, with little memory, little time and nothing to reach.

`parsing` is the side of the command: it sends the bytes and believes of the answer only what it has checked.
`child` is the other side: it forks for every document, so that no document sees, or spoils, another.
`walls` are what the system denies to the process that parses: memory, time, files, sockets, further programs.
`answers` are the plain values that pass between the two.
"""

from __future__ import annotations
