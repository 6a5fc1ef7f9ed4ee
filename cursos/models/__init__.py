from .avance import Avance, Inscripcion
from .decision import DecisionDeRetiro
from .derecho import Articulo, Norma, RedaccionDeArticulo
from .duda import Duda, NotaDeLeccion
from .edicion import Edicion
from .encuentro import Encuentro
from .glosario import Termino
from .guia import Orientacion, QuienAtiende, TipoDeRelato
from .paginas import CatalogoDeCursos, Curso, Leccion, Modulo
from .paquete import Paquete
from .prorroga import Prorroga
from .unidad import RequisitoDeVersion, Unidad, VersionDeCurso

__all__ = [
    "Articulo",
    "Avance",
    "CatalogoDeCursos",
    "Curso",
    "DecisionDeRetiro",
    "Duda",
    "Edicion",
    "Encuentro",
    "Inscripcion",
    "Leccion",
    "Modulo",
    "Norma",
    "Orientacion",
    "NotaDeLeccion",
    "Paquete",
    "Prorroga",
    "QuienAtiende",
    "RedaccionDeArticulo",
    "RequisitoDeVersion",
    "Termino",
    "TipoDeRelato",
    "Unidad",
    "VersionDeCurso",
]
