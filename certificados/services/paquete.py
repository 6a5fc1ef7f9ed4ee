"""Several papers in one file, with a trace of who took them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from wagtail.log_actions import log

from certificados.models import Certificado

from ..consultas.documentos import Filtro
from .documento import componer


def empaquetar(*, certificados: Iterable[Certificado], filtro: Filtro, por: Any) -> bytes:
    """Compose each paper into a ZIP. The trace says which ones by their key: neither names nor what was searched."""
    paquete = BytesIO()
    ids: list[int] = []
    with zipfile.ZipFile(paquete, "w", zipfile.ZIP_STORED) as zip_:
        for certificado in certificados:
            zip_.writestr(f"documento-{certificado.registro}.pdf", componer(certificado))
            ids.append(certificado.pk)
    anotar_descarga(ids=ids, filtro=filtro, por=por)
    return paquete.getvalue()


def anotar_descarga(*, ids: list[int], filtro: Filtro, por: Any) -> None:
    """Leave a trace of the papers that somebody put in a file."""
    log(
        instance=por,
        action="certificados.descargar",
        user=por,
        title=f"{por._meta.verbose_name} {por.pk}",
        data={"ambito": list(filtro.alcance.prefijos), "territorio": filtro.territorio, "certificados": ids},
    )
