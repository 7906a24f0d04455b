"""The desk: a workbench in the browser, where analysts check what was read, code, and ask what if.

Pages are made on the server; `cli.serve` starts it. Start reading at `app`.
"""
