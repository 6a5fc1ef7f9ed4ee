"""Which facts make each figure, for any day. Written here once: every page, list, file and sum of the panel asks here.

A figure is counted from facts that carry their date, up to the end of ``ambito.dia``: a seat when it was opened, a
membership its days, an enrolment when it was made, begun and finished, a certificate its acts. So the figure of a day
says the same on any later day. What is only known of today (last activity, who needs help) is not here.

``ruta`` is the path of the question to what the condition is about; ``insc`` is the enrolment joined by
``inscripcion_del_dia``. The words of each figure are in ``como_se_cuenta``, with these same names.
"""

from __future__ import annotations

import datetime

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from certificados.models import ActoDeCertificado, Certificado
from cursos.models import Inscripcion
from instancias.models import Asiento, Membresia, Persona, TipoDeAsiento
from instancias.querysets import bajo, vigente

from .ambito import Ambito

# -- seats


def exigido(ambito: Ambito, ruta: str) -> Q:
    """Condition «this seat counts»: it applies, its table exists, and the edition calls it."""
    condicion = Q(**{f"{ruta}estado": Asiento.Estado.EXIGIDO, f"{ruta}instancia__atendida_por__isnull": True})
    condicion &= bajo(ambito.convocados, f"{ruta}instancia__territorio__ubigeo")
    if ambito.instancia:
        condicion &= Q(**{f"{ruta}instancia__territorio_id": ambito.instancia})
    if ambito.edicion and ambito.edicion.con_tipos:
        condicion &= Q(**{f"{ruta}tipo__in": TipoDeAsiento.objects.filter(ediciones=ambito.edicion_id).values("pk")})
    return condicion


def abierto(ambito: Ambito, ruta: str) -> Q:
    """Condition «this seat was there»: opened by that day, or somebody had begun to hold it. Today, all of them."""
    if ambito.al is None:
        return Q()
    sin_fecha_o_antes = Q(**{f"{ruta}abierto_en__isnull": True}) | Q(**{f"{ruta}abierto_en__lt": ambito.corte})
    ocupado = Membresia.objects.de_algun_dia().filter(_de_aqui(ambito), desde__lte=ambito.dia)
    ocupado = ocupado.filter(asiento=OuterRef(f"{ruta}pk"))
    return sin_fecha_o_antes | Q(Exists(ocupado))


def _de_aqui(ambito: Ambito) -> Q:
    """Condition on a membership, in what is asked of each seat: where the database answers it for all seats at once, it
    reads the memberships of the scope and not those of a country."""
    return bajo(ambito.limites, "asiento__instancia__territorio__ubigeo")


def asientos_del(ambito: Ambito) -> QuerySet[Asiento]:
    """Seats that count."""
    return Asiento.objects.filter(exigido(ambito, ""), abierto(ambito, ""))


def en_funciones(ambito: Ambito, ruta: str) -> Q:
    """Condition on a membership: it is held on the day."""
    return vigente(ruta, ambito.dia)


def membresias_del(ambito: Ambito) -> QuerySet[Membresia]:
    """Who sits on the seats that count."""
    return Membresia.objects.filter(en_funciones(ambito, ""), exigido(ambito, "asiento__"), persona__activa=True)


def membresias_y_siguientes(ambito: Ambito) -> QuerySet[Membresia]:
    """The same, and who is registered to sit there from a later day: they are shown, and counted only then."""
    return Membresia.objects.sin_terminar(ambito.dia).filter(exigido(ambito, "asiento__"), persona__activa=True)


def membresias_de_un_asiento(ambito: Ambito, asiento: str) -> QuerySet[Membresia]:
    """Who sits on the seat of the outer question; ``asiento`` is the path to its key there."""
    suyas = Membresia.objects.filter(_de_aqui(ambito), en_funciones(ambito, ""), persona__activa=True)
    return suyas.filter(asiento=OuterRef(asiento))


def terminaron(ambito: Ambito) -> Q:
    """Condition on a membership: it completes its seat. Its person had finished the edition; whether an alterno is
    enough is a setting."""
    hechas = Inscripcion.objects.filter(edicion_id=ambito.edicion_id, terminada_en__lt=ambito.corte)
    return Q(Exists(hechas.filter(persona=OuterRef("persona_id")))) & quien_completa(ambito, "")


def quien_completa(ambito: Ambito, ruta: str) -> Q:
    """Condition on a membership: it is of those that complete a seat, once its person finishes."""
    return Q(**{f"{ruta}calidad": Membresia.Calidad.TITULAR}) if ambito.solo_titulares else Q()


# -- people


def personas_del(ambito: Ambito) -> QuerySet[Persona]:
    """People who sit on the seats that count, each once, with their enrolment as ``insc``."""
    sentadas = Membresia.objects.filter(en_funciones(ambito, ""), exigido(ambito, "asiento__"))
    return (
        Persona.objects.activas()
        .filter(pk__in=sentadas.values("persona_id"))
        .annotate(insc=inscripcion_del_dia(ambito, ""))
    )


def inscripcion_cuenta(ambito: Ambito, ruta: str) -> Q:
    """Condition on an enrolment of the edition: made by that day, and not withdrawn. Who finished stays finished."""
    corte = ambito.corte
    sigue = (
        Q(**{f"{ruta}retirada_en__isnull": True})
        | Q(**{f"{ruta}retirada_en__gte": corte})
        | Q(**{f"{ruta}terminada_en__lt": corte})
    )
    return Q(**{f"{ruta}edicion_id": ambito.edicion_id, f"{ruta}creada_en__lt": corte}) & sigue


def inscripcion_del_dia(ambito: Ambito, ruta: str) -> FilteredRelation:
    """The enrolment of the person in the edition, as of the day: at most one."""
    camino = f"{ruta}inscripciones"
    return FilteredRelation(camino, condition=inscripcion_cuenta(ambito, f"{camino}__"))


def inscritas() -> Q:
    return Q(insc__pk__isnull=False)


def termino(ambito: Ambito, ruta: str = "insc__") -> Q:
    """Everything that was asked is done, and it was by that day."""
    return Q(**{f"{ruta}terminada_en__lt": ambito.corte})


def sin_terminar(ambito: Ambito, ruta: str = "insc__") -> Q:
    return Q(**{f"{ruta}terminada_en__isnull": True}) | Q(**{f"{ruta}terminada_en__gte": ambito.corte})


def empezo(ambito: Ambito) -> Q:
    """Something of the course was opened by that day."""
    return Q(insc__iniciada_en__lt=ambito.corte)


def sin_empezar(ambito: Ambito) -> Q:
    """Nothing of the course was opened: not enrolled counts too."""
    return sin_terminar(ambito) & (Q(insc__iniciada_en__isnull=True) | Q(insc__iniciada_en__gte=ambito.corte))


def sigue_en_otra(ambito: Ambito, ruta: str = "insc__") -> Q:
    """Condition: began nothing here, because it is half way in another edition of the course that still takes it.

    There it goes on until its last day (``InscripcionQuerySet.por_vigencia``): nobody asks it to begin this one.
    """
    otras = Inscripcion.objects.filter(
        Q(terminada_en__isnull=True) | Q(terminada_en__gte=ambito.corte),
        Q(retirada_en__isnull=True) | Q(retirada_en__gte=ambito.corte),
        persona=OuterRef(f"{ruta}persona_id"),
        curso=OuterRef(f"{ruta}curso_id"),
        iniciada_en__lt=ambito.corte,
    )
    sin_abrir = Q(**{f"{ruta}iniciada_en__isnull": True}) | Q(**{f"{ruta}iniciada_en__gte": ambito.corte})
    return sin_abrir & Q(Exists(otras.a_tiempo(ambito.dia).exclude(edicion=ambito.edicion_id)))


def este_mes(ambito: Ambito) -> Q:
    """Finished in the month of the day, by that day."""
    return termino(ambito) & Q(insc__terminada_en__gte=ambito.inicio_de_mes)


def en_la_semana(ambito: Ambito) -> Q:
    """Finished in the seven days that end with the day."""
    return termino(ambito) & Q(insc__terminada_en__gte=ambito.corte - datetime.timedelta(days=7))


def certificados_vigentes(ambito: Ambito) -> QuerySet[Certificado]:
    """Certificates of the edition in force at the end of the day.

    Issued by then, neither annulled nor replaced yet; the one that replaces it counts from its own day.
    """
    reemplazado = ActoDeCertificado.objects.filter(
        certificado=OuterRef("pk"), acto=ActoDeCertificado.Acto.REEMPLAZAR, en__lt=ambito.corte
    )
    return Certificado.objects.filter(
        Q(anulado_en__isnull=True) | Q(anulado_en__gte=ambito.corte),
        ~Exists(reemplazado),
        edicion_id=ambito.edicion_id,
        emitido_en__lt=ambito.corte,
    )


def certificadas(ambito: Ambito) -> Q:
    """Condition on a person: a certificate of the edition was in force at the end of the day."""
    return Q(Exists(certificados_vigentes(ambito).order_by().filter(persona=OuterRef("pk"))))


# -- what was written down later


def supo_despues(ambito: Ambito) -> Q:
    """Condition on a membership held on the day: it was registered after that day, with its earlier date."""
    return Q(registrada_en__gte=ambito.corte)


def termino_y_se_supo_despues(ambito: Ambito) -> Q:
    """Finished by that day, and written down after it: an evaluation that was closed late, by its own limit."""
    return termino(ambito) & Q(insc__termino_anotado_en__gte=ambito.corte)


def salio_y_se_supo_despues(ambito: Ambito) -> Q:
    """Condition on a membership not held on the day: it was, until an end with an earlier date was registered later."""
    antes = Q(registrada_en__isnull=True) | Q(registrada_en__lt=ambito.corte)
    return antes & ~en_funciones(ambito, "") & Q(desde__lte=ambito.dia, cese_registrado_en__gte=ambito.corte)
