"""Every screen of ours in the editor says in its tab what it is: who has several open, or listens to them, needs it."""

from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.un_motor
DE_WAGTAIL = '{% extends "wagtailadmin/generic/base.html" %}'


def test_our_screens_of_the_editor_stand_on_the_base_that_titles_them():
    plantillas = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    assert [una.name for una in plantillas if una.read_text().startswith(DE_WAGTAIL)] == ["base.html"]
