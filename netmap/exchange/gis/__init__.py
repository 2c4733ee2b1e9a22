"""Geographic files, in and out: GeoPackage, GeoJSON, GeoParquet, shapefiles and KML.

Writers turn a register that is already redacted into the bytes of one file (``geopackage``,
``geojson``, ``geoparquet``); :func:`read` turns anybody's file into a draft. Columns that only
national statistics have are for :mod:`netmap.exchange.statistics`; what becomes of a draft is for
:mod:`netmap.exchange.intake`.
"""

from netmap.exchange.gis.reading import read, recognises

__all__ = ["read", "recognises"]
