"""What is always true of attempts: the mark is the one that its form, its answers and its rules give, counted again."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.db.models import Count, Exists, F, Max, OuterRef, Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from cursos.models import Avance
from marco.invariantes import Invariante, numeros

from . import recibos, reglas
from .libro import Nota, puntos_de
from .models import EstadoDeNota, Intento, Respuesta

RESTAURAR = _("Deje el aula en solo lectura y compare con la última copia buena: alguien tocó la base por fuera.")
LOTE = 100


def de_esta_sala() -> list[Invariante]:
    return [
        Invariante(
            "notas",
            _("Cada nota, calculada otra vez con lo que se mostró y se respondió, es la misma."),
            RESTAURAR,
            _otras_notas,
            lenta=True,
        ),
        Invariante(
            "respuestas_finales",
            _("Cada evaluación enviada tiene una respuesta final por pregunta."),
            RESTAURAR,
            _sin_finales,
        ),
        Invariante(
            "libro_de_respuestas",
            _("Las respuestas de cada intento van numeradas sin saltos."),
            _("Falta una respuesta que se confirmó. Busque la fila en la última copia buena."),
            _con_saltos,
        ),
        Invariante(
            "tiempos_de_los_intentos",
            _("Nadie envió antes de empezar, ni antes de su última respuesta."),
            _("Revise la hora del servidor. Las fechas de esas filas no prueban nada."),
            _antes_de_empezar,
        ),
        Invariante(
            "recibos",
            _("Cada recibo tiene una firma de este sitio y dice lo que está guardado."),
            _("Compruebe que ninguna llave falte en KUSKA_LLAVES_DE_RECIBO; si están todas, alguien tocó la base."),
            _recibos_que_no,
            lenta=True,
        ),
        Invariante(
            "aprobadas_anotadas",
            _("Lo que se aprobó está anotado en el avance del curso."),
            _("Publique otra vez la evaluación: el aula se pone al día con quienes aprobaron."),
            _sin_anotar,
        ),
    ]


def _otras_notas() -> Iterator[int]:
    """Grade again by lots. Marks that a person gave are taken as they were given."""
    enviados = Intento.objects.filter(estado=Intento.Estado.ENVIADO).order_by("pk")
    desde = 0
    while lote := list(enviados.filter(pk__gt=desde)[:LOTE]):
        desde = lote[-1].pk
        prefetch_related_objects(lote, "respuestas")
        yield from (intento.pk for intento in lote if not _es_la_misma(intento))


def _recibos_que_no() -> Iterator[int]:
    """Verify by lots: the signature, and what it says against the final lines."""
    con_recibo = Intento.objects.exclude(recibo="").order_by("pk")
    desde = 0
    while lote := list(con_recibo.filter(pk__gt=desde)[:LOTE]):
        desde = lote[-1].pk
        prefetch_related_objects(lote, "respuestas")
        yield from (intento.pk for intento in lote if not _dice_lo_guardado(intento))


def _dice_lo_guardado(intento: Intento) -> bool:
    dicho = recibos.leer(intento.recibo)
    finales = sorted((una for una in intento.respuestas.all() if una.definitiva), key=lambda una: una.secuencia)
    guardado = (intento.codigo_de_recibo, intento.clave, intento.numero, intento.enviado_en)
    return (
        dicho is not None
        and (dicho.codigo, dicho.intento, dicho.numero, dicho.recibido_en) == guardado
        and dicho.huella == recibos.huella_de([una.valor for una in finales])
    )


def _es_la_misma(intento: Intento) -> bool:
    lugares = intento.formulario.lugar_de_la_version()
    finales = {lugares.get(una.version_id): una for una in intento.respuestas.all() if una.definitiva}
    if len(finales) != len(intento.formulario) or None in finales:
        return False
    dada = reglas.calificar(intento.formulario, {n: una.valor for n, una in finales.items()}, intento.reglas)
    notas = tuple(_nota(finales[n], dada.notas[n - 1]) for n, _pregunta in intento.formulario.lugares())
    if None in notas:
        return False
    total = reglas.sumar(tuple(nota for nota in notas if nota is not None), intento.reglas)
    if total.pendiente:
        return intento.nota == EstadoDeNota.POR_CALIFICAR and intento.puntos is None
    puntos = puntos_de(total.puntos)
    return (
        total.puntos is not None and Fraction(intento.puntos) == Fraction(puntos) and intento.aprobado == total.aprobado
    )


def _nota(linea: Respuesta, dada: Nota) -> Nota | None:
    """The mark of a line, or nothing when it is not the one that the machine gives."""
    escrita = linea.nota_dada
    if escrita is None or linea.calificada_por_id or linea.calificada_en or dada.pendiente:
        return escrita
    igual = escrita.puntos is not None and Fraction(puntos_de(dada.puntos)) == Fraction(puntos_de(escrita.puntos))
    return escrita if igual and escrita.maximo == dada.maximo else None


def _sin_finales() -> Iterator[int]:
    enviados = Intento.objects.filter(estado=Intento.Estado.ENVIADO)
    finales = Count("respuestas", filter=Q(respuestas__definitiva=True))
    return numeros(enviados.annotate(finales=finales).exclude(finales=F("puntos_posibles")))


def _con_saltos() -> Iterator[int]:
    libros = Respuesta.objects.order_by().values("intento").annotate(cuantas=Count("pk"), ultima=Max("secuencia"))
    return libros.exclude(cuantas=F("ultima")).values_list("intento", flat=True).iterator()


def _antes_de_empezar() -> Iterator[int]:
    despues = Respuesta.objects.filter(intento=OuterRef("pk"), recibida_en__gt=OuterRef("enviado_en"))
    return numeros(Intento.objects.filter(Q(enviado_en__lt=F("iniciado_en")) | Exists(despues)))


def _sin_anotar() -> Iterator[int]:
    hechas = Avance.objects.terminados().filter(inscripcion=OuterRef("inscripcion"), unidad=OuterRef("unidad"))
    aprobados = Intento.objects.aprobados().filter(
        unidad__retirada_en__isnull=True,
        unidad__curso=F("inscripcion__curso"),
        inscripcion__retirada_en__isnull=True,
    )
    return numeros(aprobados.filter(~Exists(hechas)))
