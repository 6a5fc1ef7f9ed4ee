"""Before pages go away, by whatever door, say what happens to those under way and to those who have not begun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ..models import Inscripcion, Unidad
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
    """Return a sentence for each whole course, one for the parts that people lack, and one for those nobody lacks."""
    paginas = list(paginas)
    cursos = [] if destino is not None else avisos_de_cursos(paginas)  # moved, a course is still there to take
    unidades = {una.pk: una for pagina in paginas if _se_va(pagina, destino) for una in unidades_bajo(pagina.specific)}
    les_falta = les_falta_a_alguien(unidades)
    en_pausa = [una for pk, una in unidades.items() if pk in les_falta]
    libres = [una for pk, una in unidades.items() if pk not in les_falta]
    return [*cursos, *([_se_pausan(en_pausa)] if en_pausa else []), *([_no_se_piden(libres)] if libres else [])]


def avisos_de_cursos(paginas: Iterable[Any]) -> list[str]:
    """Return a sentence for each of these pages that is a course in sight and that people are taking."""
    cursos = Unidad.objects.cursos().filter(pagina__in=[una.pk for una in paginas], retirada_en__isnull=True)
    en_orden = cursos.order_by("titulo", "pk")
    return [aviso for curso in en_orden if (aviso := _sin_el_curso(curso))]


def _sin_el_curso(curso: Unidad) -> str:
    """Return what taking a course away does to the people who have it, or nothing when nobody has."""
    suyas = Inscripcion.objects.filter(curso=curso, retirada_en__isnull=True).order_by()
    cuentas = Counter(dict(suyas.values_list("estado").annotate(Count("pk"))))
    terminaron = cuentas.pop(Inscripcion.Estado.TERMINADA, 0)
    por_terminar = cuentas.total()
    frases = []
    if por_terminar:
        frases.append(
            ngettext("%(n)d inscripción está sin terminar.", "%(n)d inscripciones están sin terminar.", por_terminar)
            % {"n": por_terminar}
        )
    if terminaron:
        frases.append(ngettext("%(n)d terminó.", "%(n)d terminaron.", terminaron) % {"n": terminaron})
    if not frases:
        return ""
    que_pasa = _(
        "Sin él nadie entra: leen que no está disponible por ahora y que lo que avanzaron está guardado. Los días de "
        "su edición siguen corriendo, y nadie más se inscribe."
    )
    return " ".join([f"«{curso.titulo}»:", *frases, que_pasa])


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
