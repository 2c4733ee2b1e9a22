"""The tables of HSDS 3.0 as a tabular data package has them: columns, types, what refers to what.

Source: the Human Services Data Specification 3.0, schema reference, docs.openreferral.org.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from netmap.tables import guarded

ORGANISATIONS, ACTIVITIES, TIES = (
    "netmap_organisations",
    "netmap_activities",
    "netmap_relationships",
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: What its resource is called, in the singular as the standard does.
        columns: In the standard's order.
        required: Those it cannot do without.
        parents: Column to the table whose ids it holds.
    """

    name: str
    columns: tuple[str, ...]
    required: frozenset[str]
    parents: Mapping[str, str]


_REFERS = {
    "organization_id": "organizations",
    "parent_organization_id": "organizations",
    "service_id": "services",
    "location_id": "locations",
    "service_at_location_id": "service_at_location",
    "contact_id": "contacts",
    "phone_id": "phones",
    "taxonomy_id": "taxonomies",
    "taxonomy_term_id": "taxonomy_terms",
    "parent_id": "taxonomy_terms",
}
_NAMES = {
    "organizations": "organization",
    "organization_identifiers": "organization_identifier",
    "services": "service",
    "locations": "location",
    "addresses": "address",
    "service_at_location": "service_at_location",
    "service_areas": "service_area",
    "contacts": "contact",
    "phones": "phone",
    "schedules": "schedule",
    "languages": "language",
    "accessibility": "accessibility",
    "cost_options": "cost_option",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "attributes": "attribute",
}
# An asterisk marks what a table cannot do without.
_COLUMNS = {
    "organizations": (
        "id* name* alternate_name description* email website tax_status tax_id "
        "year_incorporated legal_status logo uri parent_organization_id"
    ),
    "organization_identifiers": (
        "id* organization_id* identifier_scheme identifier_type* identifier*"
    ),
    "services": (
        "id* organization_id* program_id name* alternate_name description url email status* "
        "interpretation_services application_process fees_description wait_time fees "
        "accreditations eligibility_description minimum_age maximum_age assured_date "
        "assurer_email licenses alert last_modified"
    ),
    "locations": (
        "id* location_type* url organization_id name alternate_name description "
        "transportation latitude longitude external_identifier external_identifier_type"
    ),
    "addresses": (
        "id* location_id attention address_1* address_2 city* region state_province* "
        "postal_code* country* address_type*"
    ),
    "service_at_location": "id* service_id* location_id* description",
    "service_areas": "id* service_id name description extent extent_type uri",
    "contacts": (
        "id* organization_id service_id service_at_location_id location_id name title "
        "department email"
    ),
    "phones": (
        "id* location_id service_id organization_id contact_id service_at_location_id number* "
        "extension type description"
    ),
    "schedules": (
        "id* service_id location_id service_at_location_id valid_from valid_to dtstart "
        "timezone until count wkst freq interval byday byweekno bymonthday byyearday "
        "description opens_at closes_at schedule_link attending_type notes"
    ),
    "languages": "id* service_id location_id phone_id name code note",
    "accessibility": "id* location_id description details url",
    "cost_options": (
        "id* service_id* valid_from valid_to option currency amount amount_description"
    ),
    "taxonomies": "id* name* description* uri version",
    "taxonomy_terms": (
        "id* code name* description* parent_id taxonomy language taxonomy_id term_uri"
    ),
    "attributes": "id* link_id* taxonomy_term_id* link_type link_entity* value",
}
_TYPES = {
    **dict.fromkeys(("latitude", "longitude", "minimum_age", "maximum_age", "amount"), "number"),
    **dict.fromkeys(("interval", "count", "year_incorporated"), "number"),
    **dict.fromkeys(("assured_date", "valid_from", "valid_to", "dtstart", "until"), "date"),
    **dict.fromkeys(("opens_at", "closes_at"), "time"),
    "last_modified": "datetime",
}
_FORMATS = {
    **dict.fromkeys(("email", "assurer_email"), "email"),
    **dict.fromkeys(("url", "website", "logo", "uri", "term_uri", "schedule_link"), "uri"),
}
_ENUMS = {
    "status": ["active", "inactive", "defunct", "temporarily closed"],
    "location_type": ["physical", "postal", "virtual"],
    "address_type": ["physical", "postal", "virtual"],
    "freq": ["WEEKLY", "MONTHLY"],
    "extent_type": ["geojson", "topojson", "kml", "text"],
}


def _table(name: str, columns: str) -> Table:
    names = tuple(column.removesuffix("*") for column in columns.split())
    return Table(
        name,
        names,
        frozenset(column.removesuffix("*") for column in columns.split() if column[-1] == "*"),
        {column: parent for column, parent in _REFERS.items() if column in names},
    )


TABLES: Mapping[str, Table] = {
    file: _table(_NAMES[file], columns) for file, columns in _COLUMNS.items()
}


def resource(file: str, present: Iterable[str]) -> dict[str, Any]:
    """Describe one table of the standard for ``datapackage.json``.

    Args:
        file: The table, as its file is called.
        present: The tables that are in the package; others cannot be referred to.
    """
    table = TABLES[file]
    keys = [
        {
            "fields": column,
            "reference": {"resource": TABLES[parent].name, "fields": "id"},
        }
        for column, parent in table.parents.items()
        if parent in present
    ]
    fields = [_field(column, table) for column in table.columns]
    return described(table.name, file, fields, keys, "id")


def own_resource(
    file: str, columns: Iterable[str], keys: Mapping[str, str], primary: str = ""
) -> dict[str, Any]:
    """Describe one of netmap's own tables.

    Args:
        file: The table, as its file is called.
        columns: Its headings, in order.
        keys: Column to the table of the standard whose ids it holds.
        primary: The column that tells rows apart, empty where none does.
    """
    foreign = [
        {"fields": column, "reference": {"resource": TABLES[parent].name, "fields": "id"}}
        for column, parent in keys.items()
    ]
    fields = [{"name": guarded(column), "type": "string"} for column in columns]
    return described(file, file, fields, foreign, primary)


def described(
    name: str,
    file: str,
    fields: list[dict[str, Any]],
    keys: list[dict[str, Any]],
    primary: str,
) -> dict[str, Any]:
    """Put a resource together as the Frictionless standards have it."""
    schema: dict[str, Any] = {"fields": fields}
    if primary:
        schema["primaryKey"] = primary
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": name,
        "path": f"{file}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: str, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column, "type": _TYPES.get(column, "string")}
    is_id = column == "id" or column in table.parents or column == "link_id"
    if is_id:
        field["format"] = "uuid"
    elif column in _FORMATS:
        field["format"] = _FORMATS[column]
    constraints: dict[str, Any] = {}
    if column in table.required:
        constraints["required"] = True
    if column == "id":
        constraints["unique"] = True
    if column in _ENUMS:
        constraints["enum"] = _ENUMS[column]
    return {**field, "constraints": constraints} if constraints else field
