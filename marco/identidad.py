"""What tells an installation from another one: a number that nobody else has."""

import secrets


def nueva_identidad() -> str:
    return secrets.token_hex(16)
