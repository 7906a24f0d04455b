"""What a body of documents rests on: who leans on whom, what is told differently, what happened, what is asked.

crediting      every place where a document names the outside source it rests on, notes and reference lists with it
tracing        which credits mean one source, which statements one utterance, and where each comes from in the end
discrepancies  the same thing told differently, both passages side by side
events         dated events, each once however many documents tell it, planned ones marked
precedents     earlier instances of the kind of thing that is proposed: where, since, until, what became of them
asking         the questions that documents ask, and the passages that answer one
account        all of it, worked out once; `rows` gives it as plain values

Values are in `types`.
"""
