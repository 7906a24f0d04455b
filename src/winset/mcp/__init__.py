"""A kept case for an assistant that speaks the Model Context Protocol: tools that answer with words to be cited.

    tools      what may be called, each with what it takes and gives; the list is the table of contents
    server     the protocol: lists, calls, resources; refusals in one line
    cases      the case that is served, read again when it changes
    citing     exact words at exact places, verified before they are sent
    untrusted  what comes from documents, between marks that no document can forge
    transport  stdio, or HTTP at this machine alone

`winset.mcp` is ours; the SDK is `mcp`, and only `server` and `transport` know it.
"""
