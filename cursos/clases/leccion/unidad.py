"""What a lesson answers as a unit of a course."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cursos import tiempo
from cursos.clases import ClaseDeUnidad, Gasto, en_lista
from cursos.clases.base import MUCHAS
from cursos.consultas.contenido import renglones
from cursos.models import Leccion
from cursos.pasos import ids_de_pagina
from cursos.services.imagenes import preparar_versiones

from . import CLAVE, TEMA_DIFICIL
from .contenido import lineas_del_resumen
from .gasto import gasto_de
from .palabras import palabras_de

if TYPE_CHECKING:
    from cursos.consultas.temario import FilaDeTemario


class LeccionComoUnidad(ClaseDeUnidad):
    """The one that is numbered. With seats it is a route: read by who wants to, and never asked for."""

    clase = CLAVE
    nombre = gettext_lazy("Lección")
    plural = gettext_lazy("lecciones")
    se_numera = True
    por_pasos = True
    se_relee = True
    dice_su_clase = False
    va_en_la_hoja = True

    def modelo(self) -> type[Any]:
        return Leccion

    def paginas(self) -> Any:
        return super().paginas().prefetch_related("asientos")

    def publicada(self, *, pagina: Any, unidad: Any, ahora: Any) -> None:
        if pagina.live:
            preparar_versiones(pagina)

    def pasos(self, pagina: Any) -> int:
        return pagina.numero_de_pasos

    def ids_de_pasos(self, pagina: Any) -> list[str]:
        return ids_de_pagina(pagina.pasos.raw_data, con_aviso=pagina.tema_dificil)

    def segundos(self, pagina: Any) -> int:
        return tiempo.segundos_de_pasos(pagina.pasos.raw_data)

    def obligatoria(self, pagina: Any) -> bool:
        return not self.asientos(pagina)

    def asientos(self, pagina: Any) -> list[str]:
        return sorted(tipo.codigo for tipo in pagina.asientos.all())

    def variante(self, pagina: Any) -> str:
        return TEMA_DIFICIL if pagina.tema_dificil else ""

    def url(self, *, curso: int, numero: int) -> str:
        return reverse("kuska_cursos:unidad", args=[curso, numero])

    def url_para_seguir(self, *, curso: int, numero: int, paso: int) -> str:
        return reverse("kuska_cursos:paso", args=[curso, numero, max(paso, 1)])

    def gasto(self, *, fila: FilaDeTemario, curso: Any) -> Gasto:
        return gasto_de(unidad=fila.id, curso=curso)

    def hacia(self, fila: FilaDeTemario) -> str:
        return _("a la lección %(n)d") % {"n": fila.posicion} if fila.posicion else super().hacia(fila)

    def nombrar(self, filas: Sequence[FilaDeTemario]) -> str:
        if len(filas) > MUCHAS:
            return _("las %(n)d lecciones que faltan") % {"n": len(filas)}
        lista = en_lista(str(fila.posicion) if fila.posicion else f"«{fila.titulo}»" for fila in filas)
        return ngettext("la lección %(lecciones)s", "las lecciones %(lecciones)s", len(filas)) % {"lecciones": lista}

    def para_la_hoja(self, modulo: Any) -> Iterator[tuple[str, str, tuple[str, ...], list[int]]]:
        for pagina in self.modelo().objects.live().descendant_of(modulo):
            bloques = (bloque["value"] for bloque in pagina.pasos.raw_data if bloque["type"] == "cita")
            citados = [valor["articulo"] for valor in bloques if valor.get("articulo")]
            yield pagina.path, pagina.title, lineas_del_resumen(pagina) or renglones(pagina.sabe_ahora), citados

    def para_buscar(self, paginas: Collection[int]) -> Iterator[tuple[int, int, str, str]]:
        for leccion in Leccion.objects.live().filter(pk__in=paginas):
            yield from palabras_de(leccion)

    def hay_audio(self, paginas: Any) -> bool:
        lecciones = self.modelo().objects.filter(pk__in=paginas)
        return any(bloque["type"] == "audio" for leccion in lecciones for bloque in leccion.pasos.raw_data)
