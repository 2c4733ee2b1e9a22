"""How each geographic format is opened, so that a hostile file costs a message and no more.

None but the shapefile is given to GDAL, which would follow what a file points to; each is told by
its first bytes, never by its name alone.
"""
