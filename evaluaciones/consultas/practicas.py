"""Where the ideas of a module are practised."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cursos.consultas.siguiente import url_de
from cursos.consultas.temario import Temario

from .. import reglas
from ..unidad import CLAVE


def practica_de(temario: Temario, grupo: int) -> dict[str, str] | None:
    """Return {"url", "texto"} of the practice of a module, if it has one. No statement."""
    suyas = (fila for fila in temario.del_grupo(grupo) if fila.clase == CLAVE and fila.variante == reglas.PRACTICA)
    practica = next(suyas, None)
    if practica is None:
        return None
    return {"url": url_de(practica, temario.numero), "texto": _("Practicar estas ideas")}
