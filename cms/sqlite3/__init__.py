"""Django's SQLite with its real limit of parameters: see base.py."""
