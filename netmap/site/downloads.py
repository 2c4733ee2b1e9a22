"""The data downloads: each network's register and gaps, as its audience may see them."""

from netmap.exchange.gis import geojson, geopackage
from netmap.exchange.sheets import csv_tables, gaps_csv, gaps_json
from netmap.language import N_, _
from netmap.networks.models import TABLES
from netmap.privacy import Audience
from netmap.site import paths
from netmap.site.inputs import NetworkView, SiteInput
from netmap.site.words import not_recorded

_FOR = {
    Audience.PUBLIC: N_("For: public."),
    Audience.PARTNERS: N_("For: partners."),
    Audience.STAFF: N_("For: staff."),
}


def data_paths(view: NetworkView) -> dict[str, str]:
    """Name a network's downloads: what each is, and where it will be from the site's root."""
    folder = paths.data_folder(view.name)
    return {
        "GeoPackage": f"{folder}.gpkg",
        "GeoJSON": f"{folder}.geojson",
        "gaps.csv": f"{folder}/gaps.csv",
        "gaps.json": f"{folder}/gaps.json",
        **{f"{table}.csv": f"{folder}/{table}.csv" for table in TABLES},
        "readme.txt": f"{folder}/readme.txt",
    }


def data_files(site: SiteInput) -> dict[str, bytes]:
    """Make every download of the site.

    Returns:
        Path from the site's root to bytes, in order of path. The same input gives the same bytes.
    """
    made: dict[str, bytes] = {}
    for view in site.networks:
        where = data_paths(view)
        made[where["GeoPackage"]] = geopackage.write(view.register, site.vocabularies)
        made[where["GeoJSON"]] = geojson.write(view.register, site.vocabularies)
        made[where["gaps.csv"]] = gaps_csv(view.report)
        made[where["gaps.json"]] = gaps_json(view.report)
        for table, content in csv_tables(view.register).items():
            made[where[f"{table}.csv"]] = content
        made[where["readme.txt"]] = _readme(view)
    if site.dates:
        made[paths.DATES] = site.dates
    return dict(sorted(made.items()))


def _readme(view: NetworkView) -> bytes:
    """Say beside the tables what a table cannot carry: source, licence and disclaimer."""
    register, settings = view.register, view.register.settings
    lines = [
        register.title,
        settings.summary,
        _(_FOR[register.audience]),
        _(
            "As of %(day)s; it describes %(described)s.",
            day=register.as_of.isoformat(),
            described=register.day.isoformat(),
        ),
        _("Source: %(source)s", source=settings.source or not_recorded()),
        _("Licence: %(licence)s", licence=settings.licence or not_recorded()),
        settings.disclaimer,
    ]
    flat = (" ".join(line.split()) for line in lines if line)
    return ("\n\n".join(flat) + "\n").encode()
