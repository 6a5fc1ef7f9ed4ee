"""Before pages go away, by whatever door, say what happens to those under way and to those who have not begun."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ..models import Unidad
from ..models.de_curso import DeCurso
from ..services.consecuencia import al_retirar, les_falta_a_alguien
from ..services.publicacion import curso_de
from .retiros import unidades_bajo

TITULOS_QUE_SE_DICEN = 5


def avisar_antes_de_quitar(request: HttpRequest, paginas: Iterable[Any], destino: Any = None) -> None:
    """On the screen that confirms it. ``destino`` is where the pages go, when they are moved."""
    if request.method == "GET":
        for aviso in avisos_de_quitar(paginas, destino):
            messages.warning(request, aviso)


def avisos_de_quitar(paginas: Iterable[Any], destino: Any = None) -> list[str]:
    """Return a sentence for the parts that people under way lack, and one for those that nobody lacks."""
    unidades = {una.pk: una for pagina in paginas if _se_va(pagina, destino) for una in unidades_bajo(pagina.specific)}
    les_falta = les_falta_a_alguien(unidades)
    en_pausa = [una for pk, una in unidades.items() if pk in les_falta]
    libres = [una for pk, una in unidades.items() if pk not in les_falta]
    return [*([_se_pausan(en_pausa)] if en_pausa else []), *([_no_se_piden(libres)] if libres else [])]


def _se_va(pagina: Any, destino: Any) -> bool:
    """Whether it goes out of sight of its course: moved inside it, to what is published, it does not."""
    if destino is None:
        return True
    if curso_de(pagina.specific) != curso_de(destino.specific):
        return True
    return isinstance(destino.specific, DeCurso) and not destino.specific.a_la_vista()


def _se_pausan(unidades: list[Unidad]) -> str:
    consecuencia = al_retirar(unidades)
    texto = ngettext(
        "%(titulos)s: %(n)d persona lo tiene por hacer. Se le seguirá pidiendo, en pausa, hasta que usted decida. "
        "Nadie termina ni recibe un documento por esto.",
        "%(titulos)s: %(n)d personas lo tienen por hacer. Se les seguirá pidiendo, en pausa, hasta que usted decida. "
        "Nadie termina ni recibe un documento por esto.",
        consecuencia.personas,
    ) % {"titulos": _en_lista(unidades), "n": consecuencia.personas}
    if not consecuencia.terminan:
        return texto
    despues = ngettext(
        "Si después decide que deje de pedirse, %(n)d persona termina el curso.",
        "Si después decide que deje de pedirse, %(n)d personas terminan el curso.",
        consecuencia.terminan,
    ) % {"n": consecuencia.terminan}
    return f"{texto} {despues}"


def _no_se_piden(unidades: list[Unidad]) -> str:
    texto = _("%(titulos)s: a nadie que ya empezó le falta. Quien está por empezar no lo verá y no se le pedirá.")
    return texto % {"titulos": _en_lista(unidades)}


def _en_lista(unidades: list[Unidad]) -> str:
    dichos = [f"«{una.titulo}»" for una in unidades[:TITULOS_QUE_SE_DICEN]]
    if mas := len(unidades) - len(dichos):
        dichos.append(ngettext("%(n)d más", "%(n)d más", mas) % {"n": mas})
    return ", ".join(dichos)
