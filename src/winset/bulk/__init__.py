"""Many documents at once, over the processes of one machine: what comes out is what one process makes, in its order.

keep(store, sources)       -> into a kept case, going on where an interrupted run stopped
material(sources, spec)    -> all that a brief is made of
attributed(rows)           -> pieces of lines, for corpora
"""
