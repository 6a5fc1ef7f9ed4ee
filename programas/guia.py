"""The pocket guide: read from its file, checked, put in the site, and back."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cursos.models import Articulo, Orientacion, QuienAtiende, TipoDeRelato
from cursos.models.guia import PASO
from cursos.services.permisos import asegurar_grupo_de_capacitadoras

from . import fichas
from .errores import ContenidoInvalido, Problema
from .glosario import CLAVE
from .mapeo import Mapeo
from .registro import Decision, Registro

ARCHIVO = "guia.yaml"
PREFIJO = "guia:"  # of what was loaded: keys of pages have none
PASOS = 3
ARTICULOS = (1, 2)


def leer(texto: str, archivo: str) -> fichas.Guia:
    """Return the guide of a file. Everything that is wrong is told."""
    mapeo = Mapeo.leer(texto, archivo)
    problemas: list[Problema] = []
    quienes = _leer_todos(mapeo.mapeos("quienes"), _quien, problemas)
    leidos = _leer_todos(mapeo.mapeos("relatos"), lambda uno: _relato(uno, problemas), problemas)
    mapeo.terminar()
    quienes = _en_su_lugar(quienes)
    relatos = _en_su_lugar(relato for relato, _respuestas in leidos)
    respuestas = tuple(una for _relato_leido, suyas in leidos for una in suyas)
    problemas += _repetidas(archivo, [*(uno.clave for uno in quienes), *(f"{uno.clave} (relato)" for uno in relatos)])
    problemas += _repetidas(archivo, [una.clave for una in respuestas])
    conocidos = {uno.clave for uno in quienes}
    for una in respuestas:
        if una.quien not in conocidos:
            mensaje = _("%(clave)s: «%(quien)s» no está en «quienes».") % {"clave": una.clave, "quien": una.quien}
            problemas.append(Problema(archivo, una.linea, mensaje))
    if problemas:
        raise ContenidoInvalido(problemas)
    return fichas.Guia(quienes, relatos, respuestas)


def _leer_todos(mapeos: list[Mapeo], como: Callable[[Mapeo], Any], problemas: list[Problema]) -> tuple[Any, ...]:
    leidos = []
    for uno in mapeos:
        try:
            leidos.append(como(uno))
        except ContenidoInvalido as error:
            problemas += error.problemas
    return tuple(leidos)


def _en_su_lugar(fichas_leidas: Iterable[Any]) -> tuple[Any, ...]:
    """The order of the file is that of the page."""
    return tuple(dataclasses.replace(una, orden=orden) for orden, una in enumerate(fichas_leidas))


def _clave(mapeo: Mapeo) -> str:
    mapeo.nombre = clave = mapeo.texto("clave", maximo=40)
    if not CLAVE.match(clave):
        raise mapeo.error(_("la clave solo lleva letras minúsculas, números y guiones."), "clave")
    return clave


def _quien(mapeo: Mapeo) -> fichas.QuienAtiende:
    clave = _clave(mapeo)
    quien = fichas.QuienAtiende(clave, mapeo.texto("nombre", maximo=60), archivo=mapeo.archivo, linea=mapeo.linea)
    mapeo.terminar()
    return quien


def _relato(mapeo: Mapeo, problemas: list[Problema]) -> tuple[fichas.TipoDeRelato, tuple[fichas.Orientacion, ...]]:
    clave = _clave(mapeo)
    relato = fichas.TipoDeRelato(
        clave=clave,
        nombre=mapeo.texto("nombre", maximo=60),
        diga=mapeo.texto("diga", maximo=PASO),
        no_diga=mapeo.texto("no_diga", maximo=PASO),
        archivo=mapeo.archivo,
        linea=mapeo.linea,
    )
    respuestas = _leer_todos(mapeo.mapeos("respuestas"), lambda una: _respuesta(una, clave), problemas)
    mapeo.terminar()
    return relato, respuestas


def _respuesta(mapeo: Mapeo, relato: str) -> fichas.Orientacion:
    quien = mapeo.texto("quien", maximo=40)
    mapeo.nombre = f"{relato}/{quien}"
    pasos, articulos = mapeo.textos("pasos"), mapeo.textos("articulos")
    if len(pasos) != PASOS or any(not 0 < len(paso) <= PASO for paso in pasos):
        datos = {"pasos": PASOS, "letras": PASO}
        raise mapeo.error(_("lleva %(pasos)d pasos, de hasta %(letras)d letras cada uno.") % datos, "pasos")
    if not ARTICULOS[0] <= len(articulos) <= ARTICULOS[1] or len(set(articulos)) != len(articulos):
        raise mapeo.error(_("se apoya en uno o dos artículos distintos."), "articulos")
    una = fichas.Orientacion(quien, relato, pasos, articulos, archivo=mapeo.archivo, linea=mapeo.linea)
    mapeo.terminar()
    return una


def _repetidas(archivo: str, claves: list[str]) -> Iterator[Problema]:
    for clave, veces in Counter(claves).items():
        if veces > 1:
            yield Problema(archivo, 0, _("la clave «%(clave)s» está dos veces.") % {"clave": clave})


def referencias(programa: fichas.Programa) -> Iterator[Problema]:
    """Return the answers that cite an article that is in no file."""
    articulos = set(programa.articulos())
    for una in programa.guia.orientaciones:
        for articulo in una.articulos:
            if articulo not in articulos:
                mensaje = _("%(clave)s: cita «%(articulo)s», que no está en normas.yaml.")
                yield Problema(una.archivo, una.linea, mensaje % {"clave": una.clave, "articulo": articulo})


def revisar(programa: fichas.Programa) -> Iterator[Problema]:
    """Return the answers that are missing: whoever hears it finds what to do, whoever they are."""
    guia = programa.guia
    hay = {(una.relato, una.quien) for una in guia.orientaciones}
    for relato in guia.relatos:
        for quien in guia.quienes:
            if (relato.clave, quien.clave) not in hay:
                mensaje = _("%(relato)s: falta la respuesta de «%(quien)s».")
                yield Problema(relato.archivo, relato.linea, mensaje % {"relato": relato.clave, "quien": quien.clave})


# --- Loading and exporting ------------------------------------------------------------------------------------------


def cargar(guia: fichas.Guia, registro: Registro) -> None:
    """Write what changed. What somebody corrected on the screens is kept while its file says the same."""
    if guia == fichas.Guia():
        return  # this programme brings none: that of the site stays
    quienes = {fila.clave: fila for fila in QuienAtiende.objects.all()}
    relatos = {fila.clave: fila for fila in TipoDeRelato.objects.all()}
    celdas = {leida.clave: fila for fila, leida in _orientaciones()}
    articulos = dict(Articulo.objects.values_list("clave", "pk"))

    def poner(clave: str, ficha: Any, fila: Any, leer_fila: Callable[[Any], Any]) -> Any:
        decision = registro.decidir(
            PREFIJO + clave, ficha, lambda: leer_fila(fila), existe=fila.pk is not None, borrador=False
        )
        if decision in {Decision.CREAR, Decision.CAMBIAR}:
            _escribir(fila, ficha, articulos)
            registro.resumen.guia += 1
        if decision in {Decision.CREAR, Decision.CAMBIAR, Decision.ANOTAR}:
            registro.anotar(PREFIJO + clave, ficha)
        return fila

    for quien in guia.quienes:
        fila = quienes.get(quien.clave) or QuienAtiende(clave=quien.clave)
        quienes[quien.clave] = poner(f"quien:{quien.clave}", quien, fila, leer_quien)
    for relato in guia.relatos:
        fila = relatos.get(relato.clave) or TipoDeRelato(clave=relato.clave)
        relatos[relato.clave] = poner(f"relato:{relato.clave}", relato, fila, leer_relato)
    for una in guia.orientaciones:
        celda = celdas.get(una.clave) or Orientacion(quien=quienes[una.quien], relato=relatos[una.relato])
        poner(una.clave, una, celda, leer_orientacion)
    _retirar(guia, registro)
    if registro.resumen.guia:
        asegurar_grupo_de_capacitadoras()  # who writes corrects it, also where the group was there before the guide


def _escribir(fila: Any, ficha: Any, articulos: dict[str, int]) -> None:
    if isinstance(ficha, fichas.Orientacion):
        fila.paso_1, fila.paso_2, fila.paso_3 = ficha.pasos
        fila.articulo_id = articulos[ficha.articulos[0]]
        fila.otro_articulo_id = articulos[ficha.articulos[1]] if len(ficha.articulos) > 1 else None
    else:
        fila.nombre, fila.orden = ficha.nombre, ficha.orden
        if isinstance(ficha, fichas.TipoDeRelato):
            fila.diga, fila.no_diga = ficha.diga, ficha.no_diga
    fila.save()


def _retirar(guia: fichas.Guia, registro: Registro) -> None:
    """Take out what left the file, unless somebody corrected it here: then it is theirs. Answers go first."""
    del_archivo = {PREFIJO + clave for clave in claves(guia)}
    de_aqui = {PREFIJO + leida.clave: (fila, leida) for fila, leida in _orientaciones()}
    de_aqui |= {f"{PREFIJO}relato:{fila.clave}": (fila, leer_relato(fila)) for fila in TipoDeRelato.objects.all()}
    de_aqui |= {f"{PREFIJO}quien:{fila.clave}": (fila, leer_quien(fila)) for fila in QuienAtiende.objects.all()}
    editada = False
    for clave, (fila, leida) in de_aqui.items():
        cargado = registro.filas.get(clave)
        if cargado is None or clave in del_archivo or cargado.retirado_en is not None:
            continue
        editada = editada or fichas.huella(leida) != cargado.huella
        if editada and not registro.sobrescribir:
            mensaje = _("  ! %(clave)s ya no está en el archivo y alguien lo editó aquí. No se tocó.")
            registro.avisar(mensaje % {"clave": clave})
            continue
        fila.delete()
        registro.resumen.retiradas.append(clave)
        cargado.retirado_en = registro.ahora
        cargado.save(update_fields=["retirado_en"])


def claves(guia: fichas.Guia) -> list[str]:
    """Return the keys under which what a guide says was loaded."""
    return [
        *(una.clave for una in guia.orientaciones),
        *(f"relato:{uno.clave}" for uno in guia.relatos),
        *(f"quien:{uno.clave}" for uno in guia.quienes),
    ]


def leer_quien(fila: QuienAtiende) -> fichas.QuienAtiende:
    return fichas.QuienAtiende(fila.clave, fila.nombre, fila.orden)


def leer_relato(fila: TipoDeRelato) -> fichas.TipoDeRelato:
    return fichas.TipoDeRelato(fila.clave, fila.nombre, fila.diga, fila.no_diga, fila.orden)


def leer_orientacion(fila: Orientacion) -> fichas.Orientacion:
    citados = tuple(articulo.clave for articulo in fila.articulos)
    return fichas.Orientacion(fila.quien.clave, fila.relato.clave, fila.pasos, citados)


def _orientaciones() -> list[tuple[Orientacion, fichas.Orientacion]]:
    filas = Orientacion.objects.select_related("quien", "relato", "articulo__norma", "otro_articulo__norma")
    return [(fila, leer_orientacion(fila)) for fila in filas]


def leer_guia() -> fichas.Guia:
    """Return the guide of this site as fichas, in its order."""
    return fichas.Guia(
        _en_su_lugar(leer_quien(fila) for fila in QuienAtiende.objects.all()),
        _en_su_lugar(leer_relato(fila) for fila in TipoDeRelato.objects.all()),
        tuple(leida for _fila, leida in _orientaciones()),
    )
