"""From a row of text to who sits where, or to a sentence that says what to mend. Asks nothing of the database."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ...models import Instancia, Membresia, Territorio, TipoDeAsiento
from ...validators import ES_FORMULA, son_numeros
from .lectura import MAXIMO_DE_CELDA, normalizar

CALIDADES = {
    "titular": Membresia.Calidad.TITULAR,
    "t": Membresia.Calidad.TITULAR,
    "principal": Membresia.Calidad.TITULAR,
    "alterno": Membresia.Calidad.ALTERNO,
    "alterna": Membresia.Calidad.ALTERNO,
    "alterno a": Membresia.Calidad.ALTERNO,
    "suplente": Membresia.Calidad.ALTERNO,
    "a": Membresia.Calidad.ALTERNO,
}
NIVELES = {
    "": None,
    "distrital": Instancia.Nivel.DISTRITAL,
    "idc": Instancia.Nivel.DISTRITAL,
    "instancia distrital": Instancia.Nivel.DISTRITAL,
    "provincial": Instancia.Nivel.PROVINCIAL,
    "ipc": Instancia.Nivel.PROVINCIAL,
    "instancia provincial": Instancia.Nivel.PROVINCIAL,
}


@dataclass
class FilaLeida:
    """A row understood: its values ready to be compared, and what is wrong or worth noting."""

    fila: int
    documento: str = ""
    nombres: str = ""
    apellidos: str = ""
    celular: str = ""
    territorio: str = ""
    tipo: str = ""
    numero: int | None = None
    calidad: str = ""
    institucion: str = ""
    designacion: str = ""
    desde: str = ""
    problemas: list[str] = field(default_factory=list)
    notas: list[str] = field(default_factory=list)


class Catalogo:
    """Territories and kinds of seat, by every way people write them. Made once for a whole sheet."""

    def __init__(self, territorios: Iterable[Territorio], tipos: Iterable[TipoDeAsiento]) -> None:
        self.por_ubigeo = {t.ubigeo: t for t in territorios}
        self.por_reniec = {t.codigo_reniec: t for t in self.por_ubigeo.values() if t.codigo_reniec}
        self.por_nombre: dict[str, Territorio] = {}
        for territorio in self.por_ubigeo.values():
            if territorio.nivel == Territorio.Nivel.DISTRITO:
                for nombre in (territorio.nombre, territorio.nombre_alterno):
                    if nombre:
                        self.por_nombre[normalizar(nombre)] = territorio
        self.provincias = [t for t in self.por_ubigeo.values() if t.nivel == Territorio.Nivel.PROVINCIA]
        self.tipos = list(tipos)
        self.tipo_por_codigo = {normalizar(t.codigo): t for t in self.tipos}

    def tipo(self, texto: str, nivel: str) -> TipoDeAsiento | None:
        """Find a kind of seat of this level by code, name or short name."""
        buscado = normalizar(texto)
        for tipo in self.tipos:
            nombres = {normalizar(tipo.codigo), normalizar(tipo.nombre), normalizar(tipo.corto)}
            if tipo.nivel == nivel and buscado in nombres:
                return tipo
        return None


def interpretar(*, fila: dict[str, Any], catalogo: Catalogo, esquema: str, hoy: datetime.date) -> FilaLeida:
    """Understand one row. Every problem is a full sentence with what was read and what to do."""
    leida = FilaLeida(fila=fila["fila"])
    if _rechaza_formulas(fila, leida):
        return leida
    _documento(fila.get("documento", ""), leida)
    nombres = _nombre(fila.get("nombres", ""), _("los nombres"), leida)
    leida.nombres = nombres[:1].upper() + nombres[1:]
    leida.apellidos = _nombre(fila.get("apellidos", ""), _("los apellidos"), leida)
    _celular(fila.get("celular", ""), leida)
    nivel = _territorio(fila, catalogo, esquema, leida)
    if nivel:
        _asiento(fila, catalogo, nivel, leida)
    _calidad(fila.get("calidad", ""), leida)
    leida.institucion = fila.get("institucion", "")[:160]
    leida.designacion = fila.get("designacion", "")[:120]
    _desde(fila.get("desde", ""), hoy, leida)
    return leida


def _rechaza_formulas(fila: dict[str, Any], leida: FilaLeida) -> bool:
    for clave, valor in fila.items():
        if clave == "fila" or not isinstance(valor, str):
            continue
        if ES_FORMULA.match(valor) and not (clave == "celular" and re.fullmatch(r"\+?[0-9\s()-]+", valor)):
            leida.problemas.append(
                _("La celda «%(valor)s» tiene una fórmula. Cópiela y péguela como valor.") % {"valor": valor[:40]}
            )
        elif len(valor) > MAXIMO_DE_CELDA:
            leida.problemas.append(
                _("El texto «%(valor)s…» es demasiado largo. Deje menos de 200 letras.") % {"valor": valor[:40]}
            )
    return bool(leida.problemas)


def _documento(texto: str, leida: FilaLeida) -> None:
    limpio = re.sub(r"[\s.\-']", "", texto)
    leida.documento = limpio[:12]
    if not limpio:
        leida.problemas.append(_("Falta el DNI. Escríbalo con sus 8 números."))
    elif not son_numeros(limpio):
        leida.problemas.append(
            _("El DNI tiene solo números, del 0 al 9; se leyó «%(dni)s». Escríbalo otra vez.") % {"dni": limpio[:20]}
        )
    elif len(limpio) == 7:
        leida.problemas.append(
            _("El DNI tiene 8 números y se leyeron 7: «%(dni)s». Si empieza con cero, escriba la celda como texto.")
            % {"dni": limpio}
        )
    elif len(limpio) != 8:
        leida.problemas.append(
            _("El DNI tiene 8 números y se leyeron %(n)d: «%(dni)s».") % {"n": len(limpio), "dni": limpio[:20]}
        )


def _nombre(texto: str, cual: str, leida: FilaLeida) -> str:
    limpio = texto.strip(" .,;")
    if not limpio:
        leida.problemas.append(_("Faltan %(cual)s.") % {"cual": cual})
        return ""
    if len(limpio) > 80 or re.search(r"\d|[<>{}]", limpio):
        leida.problemas.append(
            _("No se entienden %(cual)s: se leyó «%(texto)s».") % {"cual": cual, "texto": limpio[:40]}
        )
        return ""
    return _con_mayusculas(limpio) if limpio.isupper() or limpio.islower() else limpio


def _con_mayusculas(texto: str) -> str:
    """Write as in Spanish what came all in capitals or all in small letters: «Ana», «de la Cruz», «La Torre»."""
    palabras: list[str] = []
    for palabra in texto.lower().split():
        # An article is written small only after «de»: alone it begins the surname.
        es_particula = palabra in {"de", "del", "y"} or (palabra in {"la", "las", "los"} and palabras[-1:] == ["de"])
        palabras.append(palabra if es_particula else re.sub(r"[^\W_]+", lambda parte: parte[0].capitalize(), palabra))
    return " ".join(palabras)


def _celular(texto: str, leida: FilaLeida) -> None:
    numeros = "".join(letra for letra in texto if letra.isdigit())
    if numeros.startswith("51") and len(numeros) == 11:
        numeros = numeros[2:]
    if re.fullmatch(r"9[0-9]{8}", numeros):
        leida.celular = numeros
    elif numeros:
        leida.notas.append(
            _("El celular «%(texto)s» no tiene 9 números que empiecen con 9. Se guarda sin celular.")
            % {"texto": texto[:20]}
        )


def _territorio(fila: dict[str, Any], catalogo: Catalogo, esquema: str, leida: FilaLeida) -> str | None:
    """Set the territory of the table and return its level, or None when it could not be told."""
    texto_nivel = normalizar(fila.get("instancia", ""))
    asiento = normalizar(fila.get("asiento", ""))
    if texto_nivel not in NIVELES:
        leida.problemas.append(
            _("No se conoce la instancia «%(texto)s». Escriba «provincial» o «distrital».")
            % {"texto": fila.get("instancia", "")[:40]}
        )
        return None
    nivel = NIVELES[texto_nivel]
    if nivel is None:
        nivel = Instancia.Nivel.PROVINCIAL if asiento.startswith("ipc") else Instancia.Nivel.DISTRITAL
    distrito = _distrito(fila, catalogo, esquema, leida)
    if leida.problemas and distrito is None:
        return None
    if nivel == Instancia.Nivel.PROVINCIAL:
        ubigeo = distrito.ubigeo[:4] if distrito else (catalogo.provincias[0].ubigeo if catalogo.provincias else "")
        leida.territorio = ubigeo
    elif distrito is None:
        leida.problemas.append(_("Falta el distrito. Escriba su nombre o su código."))
        return None
    else:
        leida.territorio = distrito.ubigeo
    return nivel


def _distrito(fila: dict[str, Any], catalogo: Catalogo, esquema: str, leida: FilaLeida) -> Territorio | None:
    nombre, codigo = fila.get("distrito", ""), re.sub(r"\s", "", fila.get("ubigeo", ""))
    if re.fullmatch(r"[0-9]{4,6}", nombre.replace(" ", "")) and not codigo:
        nombre, codigo = "", nombre.replace(" ", "")
    por_nombre = catalogo.por_nombre.get(normalizar(nombre)) if nombre else None
    es_provincia = any(normalizar(nombre) == normalizar(p.nombre) for p in catalogo.provincias)
    if nombre and por_nombre is None and not es_provincia:
        leida.problemas.append(
            _("No se conoce el distrito «%(nombre)s». Revise cómo está escrito.") % {"nombre": nombre[:40]}
        )
        return None
    if not codigo:
        return por_nombre
    por_codigo = _por_codigo(codigo, catalogo, esquema, leida)
    if por_codigo and por_nombre and por_codigo != por_nombre:
        leida.problemas.append(
            _("El código %(codigo)s es de %(uno)s en %(esquema)s, pero la fila dice %(otro)s. Corrija uno de los dos.")
            % {"codigo": codigo, "uno": por_codigo, "otro": por_nombre, "esquema": esquema.upper()}
        )
        return None
    return por_codigo


def _por_codigo(codigo: str, catalogo: Catalogo, esquema: str, leida: FilaLeida) -> Territorio | None:
    propio, ajeno = catalogo.por_ubigeo, catalogo.por_reniec
    otro_esquema = "RENIEC"
    if esquema == "reniec":
        propio, ajeno, otro_esquema = catalogo.por_reniec, catalogo.por_ubigeo, "INEI"
    if codigo in propio:
        return propio[codigo]
    if codigo in ajeno or f"0{codigo}" in ajeno:
        leida.problemas.append(
            _(
                "El código %(codigo)s es de %(otro)s y la lista se subió con códigos de %(propio)s. "
                "Súbala eligiendo %(otro)s."
            )
            % {"codigo": codigo, "otro": otro_esquema, "propio": esquema.upper()}
        )
    elif f"0{codigo}" in propio:
        leida.problemas.append(
            _("Al código %(codigo)s le falta el cero del comienzo. Escriba la celda como texto.") % {"codigo": codigo}
        )
    else:
        leida.problemas.append(_("No se conoce el código de distrito «%(codigo)s».") % {"codigo": codigo})
    return None


def _asiento(fila: dict[str, Any], catalogo: Catalogo, nivel: str, leida: FilaLeida) -> None:
    texto = fila.get("asiento", "")
    tipo = catalogo.tipo(texto, nivel)
    if tipo is None:
        nombre_de_nivel = Instancia.Nivel(nivel).label.lower()
        if texto:
            leida.problemas.append(
                _("La instancia %(nivel)s no tiene el asiento «%(asiento)s». Use el código o el nombre de la norma.")
                % {"nivel": nombre_de_nivel, "asiento": texto[:60]}
            )
        else:
            leida.problemas.append(_("Falta el asiento. Por ejemplo: IDC-03 o «PNP»."))
        return
    leida.tipo = tipo.codigo
    numero = fila.get("numero", "")
    if numero:
        if not son_numeros(numero) or not 1 <= int(numero) <= tipo.tope:
            leida.problemas.append(
                _("El asiento %(tipo)s llega hasta el número %(maximo)d; se leyó «%(numero)s».")
                % {"tipo": tipo.corto, "maximo": tipo.tope, "numero": numero[:10]}
            )
            return
        leida.numero = int(numero)


def _calidad(texto: str, leida: FilaLeida) -> None:
    calidad = CALIDADES.get(normalizar(texto))
    if calidad is None:
        leida.problemas.append(_("La calidad es «titular» o «alterno»; se leyó «%(texto)s».") % {"texto": texto[:20]})
        return
    leida.calidad = calidad.value


def _desde(texto: str, hoy: datetime.date, leida: FilaLeida) -> None:
    leida.desde = hoy.isoformat()
    if not texto:
        return
    for formato in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y"):
        try:
            fecha = datetime.datetime.strptime(texto, formato).date()
        except ValueError:
            continue
        if datetime.date(2015, 11, 23) <= fecha <= hoy + datetime.timedelta(days=366):
            leida.desde = fecha.isoformat()
            return
    leida.problemas.append(_("No se entiende la fecha «%(texto)s». Escríbala así: 23/11/2026.") % {"texto": texto[:20]})
