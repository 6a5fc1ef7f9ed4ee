"""A wrong set-up is explained at start, not on the day of the first certificate."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.files.storage import storages

from certificados.pdf.letras import CARPETA_DE_FUENTES, fuentes_que_faltan


@register("kuska")
def fuentes(**_kwargs: Any) -> Iterable[CheckMessage]:
    faltan = fuentes_que_faltan()
    if not faltan:
        return []
    return [
        Error(
            f"Certificate fonts are missing: {', '.join(faltan)}.",
            hint=f"Install the package whole; they belong in {CARPETA_DE_FUENTES}.",
            id="kuska.E010",
        )
    ]


@register("kuska")
def almacen_privado(**_kwargs: Any) -> Iterable[CheckMessage]:
    if "privado" not in storages.backends:
        problema = 'STORAGES has no "privado" entry.'
    elif _se_publica(getattr(storages["privado"], "location", "")):
        problema = 'The "privado" storage lies inside MEDIA_ROOT or STATIC_ROOT, which the site serves.'
    else:
        return []
    return [Error(problema, hint="Certificates need a storage that no address serves.", id="kuska.E011")]


def _se_publica(lugar: str) -> bool:
    publicos = [raiz for raiz in (settings.MEDIA_ROOT, settings.STATIC_ROOT) if raiz]
    return bool(lugar) and any(Path(lugar).is_relative_to(Path(raiz).resolve()) for raiz in publicos)


@register("kuska")
def direccion_del_sitio(**_kwargs: Any) -> Iterable[CheckMessage]:
    if urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", "") or "").netloc:
        return []
    return [
        Error(
            "WAGTAILADMIN_BASE_URL is empty: the QR of a certificate would lead nowhere.",
            id="kuska.E012",
        )
    ]
