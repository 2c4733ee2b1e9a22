"""Choosing a day, an hour and a venue for each event: candidates, costs, and three ways to search.

:mod:`~netmap.events.placing.problem` lists for each event the times and venues that break no hard
rule by themselves; :mod:`~netmap.events.placing.board` knows what rules and wishes say of several
together; :mod:`~netmap.events.placing.search` places one after another and improves;
:mod:`~netmap.events.placing.exact` asks CP-SAT for something better, and for proof;
:mod:`~netmap.events.placing.conflicts` names what conflicts where something has no place. The
objective is the same in all of them: first how many events are placed, then how well.
"""
