"""The controlled terms of a row as taxonomy terms of a directory."""

from typing import Any

from netmap.exchange.directories.identity import Ids, of_term
from netmap.exchange.directories.terms import OWN_COLUMNS, OWN_TAXONOMY
from netmap.networks.models import Activity, Organisation
from netmap.vocabulary import Vocabularies

_ENTITIES = {"activities": "service", "organisations": "organization"}


def attributes(
    row: Activity | Organisation, key: str, table: str, ids: Ids, vocabularies: Vocabularies
) -> list[dict[str, Any]]:
    """Write the terms of a row, each with its label, as workspaces word it.

    Args:
        row: The activity or organisation.
        key: The id of its record.
        table: The register's table.
        ids: Makes the ids.
        vocabularies: The controlled terms.
    """
    found = []
    for column, vocabulary in OWN_COLUMNS[table].items():
        value = getattr(row, column)
        slugs = (value,) if isinstance(value, str) else value or ()
        found += [
            {
                "id": ids.of("attributes", table, row.id, column, slug),
                "link_id": key,
                "link_type": column,
                "link_entity": _ENTITIES[table],
                "taxonomy_term": _term(vocabulary, slug, vocabularies),
            }
            for slug in dict.fromkeys(slugs)
        ]
    return found


def _term(vocabulary: str, slug: str, vocabularies: Vocabularies) -> dict[str, Any]:
    label = vocabularies[vocabulary].label(slug)
    term = vocabularies[vocabulary].terms.get(slug)
    return {
        "id": of_term(vocabulary, slug),
        "code": f"{vocabulary}:{slug}",
        "name": label,
        "description": (term.definition if term else "") or label,
        "taxonomy": f"{OWN_TAXONOMY}{vocabulary}",
        "taxonomy_id": of_term(vocabulary),
    }
