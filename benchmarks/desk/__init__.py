"""The desk under load: made cases, a server process, and those who work at it over HTTP."""
