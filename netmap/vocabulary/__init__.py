"""The controlled terms: what people may write in a register, what it means, what it is shown as.

The lists are data, in ``terms.toml``; a workspace may add terms of its own and change the words
people see. This room turns what somebody wrote into the one slug netmap keeps, and a slug back
into words. It reads no register: which column takes which list, and what becomes of a cell nobody
understands, is for :mod:`netmap.networks`; what follows from a term, such as how far is too far in
the countryside, is for the room that asks.
"""

from netmap.vocabulary.loading import load
from netmap.vocabulary.problems import VocabularyError
from netmap.vocabulary.terms import Term, Vocabularies, Vocabulary

__all__ = ["Term", "Vocabularies", "Vocabulary", "VocabularyError", "load"]
