"""Django 5.2 still counts with the 999 parameters of a statement that SQLite allowed before 3.32 (2020).

With them, a thousand rows of eighteen columns are nineteen INSERTs instead of one.
"""

from sqlite3 import sqlite_version_info

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = 32_766 if sqlite_version_info >= (3, 32) else 999


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
