"""The order of the steps, and nothing else: documents, statements, actors, stances, positions, forecast, brief.

    reading.read_material(sources, spec)  or
    keeping.keep_each(store, documents) and kept_cases.kept_material(store)   -> Material
    brief.compose_brief(spec, material)                                       -> Brief
    attributing.attributed(rows)                                              -> pieces of lines

stating      what is proposed, before which body, when and by which rule
reading      documents are read and coded: who said what, who that is, for or against
material     documents with their coding, the copies among them, and all that they rest on
keeping      documents into a case: added one by one, held against what is there, marked by a person
people       what people said of a kept case: who a source is, what they coded, which telling is right
kept_cases   a kept case as material, whole or in part, persons' words before the machine's
coding       a kept case for people to code, and what came back on their sheets
asking       the passages that answer a question, and who says them
proposing    what the documents alone say is to be decided
attributing  who said what, for corpora: rows in, pieces of lines out
estimating   where everybody stands, on which evidence
deciding     what is put to the vote, and the question with a change
scenarios    what-ifs that a case keeps under names
brief        the brief: all that the material says, put together
large_brief  the brief of a kept case of any size, of a large one an excerpt that rests on all of it
tables       a kept case as tables, the trail of its changes with them
networks     who is for or against what: what a network of actors is made of
registries   the registries that a kept case keeps, and who has what part by them
seats        the body that decides, and who votes in it
clock        the time of day, and how long something took: here and in the command line alone a clock is read
defaults     the numbers and methods that are taken where nobody names others
"""
