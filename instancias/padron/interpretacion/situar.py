"""Where a row sits: the level of its table, its territory, and the kind of seat. What is not certain is asked."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from marco.textos import normalizar

from ...models import Instancia, Territorio
from ...validators import son_numeros
from ..diccionario.asientos import NADA, es_solo_un_cargo
from ..diccionario.catalogo import Catalogo
from ..diccionario.claves import clave_de
from ..diccionario.lugares import Lugar
from ..diccionario.sinonimos import sinonimos
from ..lectura.supuestos import Supuestos
from .leida import FilaLeida

ESPACIOS, UN_CODIGO = re.compile(r"\s"), re.compile(r"[0-9]{4,6}")
DISTRITAL, PROVINCIAL = Instancia.Nivel.DISTRITAL.value, Instancia.Nivel.PROVINCIAL.value


def situar(fila: dict[str, Any], catalogo: Catalogo, esquema: str, leida: FilaLeida, supuestos: Supuestos) -> None:
    """Set level, territory and seat, or say what keeps them from being known."""
    visto = fila.get("instancia", "")
    if clave_de(visto) and clave_de(visto) not in sinonimos().niveles:
        frase = _("No se conoce la instancia «%(texto)s». Escriba «provincial» o «distrital».")
        leida.falla("instancia", "instancia_desconocida", frase % {"texto": visto[:40]}, leido=visto[:40])
        return
    provincia = _provincia(fila, catalogo, leida, supuestos)
    if provincia is None:
        return
    lugar = _lugar(fila, catalogo, esquema, leida, provincia)
    if lugar is None:
        return
    if not lugar.candidatos and not lugar.solo_provincia:
        lugar = _supuesto(catalogo, supuestos)
    asiento = fila.get("asiento", "")
    dice_donde = fila.get("institucion", "") if es_solo_un_cargo(asiento) else ""
    nivel = sinonimos().niveles.get(clave_de(visto), "") or _nivel(dice_donde or asiento, catalogo, lugar, supuestos)
    leida.territorio = _territorio(nivel, lugar, provincia, catalogo, leida)
    if leida.territorio:
        leida.nivel = nivel
        _asiento(fila, catalogo, leida)


def _provincia(fila: dict[str, Any], catalogo: Catalogo, leida: FilaLeida, supuestos: Supuestos) -> str | None:
    """The code of the province that the row names, or that was said of the list. None when it names one unknown."""
    texto = fila.get("provincia", "")
    if not normalizar(texto):
        return supuestos.provincia or supuestos.distrito[:4]
    nombradas = catalogo.lugares.provincia(texto)
    elegidas = nombradas if len(nombradas) == 1 else catalogo.al_alcance(nombradas)
    if len(elegidas) == 1:
        return elegidas[0].ubigeo
    frase = _("No se conoce la provincia «%(nombre)s». Revise cómo está escrita.") % {"nombre": texto[:40]}
    propuestas = [provincia.nombre for provincia in catalogo.provincias[:4]]
    leida.falla("provincia", "provincia_desconocida", frase, leido=texto, propuestas=propuestas)
    return None


def _lugar(fila: dict[str, Any], catalogo: Catalogo, esquema: str, leida: FilaLeida, provincia: str) -> Lugar | None:
    """What the cells of district and code say together; an empty place when they are empty. None when refused."""
    nombre, codigo = fila.get("distrito", ""), ESPACIOS.sub("", fila.get("ubigeo", ""))
    if not codigo and UN_CODIGO.fullmatch(nombre.replace(" ", "")):
        nombre, codigo = "", nombre.replace(" ", "")
    por_nombre = Lugar()
    if normalizar(nombre):
        por_nombre = _por_nombre(nombre, catalogo, provincia)
        if not por_nombre.solo_provincia and not (por_nombre.seguro or (codigo and por_nombre.candidatos)):
            _falla_el_distrito(nombre, por_nombre, catalogo, leida, provincia)
            return None
    if not codigo:
        return por_nombre
    territorio = _por_codigo(codigo, catalogo, esquema, leida, por_nombre, provincia)
    if territorio is None:
        return None
    if por_nombre.candidatos and territorio not in por_nombre.candidatos:
        frase = _(
            "El código %(codigo)s es de %(uno)s en %(esquema)s, pero la fila dice %(otro)s. Corrija uno de los dos."
        )
        frase %= {"codigo": codigo, "uno": territorio, "otro": por_nombre.candidatos[0], "esquema": esquema.upper()}
        leida.falla("ubigeo", "codigo_de_otro_distrito", frase, leido=codigo)
        return None
    if territorio.nivel != Territorio.Nivel.DISTRITO:
        return Lugar(provincia=territorio.ubigeo[:4], solo_provincia=True)
    return Lugar((territorio,), seguro=True)


def _por_nombre(nombre: str, catalogo: Catalogo, provincia: str) -> Lugar:
    if provincia:
        return catalogo.lugar(nombre, provincia)
    hallado = catalogo.lugar(nombre, catalogo.unica_provincia)
    if hallado.candidatos or hallado.solo_provincia or not catalogo.unica_provincia:
        dentro = catalogo.al_alcance(hallado.candidatos)
        return Lugar(dentro, seguro=True) if len(dentro) == 1 and _todas_son(hallado) else hallado
    return catalogo.lugar(nombre, "")  # elsewhere: whoever plans says that it is out of reach


def _todas_son(hallado: Lugar) -> bool:
    """Whether the text is the name of each candidate, and only the province decides among them."""
    return len({normalizar(t.nombre) for t in hallado.candidatos}) == 1


def _falla_el_distrito(nombre: str, lugar: Lugar, catalogo: Catalogo, leida: FilaLeida, provincia: str) -> None:
    lugares = catalogo.lugares
    if len(lugar.candidatos) > 1:
        frase = _("«%(nombre)s» puede ser más de un distrito: %(cuales)s. Diga cuál.")
        cuales = [lugares.como_se_dice(t) for t in lugar.candidatos[:4]]
        frase %= {"nombre": nombre[:40], "cuales": ", ".join(cuales)}
        leida.falla("distrito", "distrito_dudoso", frase, leido=nombre, propuestas=cuales)
        return
    fuera = lugares.buscar(nombre) if provincia else Lugar()
    if fuera.seguro and not lugar.candidatos and provincia in catalogo.por_ubigeo:
        frase = _("La provincia %(provincia)s no tiene el distrito «%(nombre)s». Corrija uno de los dos.")
        frase %= {"provincia": catalogo.por_ubigeo[provincia], "nombre": nombre[:40]}
        leida.falla("distrito", "distrito_de_otra_provincia", frase, leido=nombre)
        return
    frase = _("No se conoce el distrito «%(nombre)s». Revise cómo está escrito.") % {"nombre": nombre[:40]}
    prefijos = (provincia,) if provincia else catalogo.prefijos
    parecidos = [lugares.como_se_dice(t) for t in lugares.parecidos(nombre, provincia, prefijos)]
    leida.falla("distrito", "distrito_desconocido", frase, leido=nombre, propuestas=parecidos)


def _por_codigo(
    codigo: str, catalogo: Catalogo, esquema: str, leida: FilaLeida, por_nombre: Lugar, provincia: str
) -> Territorio | None:
    propio, ajeno, otro_esquema = catalogo.por_ubigeo, catalogo.por_reniec, "RENIEC"
    if esquema == "reniec":
        propio, ajeno, otro_esquema = catalogo.por_reniec, catalogo.por_ubigeo, "INEI"
    aqui, alla = propio.get(codigo), ajeno.get(codigo) or ajeno.get(f"0{codigo}")
    if aqui and (alla is None or alla == aqui or _se_confirma(aqui, alla, catalogo, por_nombre, provincia)):
        return aqui
    if alla and (aqui is None or _se_confirma(alla, aqui, catalogo, por_nombre, provincia)):
        frase = _(
            "El código %(codigo)s es de %(otro)s y la lista se subió con códigos de %(propio)s. "
            "Súbala eligiendo %(otro)s."
        )
        frase %= {"codigo": codigo, "otro": otro_esquema, "propio": esquema.upper()}
        en_el_propio = alla.codigo_reniec if esquema == "reniec" else alla.ubigeo
        leida.falla("ubigeo", "codigo_de_otro_esquema", frase, leido=codigo, propuestas=[en_el_propio])
    elif aqui and alla:
        cuales = [_con_su_provincia(t, catalogo) for t in (aqui, alla)]
        frase = _(
            "El código %(codigo)s es de %(aqui)s en %(propio)s y de %(alla)s en %(otro)s. "
            "Escriba el distrito con su provincia."
        )
        los_dos = {"aqui": cuales[0], "alla": cuales[1], "propio": esquema.upper(), "otro": otro_esquema}
        frase %= {"codigo": codigo, **los_dos}
        leida.falla("distrito", "codigo_dudoso", frase, leido=codigo, propuestas=cuales)
    elif f"0{codigo}" in propio:
        frase = _("Al código %(codigo)s le falta el cero del comienzo. Escriba la celda como texto.")
        leida.falla("ubigeo", "codigo_sin_cero", frase % {"codigo": codigo}, leido=codigo, propuestas=[f"0{codigo}"])
    else:
        frase = _("No se conoce el código de distrito «%(codigo)s».") % {"codigo": codigo}
        leida.falla("ubigeo", "codigo_desconocido", frase, leido=codigo)
    return None


def _se_confirma(este: Territorio, otro: Territorio, catalogo: Catalogo, por_nombre: Lugar, provincia: str) -> bool:
    """Whether the row, what was said of the list or the scope tell one of the two districts of a code."""
    if por_nombre.candidatos:
        return este in por_nombre.candidatos or otro not in por_nombre.candidatos
    dicha = provincia or por_nombre.provincia
    if dicha:
        return este.ubigeo.startswith(dicha)
    return bool(catalogo.prefijos) and catalogo.al_alcance((este, otro)) == (este,)


def _con_su_provincia(territorio: Territorio, catalogo: Catalogo) -> str:
    provincia = catalogo.por_ubigeo.get(territorio.ubigeo[:4])
    return f"{territorio.nombre} ({provincia.nombre})" if provincia else territorio.nombre


def _supuesto(catalogo: Catalogo, supuestos: Supuestos) -> Lugar:
    """The district of a row that says none: that of the whole list, or the only one where its bringer may act."""
    territorio = catalogo.por_ubigeo.get(supuestos.distrito)
    if territorio is None and not supuestos.provincia:
        territorio = catalogo.unico_distrito
    return Lugar((territorio,), seguro=True) if territorio else Lugar()


def _nivel(asiento: str, catalogo: Catalogo, lugar: Lugar, supuestos: Supuestos) -> str:
    """The level that the row does not say: that of the code of its seat, that of the list, that of its words."""
    if nivel := catalogo.asientos.nivel_del_codigo(asiento) or supuestos.nivel:
        return nivel
    if not lugar.candidatos and catalogo.asientos.buscar(asiento, PROVINCIAL).seguro:
        return DISTRITAL if catalogo.asientos.buscar(asiento, DISTRITAL).codigos else PROVINCIAL
    return DISTRITAL


def _territorio(nivel: str, lugar: Lugar, provincia: str, catalogo: Catalogo, leida: FilaLeida) -> str:
    distrito = lugar.candidatos[0] if lugar.candidatos else None
    if nivel == DISTRITAL:
        if distrito is None:
            leida.falla("distrito", "falta", _("Falta el distrito. Escriba su nombre o su código."))
        return distrito.ubigeo if distrito else ""
    if distrito:
        return distrito.ubigeo[:4]
    if elegida := lugar.provincia or provincia or catalogo.unica_provincia:
        return elegida
    frase = _("No se sabe de qué provincia es la instancia. Escriba la provincia en la fila.")
    leida.falla("provincia", "falta_la_provincia", frase, propuestas=[p.nombre for p in catalogo.provincias[:4]])
    return ""


def _asiento(fila: dict[str, Any], catalogo: Catalogo, leida: FilaLeida) -> None:
    texto, institucion = fila.get("asiento", ""), fila.get("institucion", "")
    hallado = catalogo.asiento(texto, leida.nivel, leida.territorio) if normalizar(texto) else NADA
    al_lado = NADA
    if not catalogo.asientos.se_basta(hallado, texto) and normalizar(institucion):
        al_lado = catalogo.asiento(institucion, leida.nivel, leida.territorio)
    if not normalizar(texto):
        propuestas = [catalogo.asientos.como_se_dice(codigo) for codigo in al_lado.codigos]
        leida.falla("asiento", "falta", _("Falta el asiento. Por ejemplo: IDC-03 o «PNP»."), propuestas=propuestas)
        return
    if catalogo.asientos.con_institucion(hallado, texto, al_lado):
        hallado = al_lado
        frase = _("«%(asiento)s» no dice de dónde: el asiento es el de su institución, «%(institucion)s».")
        leida.anota("asiento", frase % {"asiento": texto[:40], "institucion": institucion[:60]})
    if not hallado.seguro:
        solo_cargo = es_solo_un_cargo(texto) and bool(normalizar(institucion))
        # Of a post alone, what has to be known is the institution.
        dudoso, que_puede_ser = (institucion, al_lado) if solo_cargo else (texto, hallado)
        _falla_el_asiento(dudoso, que_puede_ser.codigos or al_lado.codigos[:1], que_puede_ser.codigos, catalogo, leida)
        return
    tipo = catalogo.asientos.tipos[hallado.codigos[0]]
    leida.tipo = tipo.codigo
    numero = fila.get("numero", "")
    if not numero:
        leida.numero = hallado.numero
    elif not son_numeros(numero) or not 1 <= int(numero) <= tipo.tope:
        frase = _("El asiento %(tipo)s llega hasta el número %(maximo)d; se leyó «%(numero)s».")
        frase %= {"tipo": tipo.corto, "maximo": tipo.tope, "numero": numero[:10]}
        leida.falla("numero", "numero_de_mas", frase, leido=numero[:10])
    else:
        leida.numero = int(numero)


def _falla_el_asiento(
    texto: str, probables: tuple[str, ...], codigos: tuple[str, ...], catalogo: Catalogo, leida: FilaLeida
) -> None:
    asientos = catalogo.asientos
    orden = dict.fromkeys((*probables, *asientos.parecidos(texto, leida.nivel)))
    propuestas = [asientos.como_se_dice(codigo) for codigo in orden]
    if len(codigos) > 1:
        frase = _("«%(asiento)s» puede ser más de un asiento: %(cuales)s. Diga cuál.")
        cuales = ", ".join(asientos.tipos[codigo].corto for codigo in codigos)
        frase %= {"asiento": texto[:60], "cuales": cuales}
        leida.falla("asiento", "asiento_dudoso", frase, leido=texto, propuestas=propuestas)
        return
    frase = _("La instancia %(nivel)s no tiene el asiento «%(asiento)s». Use el código o el nombre de la norma.")
    frase %= {"nivel": Instancia.Nivel(leida.nivel).label.lower(), "asiento": texto[:60]}
    leida.falla("asiento", "asiento_desconocido", frase, leido=texto, propuestas=propuestas)
