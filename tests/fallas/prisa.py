"""What in the short run is not waited for: the minute of the clock. The long one waits as a site does."""

from __future__ import annotations

import os
from typing import Any

CADA = 2.0  # seconds
SIN_COMPRIMIR = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def de_prisa(horario: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    if os.environ.get("KUSKA_FALLAS") == "larga":
        return horario
    return {
        nombre: {**una, "schedule": CADA if una["schedule"] == 60.0 else una["schedule"]}
        for nombre, una in horario.items()
        if una["task"] != "marco.respaldar"
    }
