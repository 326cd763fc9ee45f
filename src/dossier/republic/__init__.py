"""Sorrel, the invented country: people, ID numbers, registries, errors, storage.

`Republic` is the way in. `schema` describes every table, `parameters` holds every number behind them and its reason,
`numbers` reads ID numbers, `errors` spoils tables on purpose, `storage` keeps the committed sample.
"""

from dossier.republic.republic import Republic
from dossier.republic.schema import CONDUCT_REGISTRIES, STORY_REGISTRIES, TABLES

__all__ = ["CONDUCT_REGISTRIES", "STORY_REGISTRIES", "TABLES", "Republic"]
