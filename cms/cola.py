"""The queue of the embedded profile: a folder, written so that nobody reads half a message.

Kombu's own transport opens the file under its final name and then writes it. A worker that looks in between takes an
empty message, cannot read it, and stops for good.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Canal(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **_otros: Any) -> None:
        """Write aside and rename: the message appears whole."""
        definitivo = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        aparte = definitivo.with_suffix(".parcial")
        try:
            aparte.write_bytes(dumps(payload).encode())
            os.replace(aparte, definitivo)
        except OSError as error:
            raise ChannelError(f"Cannot add {definitivo.name} to the queue") from error


class Transporte(filesystem.Transport):
    Channel = Canal
