"""Networks as graph programs hold them: Kumu, GraphML and GEXF, written and read.

Organisations are what stands at the ends, ties what runs between them. Activities, areas and
people counts have no place in these formats, and each writer says what it leaves out.

One module for each format has ``write``, ``cannot_carry``, ``recognises`` and ``read``:
``graphml``, ``gexf``, ``kumu_json``, ``kumu_sheets``.
"""
