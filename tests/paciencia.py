"""How long a test waits for what comes at once or never: long enough for a machine that does many other things."""

from __future__ import annotations

PACIENCIA = 180.0  # seconds
