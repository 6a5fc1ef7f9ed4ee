"""The words of an acta, from figures already counted. Names only when asked for, and of certificates only."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from certificados.models import Certificado
from evaluaciones.consultas.ganancia import MINIMO as MINIMO_DE_GANANCIA
from evaluaciones.consultas.ganancia import Ganancia, LoGanado
from evaluaciones.tandas import ultimo_dia

from . import mensajes, papel
from .consultas import lugares
from .consultas.ambito import Ambito
from .consultas.cifras import AsientoContado, Cifras
from .consultas.distritos import Instancia
from .consultas.lugares import ordenanza_de
from .consultas.pocos import MINIMO_DEL_GRUPO, cuales_se_dicen, se_dice
from .consultas.voces import ganancia_del, ganancia_por_lugar
from .papel import SIN_DATO, Seccion

ESQUEMA = 1
MAXIMO_DE_NOMBRES = 60  # on paper; the workbook has all of them
MAXIMO_DE_ASISTENTES = 40
MAXIMO_DEL_ACUERDO = 1500
MAXIMO_DE_NUMEROS = 900  # letters of the registry numbers
MAXIMO_DE_FILAS = 45
LINEAS_PARA_LLENAR = 6


@dataclass(frozen=True)
class Pedido:
    """What whoever asks for an acta adds to its figures. ``operacion`` makes asking twice be asking once."""

    operacion: uuid.UUID
    sesion: datetime.date | None = None
    acuerdo: str = ""
    asistentes: tuple[str, ...] = field(default=())
    con_nombres: bool = False


def escribir(
    *, ambito: Ambito, cifras: Cifras, certificados: Sequence[Certificado], pedido: Pedido, ganado: LoGanado
) -> dict[str, Any]:
    """Everything an acta keeps: ``cifras``, ``papel``, ``anexo`` (only in the workbook) and ``publico``."""
    principal = cifras.instancias[0] if ambito.instancia else _la_provincial(ambito, cifras)
    lugar = mensajes.nombre_de_la_instancia(principal) if principal else papel.lugar_de(ambito)
    titulo = _("Acta de avance de la capacitación")
    hoja = papel.comun(titulo=titulo, subtitulo=lugar, rotulo=_("Acta"), ahora=ambito.ahora)
    hoja["datos"] = _datos(ambito, pedido, principal)
    hoja["secciones"] = _secciones(ambito, cifras, certificados, pedido, principal, ganado)
    hoja["firmas"] = _firmas(principal)
    con_persona = sum(not uno.vacante for uno in cifras.asientos)
    asientos = {"con_persona": con_persona, "asientos": len(cifras.asientos)}
    linea = _("Asientos con persona: %(con_persona)d de %(asientos)d") % asientos
    return {
        "esquema": ESQUEMA,
        "cifras": {
            "lugar": lugar,
            "edicion": ambito.edicion.nombre if ambito.edicion else "",
            "al": ambito.dia.isoformat(),
            "con_nombres": pedido.con_nombres,
            **asientos,
        },
        "papel": hoja,
        "anexo": _anexo(certificados) if pedido.con_nombres else [],
        "publico": papel.publico(hoja, titulo=_("Acta de avance"), al=ambito.dia, lineas=[linea]),
    }


def _la_provincial(ambito: Ambito, cifras: Cifras) -> Instancia | None:
    """The table of the province that was asked for whole; of several places, none."""
    propias = [
        una for una in cifras.instancias if una.es_provincial and una.es_propia and una.ubigeo in ambito.prefijos
    ]
    return propias[0] if len(ambito.prefijos) == 1 and propias else None


def _datos(ambito: Ambito, pedido: Pedido, principal: Instancia | None) -> list[list[str]]:
    filas = [[_("Sesión del"), papel.dia_largo(pedido.sesion)]] if pedido.sesion else []
    curso = _("%(curso)s, %(edicion)s") % {"curso": ambito.edicion.curso, "edicion": ambito.edicion.nombre}
    filas += [
        [_("Curso"), curso],
        [_("Cifras al"), papel.dia_largo(ambito.dia)],
        [_("Según lo registrado hasta el"), papel.hora_larga(ambito.ahora)],
    ]
    if principal:
        filas.append([_("Ordenanza de creación"), ordenanza_de(principal.norma)])
    return filas


def _secciones(
    ambito: Ambito,
    cifras: Cifras,
    certificados: Sequence[Certificado],
    pedido: Pedido,
    principal: Instancia | None,
    ganado: LoGanado,
) -> list[Seccion]:
    secciones = [_asientos(principal, cifras.de(principal.ubigeo))] if principal else []
    if ambito.instancia:
        secciones.append(_personas(principal, ambito))
    else:
        secciones.append(_instancias(ambito, cifras))
    secciones += _aprendido(ambito, ganado)
    secciones.append(_certificados(cifras, certificados, pedido))
    if pedido.asistentes:
        nombres = [*pedido.asistentes, ""]
        pares = [nombres[lugar : lugar + 2] for lugar in range(0, len(nombres) - 1, 2)]
        columnas = [[_("Asistió"), 1, False], [_("Asistió"), 1, False]]
        secciones.append({"titulo": _("Asistencia"), "columnas": columnas, "filas": pares})
    acuerdo = [linea for linea in pedido.acuerdo.splitlines() if linea.strip()]
    secciones.append({"titulo": _("Acuerdos"), "parrafos": acuerdo, "lineas": 0 if acuerdo else LINEAS_PARA_LLENAR})
    return secciones


def _asientos(instancia: Instancia, asientos: list[AsientoContado]) -> Seccion:
    articulo = "107" if instancia.es_provincial else "109"
    normas = "; ".join(dict.fromkeys(asiento.norma for asiento in asientos))
    cubiertos = sum(not asiento.vacante for asiento in asientos)
    de_la_ley = _(
        "Asientos del artículo %(articulo)s del Reglamento de la Ley N.º 30364 (%(norma)s), como esta instancia los "
        "tiene registrados. Cada uno tiene titular y alterno (artículo %(articulo)s.2)."
    )
    cuenta = _("Con persona: %(n)d de %(m)d. Vacantes: %(v)d.")
    filas = [[uno.cita, uno.nombre, uno.institucion, _si(uno.titular), _si(uno.alterno)] for uno in asientos]
    return {
        "titulo": _("Asientos cubiertos y vacantes"),
        "parrafos": [
            de_la_ley % {"articulo": articulo, "norma": normas},
            cuenta % {"n": cubiertos, "m": len(asientos), "v": len(asientos) - cubiertos},
        ],
        "columnas": [
            [_("Artículo"), 11, False],
            [_("Asiento"), 34, False],
            [_("Institución"), 33, False],
            [_("Titular"), 11, False],
            [_("Alterno"), 11, False],
        ],
        "filas": filas,
    }


def _si(hay: bool) -> str:
    return _("Sí") if hay else _("Vacante")


def _personas(instancia: Instancia, ambito: Ambito) -> Seccion:
    """How many finished, as the sheet of the session says it: never a count that points at somebody."""
    frase = mensajes.personas_sin_nombre(instancia, **mensajes.como_esta(ambito))
    callado = _("Son menos de %(n)d integrantes: no se dice cuántos terminaron.") % {"n": MINIMO_DEL_GRUPO}
    return {"titulo": _("Integrantes que terminaron el curso"), "parrafos": [frase or callado]}


def _instancias(ambito: Ambito, cifras: Cifras) -> Seccion:
    """The tables one by one; where they are many, added up by province."""
    propias = [una for una in cifras.instancias if una.es_propia and una.convocada]
    total = cifras.total
    grupos = _por_provincia(propias) if len(propias) > MAXIMO_DE_FILAS else _una_por_una(propias, cifras)
    suma_dicha = se_dice(total.terminaron, total.integrantes)
    dichas = cuales_se_dicen([_cuantas(suyas) for _nombre, suyas, _vacantes in grupos], con_total=suma_dicha)
    filas = [_fila(*grupo, dicha=dicha) for grupo, dicha in zip(grupos, dichas, strict=True)]
    sin_persona = _("%(n)d vacantes") % {"n": total.sin_persona}
    ocupados = total.asientos - total.sin_persona
    suma = [_("Total"), total.asientos, ocupados, sin_persona]
    suma += [total.completos, _de(total.terminaron, total.integrantes)] if suma_dicha else [SIN_DATO] * 2
    nota = _(
        "Un asiento está completo %(cuando)s. En el total cada persona cuenta una vez. Donde dice «—» son tan pocas "
        "personas que la cifra señalaría a alguien."
    )
    return {
        "titulo": _("Avance por instancia"),
        "parrafos": [nota % {"cuando": papel.quien_completa(ambito)}],
        "columnas": [
            [_("Instancia"), 26, False],
            [_("Asientos"), 11, True],
            [_("Con persona"), 11, True],
            [_("Asientos vacantes"), 28, False],
            [_("Completos"), 12, True],
            [_("Terminaron"), 13, True],
        ],
        "filas": [*filas, suma],
    }


def _corto(instancia: Instancia) -> str:
    return _("Provincial") if instancia.es_provincial else instancia.nombre


def _cuantas(instancias: Sequence[Instancia]) -> tuple[int, int]:
    return sum(una.terminaron for una in instancias), sum(una.integrantes for una in instancias)


def _fila(nombre: str, instancias: Sequence[Instancia], vacantes: str, *, dicha: bool) -> list[Any]:
    exigidos, ocupados = sum(una.exigidos for una in instancias), sum(una.con_persona for una in instancias)
    fila = [nombre, exigidos, ocupados, vacantes or _("Ninguno")]
    if not dicha:
        return [*fila, SIN_DATO, SIN_DATO]
    return [*fila, sum(una.completos for una in instancias), _de(*_cuantas(instancias))]


def _una_por_una(instancias: Sequence[Instancia], cifras: Cifras) -> list[tuple[str, list[Instancia], str]]:
    return [(_corto(una), [una], papel.vacantes_en_palabras(cifras.de(una.ubigeo))) for una in instancias]


def _por_provincia(instancias: Sequence[Instancia]) -> list[tuple[str, list[Instancia], str]]:
    nombres = lugares.nombres()
    grupos: dict[str, list[Instancia]] = {}
    for una in instancias:
        grupos.setdefault(una.ubigeo[:4], []).append(una)
    return [
        (nombres.get(ubigeo, ubigeo), grupo, _("%(n)d vacantes") % {"n": sum(una.sin_persona for una in grupo)})
        for ubigeo, grupo in sorted(grupos.items())
    ]


def _de(parte: int, total: int) -> str:
    return _("%(n)d de %(m)d") % {"n": parte, "m": total}


def _aprendido(ambito: Ambito, ganado: LoGanado) -> list[Seccion]:
    """How much was learned, of whole lots of ten people; nothing where there is none (decision 28)."""
    suya = ganancia_del(ambito, ganado)
    if not suya.se_muestra:
        return []
    frase = _(
        "%(n)d personas respondieron la evaluación de entrada y la final. Acertaron, en promedio, %(antes)s de cada "
        "100 preguntas al empezar y %(despues)s al terminar: %(diferencia)s puntos de diferencia (intervalo de "
        "confianza del 95 %%: de %(desde)s a %(hasta)s). Entran las que respondieron hasta el %(dia)s, en grupos de "
        "%(minimo)d o más."
    )
    dia = papel.dia_largo(ultimo_dia(ambito.dia))
    parrafo = frase % {"n": suya.personas, "dia": dia, "minimo": MINIMO_DE_GANANCIA, **_en_numeros(suya)}
    filas = [] if ambito.instancia else ganancia_por_lugar(ambito, ganado)
    seccion: Seccion = {"titulo": _("Cuánto se aprendió"), "parrafos": [parrafo]}
    if filas:
        seccion["columnas"] = [
            [_("Lugar"), 30, False],
            [_("Personas"), 12, True],
            [_("Al empezar"), 14, True],
            [_("Al terminar"), 14, True],
            [_("Diferencia"), 30, True],
        ]
        diferencia = _("%(diferencia)s (de %(desde)s a %(hasta)s)")
        seccion["filas"] = [
            [una.nombre, una.ganancia.personas, dicha["antes"], dicha["despues"], diferencia % dicha]
            for una in filas[:MAXIMO_DE_FILAS]
            for dicha in [_en_numeros(una.ganancia)]
        ]
    return [seccion]


def _en_numeros(ganancia: Ganancia) -> dict[str, str]:
    return {  # rounded, as the page of results: to format a number cuts what does not fit
        "antes": floatformat(ganancia.entrada, 0),
        "despues": floatformat(ganancia.final, 0),
        "diferencia": floatformat(ganancia.diferencia, 1),
        "desde": floatformat(ganancia.desde, 1),
        "hasta": floatformat(ganancia.hasta, 1),
    }


def _certificados(cifras: Cifras, certificados: Sequence[Certificado], pedido: Pedido) -> Seccion:
    titulo = _("Certificados vigentes")
    if not pedido.con_nombres:
        return {"titulo": titulo, "parrafos": [_numeros(cifras, certificados)]}
    filas = _filas_con_nombre(certificados[:MAXIMO_DE_NOMBRES])
    parrafos = [_("Personas con certificado vigente: %(n)d.") % {"n": len(certificados)}]
    if len(certificados) > MAXIMO_DE_NOMBRES:
        mas = _("Aquí van los primeros %(n)d. La lista completa está en el libro de Excel de este mismo registro.")
        parrafos.append(mas % {"n": MAXIMO_DE_NOMBRES})
    return {"titulo": titulo, "parrafos": parrafos, "columnas": _columnas_con_nombre(), "filas": filas}


def _numeros(cifras: Cifras, certificados: Sequence[Certificado]) -> str:
    """The registry numbers, where how many they are points at nobody."""
    total, con = cifras.total.integrantes, len(certificados)
    if not con:
        return _("Todavía no hay.")
    if not se_dice(con, total):
        return _("Los números no se listan: son tan pocas personas que señalarían a alguien.")
    numeros = papel.por_rangos([(uno.anio, uno.numero) for uno in certificados])
    if len(numeros) > MAXIMO_DE_NUMEROS:
        return _("%(n)d certificados.") % {"n": con}
    return _("%(n)d certificados, con los registros N.º %(numeros)s.") % {"n": con, "numeros": numeros}


def _columnas_con_nombre() -> list[list[Any]]:
    return [[_("Registro"), 16, False], [_("Nombres y apellidos"), 44, False], [_("Asiento"), 40, False]]


def _filas_con_nombre(certificados: Sequence[Certificado]) -> list[list[str]]:
    """As each certificate prints it, not as the register says today."""
    return [[uno.registro, uno.datos["nombre"], uno.datos.get("asiento", "")] for uno in certificados]


def _anexo(certificados: Sequence[Certificado]) -> list[Seccion]:
    titulo = _("Lista de certificados")
    return [{"titulo": titulo, "columnas": _columnas_con_nombre(), "filas": _filas_con_nombre(certificados)}]


def _firmas(principal: Instancia | None) -> list[list[str]]:
    if principal is None:
        return [[_("Nombre y firma"), _("Por la entidad")], [_("Nombre y firma"), _("Por la entidad")]]
    articulo = "107" if principal.es_provincial else "109"
    preside = _("Preside la instancia (artículo %(articulo)s.1, numeral 1)") % {"articulo": articulo}
    secretaria = _("Secretaría técnica (artículo %(articulo)s.2)") % {"articulo": articulo}
    return [[_("Nombre y firma"), preside], [_("Nombre y firma"), secretaria]]
