"""What a step «Decida» shows to a person: the question, what was answered, and what comes back today."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, JSONField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from cursos.clases.leccion import CLAVE as LECCION
from cursos.clases.leccion.contenido import PasoMostrado, paso_de
from cursos.consultas.acceso import Acceso
from cursos.consultas.temario import Temario, temario_de
from cursos.decida import Alrededor, ParaGuardar, Planteo, Preguntado
from cursos.models import Inscripcion, Unidad
from cursos.pasos import ids_de
from marco.preparadas import preparada

from .. import reglas
from ..clases import Json, clases
from ..clases.plantillas import plantilla_de
from ..libro import PreguntaMostrada
from ..models import Ensayo
from ..planteos import faltas_de, pregunta_de
from ..repaso import Idea, Vez, antes_de_evaluar, tocan
from ..visible import explicar, por_preguntar
from .lineas import Juntas, Valor

HAY_FALLAS = "hay_fallas_de_ensayo"
ENSAYADO = "ensayado_aqui"  # what was tried in a lesson, read with the enrolment
PLANTILLA = "kuska/evaluaciones/decida.html"
GUION = "kuska/js/decida.js"


class PreguntaEnPasos:
    """Who asks the steps that ask, for the room of the courses."""

    def tipos(self) -> Sequence[tuple[str, str | Promise]]:
        return [(clase.clave, clase.nombre) for clase in clases() if clase.en_un_paso]

    def faltas(self, planteo: Planteo) -> list[str]:
        return faltas_de(planteo)

    def ademas(self) -> Mapping[str, Any]:
        suyos = Ensayo.objects.filter(inscripcion=OuterRef("pk"), unidad=OuterRef("la_unidad"))
        juntos = suyos.order_by().values("unidad").annotate(juntos=Juntas(F("vez"), F("paso"), Valor("valor")))
        return {ENSAYADO: Subquery(juntos.values("juntos"), output_field=JSONField())}

    def ademas_al_empezar(self) -> Mapping[str, Any]:
        fallados = Ensayo.objects.filter(inscripcion=OuterRef("pk"), acierto=False)
        return {**self.ademas(), HAY_FALLAS: Exists(fallados)}

    def alrededor(self, request: HttpRequest, acceso: Acceso, paso: PasoMostrado) -> Alrededor:
        cerrado = acceso.inscripcion.termino(timezone.localdate())
        empieza = paso.numero == 1 and not acceso.terminada and not cerrado
        hay_repaso = empieza and getattr(acceso.inscripcion, HAY_FALLAS, False)
        if paso.planteo is None and not hay_repaso:
            return Alrededor()
        filas = ensayos_de(acceso.inscripcion) if hay_repaso else _ensayos_en(acceso, paso)
        preguntado = None
        if paso.planteo is not None:
            suyas = [una for una in filas if (una.unidad_id, una.paso) == (acceso.unidad.pk, paso.id)]
            preguntado = preguntar(
                pregunta_de(paso.planteo, paso.id),
                paso,
                suyas,
                url=reverse(
                    "kuska_evaluaciones:decidir", args=[acceso.unidad.curso.numero, acceso.unidad.numero, paso.numero]
                ),
                url_del_paso=reverse(
                    "kuska_cursos:paso", args=[acceso.unidad.curso.numero, acceso.unidad.numero, paso.numero]
                ),
                otra="otra" in request.GET and not cerrado,
                ver="ver" in request.GET or cerrado,
                cerrado=cerrado,
            )
        tocan_hoy = ideas_para(acceso.unidad, temario_de(acceso.inscripcion.curso), filas) if hay_repaso else []
        return Alrededor(preguntado, aviso_de_repaso(acceso.unidad, len(tocan_hoy)))

    def para_guardar(self, request: HttpRequest, inscripcion: Inscripcion) -> ParaGuardar:
        """Answers are explained on the phone: nothing here is marked, so its key may go there."""
        cerrado, filas = inscripcion.termino(timezone.localdate()), ensayos_de(inscripcion)

        def de_un_paso(acceso: Acceso, paso: PasoMostrado) -> tuple[Alrededor, Mapping[str, Alrededor]]:
            if paso.planteo is None:
                return Alrededor(), {}
            lugar = [acceso.unidad.curso.numero, acceso.unidad.numero, paso.numero]
            suyas = [una for una in filas if (una.unidad_id, una.paso) == (acceso.unidad.pk, paso.id)]
            pregunta, url = pregunta_de(paso.planteo, paso.id), reverse("kuska_evaluaciones:decidir", args=lugar)
            asi = preguntar(pregunta, paso, suyas, url=url, ver=cerrado, cerrado=cerrado)
            if asi.se_sigue:
                return Alrededor(asi), {}
            asi.datos["url_del_paso"] = reverse("kuska_cursos:paso", args=lugar)
            por_toque = pregunta.contenido.claves if asi.datos["de_un_toque"] else ()
            dichas = {
                una: preguntar(pregunta, paso, [Ensayo(valor=[una], vez=1)], url=url, cerrado=cerrado)
                for una in por_toque
            }
            dichas[""] = preguntar(pregunta, paso, [], url=url, ver=True, cerrado=cerrado)
            return Alrededor(asi), {una: Alrededor(que) for una, que in dichas.items()}

        return de_un_paso


def aviso_de_repaso(unidad: Unidad, cuantas: int) -> dict[str, Any] | None:
    """Return what a page says of the ideas that come back there; nothing when none does."""
    if not cuantas:
        return None
    url = reverse("kuska_evaluaciones:repaso", args=[unidad.curso.numero, unidad.numero])
    return {"plantilla": "kuska/evaluaciones/repaso_antes.html", "cuantas": cuantas, "url": url}


def preguntar(
    pregunta: PreguntaMostrada,
    paso: PasoMostrado,
    suyas: Sequence[Ensayo],
    *,
    url: str,
    url_del_paso: str = "",
    otra: bool = False,
    ver: bool = False,
    cerrado: bool = False,
    a_medias: Json = None,
    error: str = "",
) -> Preguntado:
    """Return how a step is asked, or explained once it was answered.

    ``suyas`` are the tries of this person. An answer to what the trainer changed since is not shown: it is asked anew.
    """
    ultima = suyas[-1] if suyas else None
    valor = ultima.valor if ultima is not None and _cabe(pregunta, ultima.valor) else None
    respondida = valor is not None and not otra and not error
    explicada = respondida or (ver and not error)
    visible = por_preguntar(pregunta, 1, a_medias)
    if de_un_toque := pregunta.clase.de_un_toque(pregunta.contenido):
        visible = dataclasses.replace(visible, plantilla=plantilla_de(pregunta.clase, "toque") or visible.plantilla)
    datos = {
        "pregunta": visible,
        "explicacion": explicar(pregunta, 1, valor if respondida else None) if explicada else None,
        "respondida": respondida,
        "de_un_toque": de_un_toque,
        "vez": (ultima.vez if ultima else 0) + 1,
        "este": paso.id,
        "planteo": paso.planteo,
        "url": url,
        "url_del_paso": url_del_paso,
        "cerrado": cerrado,
        "error": error,
    }
    # What moves by a script of its own is sent as any form: one file more would be for nothing.
    estilos = (visible.estilo,) if visible.estilo else ()
    escrito = error or a_medias is not None or (respondida and not de_un_toque)
    como = None if escrito else (datos["vez"], explicada, repr(valor), respondida, cerrado, url, url_del_paso)
    return Preguntado(PLANTILLA, datos, explicada or valor is not None, (visible.guion or GUION,), estilos, como)


def _cabe(pregunta: PreguntaMostrada, valor: Json) -> bool:
    """Whether an answer is one of today's question: its options may have been written anew."""
    if pregunta.falta(valor):
        return False
    return not isinstance(valor, list) or set(valor) <= set(pregunta.contenido.claves)


def _ensayos_en(acceso: Acceso, paso: PasoMostrado) -> list[Ensayo]:
    """The tries of a step, as far as it shows them, in order: read with the enrolment where the page asked for them."""
    if not hasattr(acceso.inscripcion, ENSAYADO):
        return ensayos_de(acceso.inscripcion, Idea(acceso.unidad.pk, paso.id))
    de_la_leccion = sorted(getattr(acceso.inscripcion, ENSAYADO) or (), key=lambda una: una[0])
    return [
        Ensayo(unidad_id=acceso.unidad.pk, paso=suyo, vez=vez, valor=valor)
        for vez, suyo, valor in de_la_leccion
        if suyo == paso.id
    ]


def ensayos_de(inscripcion: Inscripcion, idea: Idea | None = None) -> list[Ensayo]:
    """Return the answers of a person to the steps that ask, in order; only those to one of them, if it is given."""
    if idea is None:
        return ensayados(inscripcion=inscripcion.pk, unidad=None, paso=None)
    return ensayados(inscripcion=inscripcion.pk, unidad=idea.unidad, paso=idea.paso)


@preparada
def ensayados(*, inscripcion: int, unidad: int | None, paso: str | None) -> QuerySet[Ensayo]:
    """The answers to the steps that ask, in order."""
    suyos = Ensayo.objects.filter(inscripcion=inscripcion)
    return (suyos if unidad is None else suyos.filter(unidad=unidad, paso=paso)).order_by("pk")


def veces_de(filas: Sequence[Ensayo]) -> list[Vez]:
    return [Vez(Idea(una.unidad_id, una.paso), una.acierto, una.repaso_en_id) for una in filas]


def lugares_de(temario: Temario) -> dict[int, int]:
    """Return, for each unit but those by seat, how many numbered lessons there are until it."""
    lugares, cuantas = {}, 0
    for fila in temario.filas:
        if fila.es_ruta:
            continue
        cuantas += fila.clase == LECCION
        lugares[fila.id] = cuantas
    return lugares


def ideas_para(unidad: Unidad, temario: Temario, filas: Sequence[Ensayo]) -> list[Idea]:
    """Return the ideas that come back before a unit: a lesson, or the evaluation of a module. None before others."""
    fila, lugares = temario.por_id.get(unidad.pk), lugares_de(temario)
    if fila is None or fila.id not in lugares:
        return []
    if fila.clase == LECCION:
        ideas = tocan(veces_de(filas), en=fila.id, lugares=lugares)
    elif fila.variante == reglas.MODULO:
        suyas = {otra.id for otra in temario.del_grupo(fila.grupo)}
        ideas = antes_de_evaluar(veces_de(filas), en=fila.id, lecciones=suyas, lugares=lugares)
    else:
        return []
    return [idea for idea in ideas if idea.paso in temario.por_id[idea.unidad].ids]


def repaso_antes_de(unidad: Unidad, inscripcion: Inscripcion) -> Mapping[str, Any] | None:
    """Return what the first page of a unit says of the ideas that come back there. One statement."""
    ideas = ideas_para(unidad, temario_de(inscripcion.curso), ensayos_de(inscripcion))
    return aviso_de_repaso(unidad, len(ideas))


def paso_nombrado(unidad: Unidad, este: str, numero: int) -> PasoMostrado | None:
    """Return the step that a form or a row names, wherever it is today."""
    ids = ids_de(unidad)
    if este in ids:
        numero = ids.index(este) + 1
    mostrado = paso_de(unidad=unidad, numero=numero, hoy=timezone.localdate())
    return mostrado if not este or mostrado.id == este else None
