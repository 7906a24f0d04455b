"""The command line: thin commands over `winset.pipeline`. What takes long to import is imported inside them."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `winset`. Ends with status 0, 2 where any input was bad, 130 on Ctrl-C; a mistake of ours ends with 1."""
    try:
        from winset.cli.app import run
        from winset.cli.messages import last_words, tolerant

        sys.excepthook = last_words
        tolerant(sys.stdout, sys.stderr)
        run()
    except KeyboardInterrupt:  # before a command has begun; the commands tell of it themselves
        sys.stderr.write("winset: interrupted\n")
        sys.exit(130)
