"""Questions about certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Exists, OuterRef

from instancias.models import Territorio
from instancias.querysets import bajo
from marco.derivados import ConDerivados

CAMBIA = {"estado", "anulado_en", "anulado_por", "motivo", "pdf", "pdf_bytes", "pdf_sha256"}


class CertificadoQuerySet(ConDerivados):
    def vigentes(self) -> Self:
        return self.filter(estado="vigente")

    def con_papel(self) -> Self:
        """Valid ones that still prove something: the data of their person were not taken away."""
        return self.vigentes().filter(suprimido_en__isnull=True)

    def sin_pdf(self) -> Self:
        """Those whose PDF is still to be made."""
        return self.con_papel().filter(pdf="")

    def bajo(self, prefijos: Iterable[str]) -> Self:
        return self.filter(bajo(prefijos, "territorio__ubigeo"))


class DocumentoDeCifrasQuerySet(models.QuerySet):
    """Documents that are written once: of many at a time, only the state and the file may change."""

    def vigentes(self) -> Self:
        return self.filter(estado="vigente")

    def sin_pdf(self) -> Self:
        """Those with something to print whose file is still to be made."""
        return self.filter(pdf="").exclude(clase="cierre")

    def dentro_de(self, prefijos: Iterable[str]) -> Self:
        """Those whose every territory lies under one of these: what counts people of others stays out."""
        suyos = Territorio.objects.filter(documentos_de_cifras=OuterRef("pk"))
        return self.filter(Exists(suyos), ~Exists(suyos.exclude(bajo(prefijos, "ubigeo"))))

    def update(self, **valores: Any) -> int:
        if fijos := set(valores) - CAMBIA:
            raise TypeError(f"A frozen document keeps {', '.join(sorted(fijos))}.")
        return super().update(**valores)

    def delete(self) -> NoReturn:
        raise TypeError("A frozen document is not deleted.")
