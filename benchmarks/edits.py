"""Edits by SQL on the tables of the content: the database's triggers notice them, as they notice staff's."""

import itertools
import sqlite3
from dataclasses import dataclass, field

import psycopg


@dataclass(frozen=True)
class Edits:
    """Edits of one city, each different from the one before."""

    database_url: str
    slug: str
    number: "itertools.count[int]" = field(default_factory=itertools.count)

    def text(self) -> None:
        """Change the city's summary."""
        self._update("UPDATE directory_city SET summary = %s WHERE slug = %s", "The summary after edit")

    def structure(self) -> None:
        """Change the city's name."""
        self._update("UPDATE directory_city SET name = %s WHERE slug = %s", "Aaa")

    def _update(self, statement: str, value: str) -> None:
        values = (f"{value} {next(self.number)}", self.slug)
        if self.database_url.startswith("sqlite"):
            connection = sqlite3.connect(self.database_url.removeprefix("sqlite:///"))
            with connection:
                connection.execute(statement.replace("%s", "?"), values)
            connection.close()
        else:
            with psycopg.connect(self.database_url) as server:
                server.execute(statement, values)  # type: ignore[call-overload]
