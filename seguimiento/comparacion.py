"""Two sets of figures side by side: what changed, what one of them lacks, and what of it fits on a page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .cifras_de_cierre import DEL_TOTAL, NOMBRES, Datos

EN_LA_PAGINA = 60  # tables, or seats of a list


@dataclass(frozen=True)
class Cambio:
    """A figure in two sets of figures. ``antes`` or ``despues`` is None where it was not there."""

    nombre: str
    antes: int | None
    despues: int | None

    @property
    def diferencia(self) -> str:
        """«+3», «−2», «0»; nothing where one is missing."""
        if self.antes is None or self.despues is None:
            return ""
        cuanto = self.despues - self.antes
        return f"+{cuanto}" if cuanto > 0 else f"−{-cuanto}" if cuanto else "0"


@dataclass(frozen=True)
class Comparacion:
    """Two sets of figures: sums, tables, and the seats that were complete in one of them only."""

    total: list[Cambio]
    instancias: list[tuple[str, list[Cambio]]]
    dejaron: list[Datos]
    llegaron: list[Datos]
    solo_antes: list[str]  # tables that the other does not have: created, recoded or taken away in between
    solo_despues: list[str]
    con_otra_regla: bool = False  # what makes a seat complete changed in between
    no_caben: tuple[int, int, int] = (0, 0, 0)  # tables, and seats of each list, besides those that are here
    solo_cambios: bool = False  # whether the tables are only those of which something changed

    @property
    def iguales(self) -> bool:
        todos = [*self.total, *(cambio for _nombre, cambios in self.instancias for cambio in cambios)]
        return not (self.dejaron or self.llegaron) and all(uno.antes == uno.despues for uno in todos)


def comparar(antes: Datos, despues: Datos) -> Comparacion:
    """Put two sets of figures side by side. A table that one of them lacks is told, not counted as zero."""
    claves = ("asientos", "con_persona", "completos", "terminaron")
    unas, otras = _por_ubigeo(antes), _por_ubigeo(despues)
    filas = []
    for ubigeo in sorted({*unas, *otras}):
        una, otra = unas.get(ubigeo, {}), otras.get(ubigeo, {})
        nombre = (otra or una)["nombre"]
        filas.append((nombre, [Cambio(str(NOMBRES[c]), una.get(c), otra.get(c)) for c in claves]))
    completos_antes, completos_despues = _completos(antes), _completos(despues)
    return Comparacion(
        total=[
            Cambio(str(NOMBRES[clave]), antes["total"].get(clave), despues["total"].get(clave)) for clave in DEL_TOTAL
        ],
        instancias=filas,
        dejaron=[uno for pk, uno in completos_antes.items() if pk not in completos_despues],
        solo_antes=[_con_codigo(unas[uno]) for uno in sorted(unas.keys() - otras.keys())],
        solo_despues=[_con_codigo(otras[uno]) for uno in sorted(otras.keys() - unas.keys())],
        llegaron=[uno for pk, uno in completos_despues.items() if pk not in completos_antes],
        con_otra_regla=antes.get("solo_titulares", False) != despues.get("solo_titulares", False),
    )


def recortar(entera: Comparacion) -> Comparacion:
    """What fits on a page: of many tables, those of which something changed."""
    if max(map(len, (entera.instancias, entera.dejaron, entera.llegaron))) <= EN_LA_PAGINA:
        return entera
    cambian = [fila for fila in entera.instancias if any(uno.antes != uno.despues for uno in fila[1])]
    listas = (cambian, entera.dejaron, entera.llegaron)
    return replace(
        entera,
        instancias=cambian[:EN_LA_PAGINA],
        dejaron=entera.dejaron[:EN_LA_PAGINA],
        llegaron=entera.llegaron[:EN_LA_PAGINA],
        no_caben=tuple(max(len(una) - EN_LA_PAGINA, 0) for una in listas),  # type: ignore[arg-type]
        solo_cambios=True,
    )


def _con_codigo(fila: Datos) -> str:
    """A place that changed its code has the same name."""
    return _("%(nombre)s (%(ubigeo)s)") % fila


def _por_ubigeo(contadas: Datos) -> dict[str, Datos]:
    return {fila["ubigeo"]: fila for fila in contadas["instancias"] if fila["propia"] and fila["convocada"]}


def _completos(contadas: Datos) -> dict[int, Datos]:
    return {uno["asiento"]: uno for uno in contadas["asientos"] if uno["completo"]}
