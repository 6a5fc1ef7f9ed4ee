"""What the trail says: who saw a person, what an account saw, and what is told to the person about themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import registry

from ..models import LineaDeRastro, Persona, Territorio

Acto, Papel = LineaDeRastro.Acto, LineaDeRastro.Papel
POR_PAGINA = 50
MAXIMO_DEL_ARCHIVO = 50_000

QUE_SE_HIZO = {
    Acto.VIO: gettext_lazy("Vio sus datos"),
    Acto.BUSCO: gettext_lazy("Le encontró en una búsqueda"),
    Acto.SACO: gettext_lazy("Descargó un archivo donde está usted"),
    Acto.CAMBIO: gettext_lazy("Cambió algo suyo"),
    Acto.NO_ENTRO: gettext_lazy("Alguien quiso entrar con su documento y no pudo"),
}
POR_QUE_SE_BUSCO = {
    "documento": gettext_lazy("por número de documento"),
    "celular": gettext_lazy("por celular"),
    "numero": gettext_lazy("por un número"),
    "palabras": gettext_lazy("por palabras"),
}
# The beginning of the name of a route, and where that is, in words. The longest one that fits.
LUGARES = {
    "kuska_instancias:persona": gettext_lazy("Datos de una persona"),
    "kuska_instancias:personas": gettext_lazy("Personas y asientos"),
    "kuska_instancias:unir": gettext_lazy("Posibles repetidas"),
    "kuska_instancias:repetidas": gettext_lazy("Posibles repetidas"),
    "kuska_instancias:relevo": gettext_lazy("Cambio de autoridades"),
    "kuska_instancias:padron": gettext_lazy("Una lista"),
    "kuska_instancias:invitar": gettext_lazy("Invitaciones"),
    "kuska_instancias:tarjetas": gettext_lazy("Tarjetas para entrar"),
    "kuska_instancias:pedido": gettext_lazy("Pedidos sobre datos"),
    "kuska_instancias:quien_vio": gettext_lazy("Quién vio qué"),
    "kuska_instancias:que_vio": gettext_lazy("Quién vio qué"),
    "kuska_instancias:entrar": gettext_lazy("La puerta"),
    "kuska_instancias:": gettext_lazy("Personas y asientos"),
    "kuska_cursos:duda": gettext_lazy("Dudas de las lecciones"),
    "cursos_duda": gettext_lazy("Dudas de las lecciones"),
    "cursos_quitar_nota": gettext_lazy("Dudas de las lecciones"),
    "kuska_certificados:": gettext_lazy("Certificados"),
    "kuska_seguimiento:persona": gettext_lazy("Avance de una persona"),
    "kuska_seguimiento:recordar": gettext_lazy("Por recordar"),
    "kuska_seguimiento:documento": gettext_lazy("Actas"),
    "kuska_seguimiento:avance": gettext_lazy("Archivo de avance"),
    "kuska_seguimiento:": gettext_lazy("Panel"),
    "wagtail": gettext_lazy("Administración del sitio"),
}


@dataclass(frozen=True)
class Renglon:
    """A line as a page shows it. ``cuenta``: who, for the administrator; ``quien``: as what, for the person."""

    linea: LineaDeRastro
    que: str
    quien: str
    donde: str

    @property
    def cuenta(self) -> str:
        cuenta = self.linea.cuenta if self.linea.cuenta_id else None
        return (cuenta.get_full_name().strip() or cuenta.get_username()) if cuenta else ""

    @property
    def detalle(self) -> str:
        """What kind of search, which change or which file, in words where there are."""
        dicho = self.linea.detalle
        if dicho in POR_QUE_SE_BUSCO:
            return str(POR_QUE_SE_BUSCO[dicho])
        return str(registry.get_action_label(dicho)) if registry.action_exists(dicho) else dicho.rpartition(".")[2]


@dataclass(frozen=True)
class Tramo:
    """Some lines, the last one first; ``antes``: the number to ask for those that go before, if there are more."""

    renglones: list[Renglon]
    antes: int | None


def numeros_de(pk: int) -> list[int]:
    """A person and the registers that are hidden behind them: a line stays with the number that it had."""
    return [pk, *Persona.objects.filter(absorbida_por=pk).values_list("pk", flat=True)]


def de_una_persona(pk: int) -> Any:
    """Everything about one person."""
    return LineaDeRastro.objects.de_personas(numeros_de(pk))


def sobre_mi(persona: Persona) -> Any:
    """What others did with the data of a person: what they did themselves is not news."""
    return de_una_persona(persona.pk).exclude(acto__in=[Acto.ENTRO, Acto.SALIO])


def de_una_cuenta(pk: Any) -> Any:
    """What an account did, a line a request."""
    return LineaDeRastro.objects.encabezados().filter(cuenta=pk)


def de_un_grupo(linea: LineaDeRastro) -> list[Persona]:
    """Whom a request was about: those who still have a register."""
    mismas = LineaDeRastro.objects.filter(referencia=linea.referencia, acto=linea.acto, detalle=linea.detalle)
    numeros = mismas.order_by("pk").values_list("persona", flat=True)[:POR_PAGINA]
    return list(Persona.objects.filter(pk__in=[numero for numero in numeros if numero]))


def tramo(lineas: Any, *, antes: int | None) -> Tramo:
    """The last lines before one, by its number: it costs the same however far back. Two statements."""
    if antes is not None:
        lineas = lineas.filter(pk__lt=antes)
    leidas = list(lineas.select_related("cuenta").order_by("-pk")[: POR_PAGINA + 1])
    renglones = list(en_palabras(leidas[:POR_PAGINA]))
    return Tramo(renglones, leidas[POR_PAGINA - 1].pk if len(leidas) > POR_PAGINA else None)


def en_palabras(lineas: Iterable[LineaDeRastro]) -> Iterator[Renglon]:
    lineas = list(lineas)
    lugares = dict(
        Territorio.objects.filter(ubigeo__in={una.lugar for una in lineas} - {""}).values_list("ubigeo", "nombre")
    )
    for linea in lineas:
        yield Renglon(linea, _que(linea), _quien(linea, lugares), donde_en_palabras(linea.pantalla))


def donde_en_palabras(pantalla: str) -> str:
    """Where, without the name of a route."""
    empieza = max((uno for uno in LUGARES if pantalla.startswith(uno)), key=len, default="")
    return str(LUGARES[empieza]) if empieza else str(_("El aula"))


def _que(linea: LineaDeRastro) -> str:
    dicho = str(QUE_SE_HIZO.get(Acto(linea.acto), linea.get_acto_display()))
    por = POR_QUE_SE_BUSCO.get(linea.detalle) if linea.acto == Acto.BUSCO else None
    return f"{dicho}, {por}" if por else dicho


def _quien(linea: LineaDeRastro, lugares: dict[str, str]) -> str:
    if linea.acto == Acto.NO_ENTRO:
        return str(_("No se sabe quién"))
    papel = str(linea.get_papel_display())
    if linea.papel == Papel.INTEGRANTE and linea.acto in LineaDeRastro.SOBRE_OTRA:
        # Written before what an office does without its request was told as of the office: lines do not change.
        papel = str(Papel.COORDINACION.label)
    if linea.papel == Papel.ADMINISTRACION:
        return papel
    return f"{papel}, {lugares[linea.lugar]}" if linea.lugar in lugares else papel
