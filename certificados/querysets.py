"""Questions about certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from instancias.querysets import bajo
from marco.derivados import ConDerivados


class CertificadoQuerySet(ConDerivados):
    def vigentes(self) -> Self:
        return self.filter(estado="vigente")

    def sin_pdf(self) -> Self:
        """Valid ones whose PDF is still to be made."""
        return self.vigentes().filter(pdf="")

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "territorio__ubigeo"))
