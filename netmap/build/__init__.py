"""Whole journeys: check, find gaps, plan, draw, write. They return, and never print.

:func:`~netmap.build.workplace.open_for` opens a workspace for one audience on one day; everything
that is shown is worked out from the registers it redacts. The journeys are
:func:`~netmap.build.whole_site.build_site`, :func:`~netmap.build.drawing.draw`,
:func:`~netmap.build.planning.plan_programme` and
:func:`~netmap.build.starting.start_workspace`. Each is imported from its own module, because
drawing brings in Folium, and finding gaps should not wait for that.
"""
