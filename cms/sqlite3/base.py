"""Django 5.2 still counts with the 999 parameters of a statement that SQLite allowed before 3.32 (2020).

With them, a thousand rows of eighteen columns are nineteen INSERTs instead of one.
"""

import logging
from sqlite3 import sqlite_version_info

from django.db.backends.sqlite3 import base, features

logger = logging.getLogger(__name__)


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = 32_766 if sqlite_version_info >= (3, 32) else 999


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures

    def close_if_unusable_or_obsolete(self) -> None:
        """Between two requests nothing is half done: one that is kept and still writes would stop everybody."""
        super().close_if_unusable_or_obsolete()
        if self.connection is not None and not self.in_atomic_block and self.connection.in_transaction:
            logger.error("a transaction was left open; its connection is closed and nothing of it is kept")
            self.close()
