from __future__ import annotations

import io

import pytest
from django.core.management import call_command


@pytest.fixture
def provincia(db: None) -> None:
    """The real province: ten districts, eleven tables, the seats of the norm."""
    call_command("cargar_territorio", stdout=io.StringIO())
