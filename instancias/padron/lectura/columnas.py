"""What a column says, by the words of its heading: «Escriba su número de DNI» is the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from marco.textos import normalizar

TITULAR, ALTERNO = "titular", "alterno"
PERSONAS = (TITULAR, ALTERNO)
# Of a person, in the order in which a list has them. What is of the seat is shared by its titular and its alterno.
DE_LA_PERSONA = (
    "documento",
    "tipo_de_documento",
    "nombres",
    "segundo_nombre",
    "apellidos",
    "apellido_paterno",
    "apellido_materno",
    "nombres_y_apellidos",
    "apellidos_y_nombres",
    "nombre_completo",
    "celular",
    "correo",
)
COMPLETOS = {"nombres_y_apellidos": "nombres", "apellidos_y_nombres": "apellidos", "nombre_completo": ""}
DEL_ASIENTO = (
    "asiento",
    "numero",
    "calidad",
    "institucion",
    "cargo",
    "distrito",
    "provincia",
    "ubigeo",
    "instancia",
    "designacion",
    "desde",
    "asiento_marcado",
    "calidad_marcada",
)
CLAVES = (*DE_LA_PERSONA, *DEL_ASIENTO)
# What may be once for each of two people side by side, without being of every one.
A_VECES_DE_CADA_UNO = ("cargo", "designacion", "desde")
NUMERACION = "numeracion"
MAXIMO_DE_TITULO = 160


@dataclass(frozen=True)
class Lectura:
    """The key of a column, of whom it is when two people share a row, and whether somebody should be asked."""

    clave: str = ""
    persona: str = ""
    segura: bool = True

    @property
    def valor(self) -> str:
        """As it is chosen in a form and remembered: «titular.documento», or nothing for a column that is not used."""
        return f"{self.persona}.{self.clave}" if self.persona else self.clave


def lectura_de(valor: str) -> Lectura:
    """Return what ``valor`` says; a column of no use for what is not known."""
    persona, _punto, clave = valor.rpartition(".")
    if clave not in CLAVES or persona not in ("", *PERSONAS):
        return SIN_USO
    return Lectura(clave, persona)


SIN_USO = Lectura()
DESCONOCIDA = Lectura(segura=False)

_DE_TITULAR = r"\b(?:titular|titulares|principal)\b"
_DE_ALTERNO = r"\b(?:altern[oa]s?|suplentes?|accesitari[oa]s?)\b"
# The first that is found decides. An empty key is of no use here, and nobody is asked about it.
_REGLAS: tuple[tuple[str, str], ...] = (
    ("", r"\b(?:marca temporal|timestamp|hora|nacimiento|nacid[oa]|edad|sexo|genero|firma|foto|puntuacion|huella)\b"),
    ("correo", r"\b(?:correos?|e ?mails?|mail|gmail)\b"),
    ("", r"\btelefono fijo\b|^(?:observacion(?:es)?|comentarios?|notas?|direccion|domicilio|departamento|region)\b"),
    ("", r"^(?:grado|profesion|ocupacion|estado civil)\b"),
    ("tipo_de_documento", r"\btipo (?:de )?(?:doc|documento|identidad)\b"),
    ("numero", r"\b(?:n|no|nro|num|numero) (?:de(?:l)? )?asiento\b"),
    ("ubigeo", r"\bubigeo\b|\bcod(?:igo)? (?:del? )?distrito\b"),
    ("desde", r"\b(?:fecha|fec|desde|a partir|vigencia|inicio)\b"),
    (
        "designacion",
        r"\b(?:resolucion|oficio|acreditacion|acredita|designacion|designa|memorando|memorandum|credencial|acta)\b",
    ),
    ("celular", r"\b(?:celular(?:es)?|telefonos?|fono|telf|tel|cel|movil|whatsapp|wsp|wasap|contacto)\b"),
    ("documento", r"\b(?:dni|cedula|carne|carnet|pasaporte|d ?n ?i)\b"),
    ("documento", r"\b(?:doc|documentos?)\b|\b(?:n|no|nro|numero) (?:de )?identidad\b|^c ?e$"),
    ("apellido_paterno", r"\b(?:apellidos?|ap|a|primer apellido) ?paterno\b|^paterno$|\bprimer apellido\b"),
    ("apellido_materno", r"\b(?:apellidos?|ap|a|segundo apellido) ?materno\b|^materno$|\bsegundo apellido\b"),
    ("cargo", r"\b(?:cargo|puesto|funcion)\b.*\b(?:institucion|entidad|organizacion)\b"),
    ("institucion", r"\b(?:institucion(?:es)?|entidad(?:es)?|organizacion(?:es)?|organismo|razon social)\b"),
    ("calidad", r"\b(?:condicion|calidad|titularidad)\b|^tipo$|\btipo de (?:miembro|integrante|representa\w+)\b"),
    ("asiento", r"\b(?:asiento|cargo|sector|estamento)\b|\brepresenta(?:cion)? (?:a|de|al|del)\b|^representacion$"),
    ("apellidos_y_nombres", r"\bapell?(?:idos?)?\b.*\bnombres?\b"),
    ("nombres_y_apellidos", r"\bnombres?\b.*\bapell?(?:idos?)?\b"),
    ("segundo_nombre", r"\bsegundo nombre\b"),
    ("nombre_completo", r"\bnombres? completos?\b"),
    ("nombres", r"\bnombres?\b|\bprenombres?\b"),
    ("apellidos", r"\bapellidos?\b"),
    ("distrito", r"\b(?:distritos?|ambito|lugar|jurisdiccion|localidad)\b"),
    ("provincia", r"\bprovincias?\b"),
    ("instancia", r"\b(?:instancia|nivel)\b"),
    (
        "nombre_completo",
        r"\b(?:representantes?|integrantes?|miembros?|participantes?|persona|designad[oa]|autoridad|responsable)\b",
    ),
)
_DUDOSAS = re.compile(
    r"^(?:representantes?|integrantes?|miembros?|participantes?|persona|autoridad|responsable|contacto)$"
)
_NUMERACION = re.compile(r"(?:n|no|nro|num|numero|item|orden|n de orden|nro de orden|numero de orden|nro orden|ord)")


def clave_de(titulo: str) -> Lectura:
    """Read a heading. Says ``segura=False`` where somebody should be asked."""
    palabras = normalizar(titulo[:MAXIMO_DE_TITULO])
    if not palabras:
        return Lectura(NUMERACION) if titulo.strip() == "#" else DESCONOCIDA
    if _NUMERACION.fullmatch(palabras):
        return Lectura(NUMERACION)
    titular, alterno = re.search(_DE_TITULAR, palabras), re.search(_DE_ALTERNO, palabras)
    if titular and alterno:
        return Lectura("calidad")
    persona = TITULAR if titular else ALTERNO if alterno else ""
    resto = re.sub(rf"{_DE_TITULAR}|{_DE_ALTERNO}", " ", palabras) if persona else palabras
    resto = re.sub(r"^(?:(?:del?|la|el|los|las|datos|miembros?|representantes?|a)\s+)+(?=\S)", "", resto.strip() + " ")
    resto = resto.strip() if resto.strip() not in {"", "a", "de", "del"} else ""
    if persona and not resto:
        return Lectura("nombre_completo", persona)
    for texto in dict.fromkeys((resto, palabras)):
        for clave, patron in _REGLAS:
            if re.search(patron, texto):
                return _con_persona(clave, persona, segura=bool(persona) or not _DUDOSAS.fullmatch(palabras))
    return Lectura("", persona, segura=False)


def _con_persona(clave: str, persona: str, *, segura: bool) -> Lectura:
    if clave not in DE_LA_PERSONA and clave not in A_VECES_DE_CADA_UNO:
        persona = ""
    return Lectura(clave, persona, segura)


def grupo_de(titulo: str) -> str:
    """Return of whom the columns under a heading of two lines are: «TITULAR», «DATOS DEL ALTERNO»."""
    lectura = clave_de(titulo)
    return lectura.persona


def por_contenido(valores: list[str]) -> str:
    """Guess what a column says by what it holds, to suggest it. Never used without asking."""
    llenos = [valor for valor in valores if valor][:50]
    if not llenos:
        return ""
    for clave, patron in _CONTENIDOS:
        if sum(bool(patron.fullmatch(valor)) for valor in llenos) * 10 >= 8 * len(llenos):
            return clave
    return ""


_CONTENIDOS = (
    ("celular", re.compile(r"(?:\+?51)?[\s-]*9\d{2}[\s-]?\d{3}[\s-]?\d{3}")),
    ("documento", re.compile(r"\d{7,8}")),
    ("correo", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    ("calidad", re.compile(r"(?:titular|altern[oa]|suplente|t|a)", re.IGNORECASE)),
    ("asiento", re.compile(r"I[DP]C[\s-]?\d{1,2}", re.IGNORECASE)),
    ("desde", re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")),
    ("institucion", re.compile(r".*\b(?:municipalidad|comisar|juzgado|subprefectura|puesto|centro|ugel).*", re.I)),
    ("nombre_completo", re.compile(r"(?:[^\W\d_]+[.,]?[\s,]+){2,6}[^\W\d_]+")),
    ("apellidos", re.compile(r"[^\W\d_]+ [^\W\d_]+")),
)
