"""What an acta, a closing and a trained instancia count: tables, sums, seats and certificates of a day.

A handful of statements for any number of people and rows. What they say is in ``definiciones``, as of every page.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, Q, QuerySet

from certificados.models import Certificado
from instancias.models import Membresia
from marco.de_estos import DeEstos

from . import definiciones as d
from . import distritos
from .ambito import Ambito
from .distritos import Instancia, Totales
from .instantanea import instantanea

Calidad = Membresia.Calidad


@dataclass(frozen=True)
class AsientoContado:
    """A required seat on the day: whether it has its two people, and whether one of them had finished."""

    id: int
    ubigeo: str
    codigo: str
    articulo: str
    numeral: str
    tipo: str
    corto: str
    sector: str
    preside: bool
    numero: int
    institucion: str
    norma: str
    titular: bool
    alterno: bool
    completo: bool

    @property
    def vacante(self) -> bool:
        return not self.titular and not self.alterno

    @property
    def cita(self) -> str:
        """The article that asks for it: «109.1.3»."""
        return ".".join(parte for parte in (self.articulo, self.numeral) if parte)

    @property
    def nombre(self) -> str:
        return f"{self.tipo} ({self.numero})" if self.numero > 1 else self.tipo

    @property
    def nombre_corto(self) -> str:
        return f"{self.corto} ({self.numero})" if self.numero > 1 else self.corto


@dataclass(frozen=True)
class Cifras:
    """Everything that a document of figures may say."""

    instancias: list[Instancia]
    total: Totales
    asientos: list[AsientoContado]

    def de(self, ubigeo: str) -> list[AsientoContado]:
        return [asiento for asiento in self.asientos if asiento.ubigeo == ubigeo]


@dataclass(frozen=True)
class PasosDeLaInstancia:
    """The people of a table, step by step; ``titulares`` and ``alternos`` are who finished in each quality."""

    inscritas: int = 0
    empezaron: int = 0
    certificadas: int = 0
    titulares: int = 0
    alternos: int = 0


def cifras_de(ambito: Ambito) -> Cifras:
    """Count the day, all of it in one look: nobody who writes meanwhile gets in by half. Four statements."""
    with instantanea():
        instancias = distritos.instancias(ambito)
        return Cifras(instancias, distritos.totales(ambito, instancias), asientos_contados(ambito))


def pasos_por_instancia(ambito: Ambito) -> dict[str, PasosDeLaInstancia]:
    """What ``distritos.instancias`` does not tell of each table. One statement."""
    termino = d.termino(ambito)
    filas = (
        distritos.sentadas(ambito)
        .values_list("membresias__asiento__instancia__territorio_id")
        .annotate(
            inscritas=distritos.distintas(d.inscritas()),
            empezaron=distritos.distintas(d.empezo(ambito)),
            certificadas=distritos.distintas(d.certificadas(ambito)),
            titulares=distritos.distintas(termino & Q(membresias__calidad=Calidad.TITULAR)),
            alternos=distritos.distintas(termino & Q(membresias__calidad=Calidad.ALTERNO)),
        )
    )
    return {ubigeo: PasosDeLaInstancia(*cuentas) for ubigeo, *cuentas in filas}


def asientos_contados(ambito: Ambito, *, despues: int = 0, maximo: int | None = None) -> list[AsientoContado]:
    """Return the required seats, by table and in legal order. One statement.

    With ``maximo``, so many of them after a number, in the order of their numbers: a page.
    """
    ocupa = d.membresias_de_un_asiento(ambito, "pk")
    filas = (
        d.asientos_del(ambito)
        .annotate(
            con_titular=Exists(ocupa.filter(calidad=Calidad.TITULAR)),
            con_alterno=Exists(ocupa.filter(calidad=Calidad.ALTERNO)),
            completo=Exists(ocupa.filter(d.terminaron(ambito))),
        )
        .order_by("instancia__territorio_id", "tipo__orden", "numero", "pk")
        .values_list(
            "pk",
            "instancia__territorio_id",
            "tipo__codigo",
            "tipo__articulo",
            "tipo__numeral",
            "tipo__nombre",
            "tipo__corto",
            "tipo__sector",
            "tipo__preside",
            "numero",
            "institucion__nombre",
            "tipo__version_de_norma",
            "con_titular",
            "con_alterno",
            "completo",
        )
    )
    if maximo is not None:
        filas = filas.filter(pk__gt=despues).order_by("pk")[:maximo]
    return [AsientoContado(*fila[:10], fila[10] or "", *fila[11:]) for fila in filas]


@dataclass(frozen=True)
class CertificadoDicho:
    """A certificate in force as a row of a file says it."""

    registro: str = ""
    clase: str = ""
    emitido_en: datetime.datetime | None = None
    horas: int | None = None
    modalidad: str = ""
    curso: str = ""
    entidad: str = ""


SIN_CERTIFICADO = CertificadoDicho()


def certificados_de_personas(ambito: Ambito, personas: Collection[int]) -> dict[int, CertificadoDicho]:
    """The certificate in force of each of these people. One statement."""
    clases = {clase: str(dicha) for clase, dicha in Certificado.Documento.choices}
    impresos = [f"datos__{campo}" for campo in ("horas", "modalidad", "curso", "entidad")]
    filas = d.certificados_vigentes(ambito).filter(DeEstos("persona_id", personas)).order_by()
    return {
        persona: CertificadoDicho(f"{numero:04d}-{anio}", clases[clase], emitido_en, horas, *(t or "" for t in textos))
        for persona, anio, numero, clase, emitido_en, horas, *textos in filas.values_list(
            "persona_id", "anio", "numero", "documento", "emitido_en", *impresos
        )
    }


def certificados_de(ambito: Ambito) -> QuerySet[Certificado]:
    """The certificates in force on the day, of who sat on the seats that count. In the order of their book."""
    gente = d.personas_del(ambito).order_by().values("pk")
    return d.certificados_vigentes(ambito).filter(persona__in=gente).order_by("anio", "numero")
