"""Addresses that tell nothing."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models


class DireccionNeutral(models.Model):
    """A page whose slug never comes from its title: somebody else may read the address. Goes before ``Page``."""

    class Meta:
        abstract = True

    @staticmethod
    def direccion_nueva() -> str:
        return f"c-{secrets.token_hex(4)}"

    def _poner_direccion(self) -> None:
        if not self.slug:
            self.slug = self.direccion_nueva()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._poner_direccion()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self, *args: Any, **kwargs: Any) -> None:
        self._poner_direccion()
        super().minimal_clean(*args, **kwargs)
