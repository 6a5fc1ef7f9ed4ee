"""What a kind of unit answers. Whatever is not said here is the same for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import tiempo

if TYPE_CHECKING:
    from ..consultas.temario import FilaDeTemario, Temario
    from ..models import Inscripcion, Unidad

SEGUNDOS_DE_UNA = 5 * tiempo.SEGUNDOS_POR_MINUTO  # of a kind that does not measure itself
CADA_TANTO = 5_000  # bytes of somebody's data
MUCHAS = 7  # more than these are counted, not named

Texto = str | Promise


class Gasto(NamedTuple):
    """Bytes of somebody's data that a unit takes: what is read always, and what its pictures add when they load."""

    texto: int = 0
    imagenes: int = 0

    def dicho(self, *, ahorra: bool) -> tuple[int, int]:
        """Return what is told, by fives and upwards, and apart what pictures add where they wait to be asked for."""
        juntos = (self.texto, self.imagenes) if ahorra else (self.texto + self.imagenes, 0)
        texto, imagenes = (-(-uno // CADA_TANTO) * CADA_TANTO for uno in juntos)
        return texto, imagenes


class ClaseDeUnidad:
    """One kind of unit. ``clase``, ``nombre``, ``plural``, ``modelo`` and ``url`` must be given; the rest need not.

    ``pagina`` is always the specific page as published; ``fila``, its row of the outline of the course. ``curso`` and
    ``numero`` are the numbers of the direct address.
    """

    clase: ClassVar[str]
    nombre: ClassVar[Texto]  # «Lección»
    plural: ClassVar[Texto]  # «lecciones»

    se_numera: ClassVar[bool] = False  # «Lección 3»; else it is called by its title
    por_pasos: ClassVar[bool] = False  # done step by step: what is told of a person says the step
    la_esperan: ClassVar[bool] = True  # what closes a module or a course (a final) waits for it
    con_nota: ClassVar[bool] = False  # an exam: it has tries and a mark
    se_relee: ClassVar[bool] = False  # opens again after it is done, and after the last day
    dice_su_clase: ClassVar[bool] = True  # tables of the staff say what it is beside its title
    va_en_la_hoja: ClassVar[bool] = False  # the sheet of its module says something of it

    plantilla_de_fila: ClassVar[str] = (
        "kuska/cursos/fila.html"  # its row in the page of the course; ``uno`` is a FilaDeCurso
    )
    estados: ClassVar[Mapping[str, Texto]] = {}  # its own words: {"terminada": _("Asistió")}
    ya_no: ClassVar[Texto] = gettext_lazy("Ya no se puede hacer")  # of what was left undone on the last day

    # How a programme writes it in files: ``<prefijo>-1.yaml``, with the key, the title and these fields of the page.
    prefijo_de_archivo: ClassVar[str] = ""  # none: files cannot hold it, and whoever exports is told
    campos_de_archivo: ClassVar[tuple[str, ...]] = ()

    # --- The page ---------------------------------------------------------------------------------------------------

    def modelo(self) -> type[Any]:
        """Return the page class. Asked late: models may not be there yet."""
        raise NotImplementedError

    def paginas(self) -> Any:
        """Return the published pages, with what the other questions read of each."""
        return self.modelo().objects.live()

    def se_puede_hacer(self, pagina: Any) -> bool:
        """Return whether a published page has all it needs. One that has not is out of sight, as if unpublished."""
        return True

    def que_dependen(self, paginas: Collection[int]) -> list[Unidad]:
        """Return the units seen today, of other pages, that cannot be done without these."""
        return []

    def publicada(self, *, pagina: Any, unidad: Any, ahora: Any) -> None:
        """Do what the kind needs when its page is published, in the same transaction. ``unidad`` is up to date."""

    # --- What the unit keeps of its page ----------------------------------------------------------------------------

    def pasos(self, pagina: Any) -> int:
        """Return how many steps it has."""
        return 1

    def ids_de_pasos(self, pagina: Any) -> list[str]:
        """Return what each of its steps is known by, in order; none for what is not done step by step."""
        return []

    def segundos(self, pagina: Any) -> int:
        """Return how long it takes on the screen, as measured."""
        return SEGUNDOS_DE_UNA

    def obligatoria(self, pagina: Any) -> bool:
        """Return whether the course asks for it in order to finish."""
        return True

    def asientos(self, pagina: Any) -> list[str]:
        """Return the codes of the kinds of seat it is for; none is everybody."""
        return []

    def variante(self, pagina: Any) -> str:
        """Return the sort inside the kind, as the kind names it («modulo», «practica»)."""
        return ""

    # --- Where it is ------------------------------------------------------------------------------------------------

    def url(self, *, curso: int, numero: int) -> str:
        """Return the direct address where a person does this unit."""
        raise NotImplementedError

    def url_para_seguir(self, *, curso: int, numero: int, paso: int) -> str:
        """Return the address of where a person left it. ``paso`` is 0 when it was not begun."""
        return self.url(curso=curso, numero=numero)

    # --- In words ---------------------------------------------------------------------------------------------------

    def sustantivo(self, cuantas: int) -> str:
        """«lección», «lecciones»."""
        return str(self.nombre).lower() if cuantas == 1 else str(self.plural)

    def nombre_de(self, fila: FilaDeTemario) -> str:
        """«Lección 3», or the title of what is not numbered."""
        return f"{self.nombre} {fila.posicion}" if fila.posicion else fila.titulo

    def hacia(self, fila: FilaDeTemario) -> str:
        """Return the end of «Ir …»: «a la lección 4», or «a: Título»."""
        return _("a: %(titulo)s") % {"titulo": fila.titulo}

    def nombrar(self, filas: Sequence[FilaDeTemario]) -> str:
        """Return the end of «Se abre al terminar …»: «la lección 2», or titles. Too many are counted."""
        if len(filas) > MUCHAS:
            return _("%(n)d %(que)s que faltan") % {"n": len(filas), "que": self.sustantivo(len(filas))}
        return en_lista(f"«{fila.titulo}»" for fila in filas)

    def detalle(self, fila: FilaDeTemario) -> str:
        """Return what goes beside the title."""
        return _("%(n)d min") % {"n": fila.minutos}

    def gasto(self, *, fila: FilaDeTemario, curso: Any) -> Gasto:
        """Return what it takes of somebody's data, to be told before. Without bytes, nothing is said."""
        return Gasto()

    def estado_en_palabras(self, estado: str) -> str:
        """Return its own word for a state of a person in it, or nothing where the usual one will do."""
        return str(self.estados.get(estado, ""))

    def cierre_propio(self, *, fila: FilaDeTemario, inscripcion: Inscripcion) -> str | None:
        """Return why it is closed for a person when a day of theirs opens it, whatever becomes of the edition.

        Nothing when it is open; None, as of most kinds, when it is opened by what was done (``cierre``).
        """
        return None

    def cierre(self, *, fila: FilaDeTemario, temario: Temario, terminadas: Collection[int]) -> str:
        """Return why it cannot be opened yet, or nothing. ``terminadas``: ids of units done or not asked for."""
        return ""

    def impedimento(self, *, fila: FilaDeTemario, inscripcion: Inscripcion) -> str:
        """Return why a person cannot go on in what is open and at hand, in a sentence, or nothing.

        It is asked of the unit where «Continuar» leads, and of no other.
        """
        return ""

    # --- Elsewhere --------------------------------------------------------------------------------------------------

    def para_la_hoja(self, modulo: Any) -> Iterable[tuple[str, str, tuple[str, ...], list[int]]]:
        """Yield what the sheet of a module says of each of its pages: path, title, lines and ids of articles quoted."""
        return ()

    def fechas(self, paginas: Collection[int]) -> Iterable[tuple[int, date, time | None, str]]:
        """Yield when and where these pages take place: page, day, hour and place. What is done any day has none."""
        return ()

    def para_buscar(self, paginas: Collection[int]) -> Iterable[tuple[int, int, str, str]]:
        """Yield what a search looks into: page, number of the step, its title and its words. Never what answers."""
        return ()

    def hay_audio(self, paginas: Any) -> bool:
        """Return whether something sounds in these pages, given as a query of their ids."""
        return False


def en_lista(cosas: Iterable[str]) -> str:
    """«a», «a y b», «a, b y c»."""
    *primeras, ultima = cosas
    if not primeras:
        return ultima
    return _("%(primeras)s y %(ultima)s") % {"primeras": ", ".join(primeras), "ultima": ultima}
