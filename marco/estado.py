"""How the service is, line by line: what each says, and what to do about it in a sentence. Nothing of anybody.

Rooms and hosts add theirs with the hook ``estado_del_aula``. The same lines are figures for a machine.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from .a_disco import sin_esperar_al_disco
from .espacio import medir
from .models import Comprobacion, CopiaDeRespaldo, Encargo, Latido
from .programa import version_del_programa
from .razones import razon_de
from .respaldo.al_dia import lo_ultimo
from .respaldo.estado import estado_de_las_copias
from .salud import migraciones_pendientes, se_guarda
from .servicio.estado import carpeta_del_servicio, leer
from .solo_lectura import A_MANO, por_que
from .tls import Visto, direccion

logger = logging.getLogger(__name__)
BIEN, MIRAR, MAL = "bien", "mirar", "mal"
PASMADO = datetime.timedelta(minutes=10)  # of the clock, and of work that waits
MUCHO = datetime.timedelta(hours=1)
DESFASE = datetime.timedelta(seconds=5)
DOS_DIAS = datetime.timedelta(hours=50)
VENCE_PRONTO, VENCE_YA = datetime.timedelta(days=20), datetime.timedelta(days=3)


@dataclass(frozen=True)
class LineaDeEstado:
    """``medidas`` are figures by name, as a machine that watches reads them."""

    clave: str
    nombre: str
    dice: str
    estado: str = BIEN
    que_hacer: str = ""
    medidas: dict[str, float] = field(default_factory=dict)


def lineas(*, ahora: datetime.datetime) -> list[LineaDeEstado]:
    """Every line. One that cannot be asked says so and does not take the others with it."""
    de_aqui: list[tuple[str, str, Callable[[datetime.datetime], LineaDeEstado]]] = [
        ("guardado", _("Guardar"), _guardado),
        ("espacio", _("Espacio en disco"), _espacio),
        ("corte_de_luz", _("Corte de luz"), _corte_de_luz),
        ("cola", _("Trabajos en espera"), _cola),
        ("reloj", _("Reloj"), _reloj),
        ("copias", _("Copia de respaldo"), _copias),
        ("comprobacion", _("Comprobación de lo guardado"), _comprobacion),
        ("version", _("Versión"), _version),
        ("migraciones", _("Cambios de la base"), _migraciones),
    ]
    dichas = [una for clave, nombre, dar in de_aqui for una in _sin_caer(clave, nombre, lambda d=dar: [d(ahora)])]
    dichas.extend(_sin_caer("copia_seguida", _("Copia de cada pocos minutos"), lambda: _seguida(ahora)))
    dichas.extend(_sin_caer("procesos", _("Procesos"), lambda: _procesos(ahora)))
    if direccion():
        dichas.extend(_sin_caer("tls", _("Certificado de la dirección (TLS)"), lambda: [_tls(ahora)]))
    for dar in hooks.get_hooks("estado_del_aula"):
        dichas.extend(_sin_caer(dar.__name__, _de_que_parte(dar), dar))
    return dichas


def medidas(*, ahora: datetime.datetime) -> dict[str, float]:
    """The figures of all of them, and how many are not well."""
    dichas = lineas(ahora=ahora)
    juntas = {nombre: cuanto for una in dichas for nombre, cuanto in una.medidas.items()}
    return {**juntas, "lineas_mal": sum(una.estado == MAL for una in dichas)}


def _sin_caer(clave: str, nombre: str, dar: Callable[[], Iterable[LineaDeEstado]]) -> list[LineaDeEstado]:
    try:
        return list(dar())
    except Exception as error:
        logger.exception("a line of the state could not be asked: %s", clave)
        dice = _("No se pudo saber. %(razon)s") % {"razon": razon_de(error)}
        que = _("Abra esta página otra vez en unos minutos. Si sigue igual, lea el registro del servidor y avise.")
        return [LineaDeEstado(clave, nombre, dice, MAL, que)]


def _de_que_parte(dar: Callable[[], Iterable[LineaDeEstado]]) -> str:
    """Of a line of another room, or of the site: how that part is called."""
    parte = apps.get_containing_app_config(dar.__module__)
    return _("Otra línea (%(parte)s)") % {"parte": parte.verbose_name} if parte else _("Otra línea")


def _guardado(_ahora: datetime.datetime) -> LineaDeEstado:
    nombre, motivo = _("Guardar"), por_que()
    if not se_guarda():
        que = _("Mire si la base está encendida y si algo la tiene tomada. Lo que la gente envíe no se guarda.")
        return LineaDeEstado("guardado", nombre, _("La base no deja escribir."), MAL, que, {"se_guarda": 0})
    if motivo:
        manual = motivo == A_MANO
        dice = _("El aula está en solo lectura.") if manual else _("El aula está en solo lectura por falta de espacio.")
        que = _("Cuando acabe, toque «Volver a guardar».") if manual else _("Libere espacio: vuelve a guardar sola.")
        return LineaDeEstado("guardado", nombre, dice, MIRAR if manual else MAL, que, {"se_guarda": 0})
    return LineaDeEstado("guardado", nombre, _("Lo que se envía se guarda."), medidas={"se_guarda": 1})


def _espacio(_ahora: datetime.datetime) -> LineaDeEstado:
    nombre, espacio = _("Espacio en disco"), medir()
    if espacio is None:
        return LineaDeEstado("espacio", nombre, _("Los archivos no están en un disco de esta máquina."))
    partes = {"libre": filesizeformat(espacio.libre), "total": filesizeformat(espacio.total)}
    dice = _("Quedan %(libre)s de %(total)s.") % partes
    medidas = {"disco_libre_bytes": float(espacio.libre), "disco_bytes": float(espacio.total)}
    if not espacio.alcanza:
        que = _("Libere espacio ahora: el aula no guarda nada. Empiece por las copias de respaldo viejas.")
        return LineaDeEstado("espacio", nombre, dice, MAL, que, medidas)
    if espacio.libre < espacio.total / 10:
        que = _("Queda menos de la décima parte. Libere espacio, o agrande el disco, esta semana.")
        return LineaDeEstado("espacio", nombre, dice, MIRAR, que, medidas)
    return LineaDeEstado("espacio", nombre, dice, medidas=medidas)


def _corte_de_luz(_ahora: datetime.datetime) -> LineaDeEstado:
    nombre, apagados = _("Corte de luz"), sin_esperar_al_disco()
    medidas = {"corte_de_luz_seguro": float(not apagados)}
    if not apagados:
        dice = _("La base espera al disco antes de decir que guardó.")
        return LineaDeEstado("corte_de_luz", nombre, dice, medidas=medidas)
    dice = _("La base no espera al disco: con un corte de luz se pierde lo que el aula dijo que guardó.")
    cuales = ", ".join(apagados)
    que = _("En postgresql.conf ponga en «on»: %(cuales)s, y reinicie PostgreSQL. Después haga una copia de respaldo.")
    if connection.vendor == "sqlite":
        que = _("Quite el cambio de %(cuales)s de los ajustes de la base y reinicie el servicio.")
    return LineaDeEstado("corte_de_luz", nombre, dice, MAL, que % {"cuales": cuales}, medidas)


def _cola(ahora: datetime.datetime) -> LineaDeEstado:
    pendiente, detenido = Q(detenido_en__isnull=True), Q(detenido_en__isnull=False)
    cuenta = Encargo.objects.aggregate(
        esperan=Count("pk", filter=pendiente),
        desde=Min("pedido_en", filter=pendiente),
        detenidos=Count("pk", filter=detenido),
    )
    edad = max(ahora - cuenta["desde"], datetime.timedelta()) if cuenta["desde"] else datetime.timedelta()
    medidas = {
        "encargos_pendientes": float(cuenta["esperan"]),
        "encargos_detenidos": float(cuenta["detenidos"]),
        "encargo_mas_antiguo_segundos": edad.total_seconds(),
    }
    dice = _("Nada espera.")
    if cuenta["esperan"]:
        dice = ngettext("Espera %(n)d trabajo", "Esperan %(n)d trabajos", cuenta["esperan"]) % {"n": cuenta["esperan"]}
        dice += _("; el más antiguo, desde hace %(rato)s.") % {"rato": _rato(edad)}
    estado, que = BIEN, ""
    if cuenta["esperan"] and por_que():
        estado = MIRAR
        que = _("No se hacen mientras el aula está en solo lectura: siguen solos cuando vuelva a guardar.")
    elif edad > PASMADO:
        estado = MAL if edad > MUCHO else MIRAR
        que = _("Nadie los está haciendo: reinicie el servicio, y mire otra vez en unos minutos.")
    if cuenta["detenidos"]:
        n = cuenta["detenidos"]
        dice += " " + ngettext("%(n)d se detuvo.", "%(n)d se detuvieron.", n) % {"n": n}
        estado = MAL if estado == MAL else MIRAR
        que = f"{que} {_('Lea abajo por qué se detuvo, corríjalo y toque «Volver a intentar».')}".strip()
    return LineaDeEstado("cola", _("Trabajos en espera"), dice, estado, que, medidas)


def _reloj(ahora: datetime.datetime) -> LineaDeEstado:
    nombre = _("Reloj")
    en = Latido.objects.filter(clave=Latido.RELOJ).values_list("en", flat=True).first()
    desfase = _desfase(ahora)
    medidas = {"reloj_desfase_segundos": desfase.total_seconds()}
    apagado = _(
        "Reinicie el servicio: sin el reloj y el trabajo de fondo nada se emite, ni se cierra, ni se copia solo."
    )
    if en is None:
        return LineaDeEstado("reloj", nombre, _("Todavía no dio señales."), MAL, apagado, medidas)
    edad = ahora - en
    medidas["reloj_segundos"] = edad.total_seconds()
    if edad < -DESFASE or abs(desfase) > DESFASE:
        dice = _("La hora de esta máquina no es la de antes, o no es la de la base.")
        que = _("Revise la hora del servidor (timedatectl). Nada se pierde: lo nuevo no queda antes que lo anterior.")
        return LineaDeEstado("reloj", nombre, dice, MAL, que, medidas)
    if edad > PASMADO:
        dice = _("Está quieto desde hace %(rato)s.") % {"rato": _rato(edad)}
        return LineaDeEstado("reloj", nombre, dice, MAL, apagado, medidas)
    return LineaDeEstado("reloj", nombre, _("Camina, y la hora es la de la base."), medidas=medidas)


def _desfase(ahora: datetime.datetime) -> datetime.timedelta:
    """How far this machine is from that of the database. A file has no clock of its own."""
    if connection.vendor == "sqlite":
        return datetime.timedelta()
    antes = timezone.now()
    de_la_base = Latido.objects.annotate(hora=Now()).values_list("hora", flat=True).first()
    return de_la_base - antes if de_la_base is not None and not connection.in_atomic_block else datetime.timedelta()


def _procesos(ahora: datetime.datetime) -> Iterator[LineaDeEstado]:
    """Of who serves itself («kuska servir»): whether each process is there, and the last that died. Else, nothing."""
    servicio = leer(carpeta_del_servicio())
    if servicio is None:
        return
    nombre, momento = _("Procesos"), ahora.timestamp()
    caidas, muertes = servicio.caidas(), sum(parte.muertes for parte in servicio.partes)
    medidas = {"procesos_caidos": float(len(caidas)), "procesos_muertes": float(muertes)}
    if not servicio.responde(momento):
        que = _("Reinicie el servicio: «sudo systemctl restart kuska».")
        yield LineaDeEstado("procesos", nombre, _("Quien los cuida no da señales."), MAL, que, medidas)
        return
    ultima = max(servicio.partes, key=lambda parte: parte.ultima_muerte)
    dice = ngettext("Está en pie %(n)d.", "Están en pie los %(n)d.", len(servicio.partes)) % {"n": len(servicio.partes)}
    if caidas:
        dice = _("Se cayó «%(cual)s»; se está levantando.") % {"cual": caidas[0].nombre}
    if caidas or momento - ultima.ultima_muerte < MUCHO.total_seconds():
        cuenta = {"cual": ultima.nombre, "n": ultima.muertes, "razon": ultima.como_murio()}
        dice += (
            ngettext(
                " «%(cual)s» se cayó %(n)d vez desde que se encendió (%(razon)s).",
                " «%(cual)s» se cayó %(n)d veces desde que se encendió (%(razon)s).",
                ultima.muertes,
            )
            % cuenta
        )
        que = _("Si se repite, lea en el registro del servidor por qué («died») y avise a quien da soporte.")
        estado = MIRAR
        if any(parte.en_bucle(momento) for parte in servicio.partes):
            que = _("No se levanta solo. Lea en el registro del servidor por qué («died») y avise a quien da soporte.")
            estado = MAL
        yield LineaDeEstado("procesos", nombre, dice, estado, que, medidas)
        return
    yield LineaDeEstado("procesos", nombre, dice, medidas=medidas)


def _tls(ahora: datetime.datetime) -> LineaDeEstado:
    """Until when browsers trust the address of the site, as the clock last saw it."""
    nombre, ultimo = _("Certificado de la dirección (TLS)"), Latido.objects.filter(clave=Latido.TLS).first()
    if ultimo is None or ultimo.visto.get("donde") != direccion():
        que = _("Se mira cada cuarto de hora. Si sigue así, mire qué dice «Reloj», en esta página.")
        return LineaDeEstado("tls", nombre, _("Todavía no se miró."), MIRAR, que)
    visto = Visto.de_datos(ultimo.visto)
    cuando = date_format(timezone.localtime(ultimo.en), "DATETIME_FORMAT")
    partes = {"donde": visto.donde, "falla": visto.falla, "cuando": cuando}
    if visto.falla:
        dice = _("No sirve para %(donde)s: %(falla)s (%(cuando)s).") % partes
        que = _("Los celulares no podrán entrar: renuévelo en el intermediario (nginx o Caddy) y reinícielo.")
        return LineaDeEstado("tls", nombre, dice, MAL, que, {"tls_dias": 0})
    if visto.hasta is None:
        dice = _("%(donde)s no responde desde esta máquina (%(cuando)s).") % partes
        que = _("Ábrala en un navegador y mire hasta cuándo vale. Si desde aquí nunca responde: KUSKA_MIRAR_TLS=no.")
        return LineaDeEstado("tls", nombre, dice, MIRAR, que)
    queda = visto.hasta - ahora
    medidas = {"tls_dias": max(queda.total_seconds(), 0.0) / 86400}
    hasta = timezone.localtime(visto.hasta)
    partes = {"dia": date_format(hasta, "DATE_FORMAT"), "hora": date_format(hasta, "TIME_FORMAT")}
    dice = _("Vale hasta el %(dia)s (%(hora)s).") % partes
    que = _("Renuévelo en el intermediario (nginx o Caddy): debería renovarse solo, treinta días antes.")
    estado = MAL if queda < VENCE_YA else MIRAR if queda < VENCE_PRONTO else BIEN
    return LineaDeEstado("tls", nombre, dice, estado, "" if estado == BIEN else que, medidas)


def _copias(ahora: datetime.datetime) -> LineaDeEstado:
    copias = estado_de_las_copias(ahora=ahora, cuenta_de="kuska_evaluaciones_respuesta", nombre=_("respuestas"))
    medidas = {"copias_bien": float(copias.bien)}
    if isinstance(copias.ultima, CopiaDeRespaldo):
        medidas["copia_segundos"] = (ahora - copias.ultima.hecha_en).total_seconds()
    estado = BIEN if copias.bien else MAL
    return LineaDeEstado("copias", _("Copia de respaldo"), copias.frase, estado, copias.que_hacer, medidas)


def _seguida(ahora: datetime.datetime) -> Iterator[LineaDeEstado]:
    if ultimo := lo_ultimo(ahora=ahora):
        nombre = _("Copia de cada pocos minutos")
        yield LineaDeEstado("copia_seguida", nombre, ultimo.frase, ultimo.estado, ultimo.que_hacer, ultimo.medidas)


def _comprobacion(ahora: datetime.datetime) -> LineaDeEstado:
    nombre, ultima = _("Comprobación de lo guardado"), Comprobacion.objects.first()
    if ultima is None:
        que = _("Toque «Comprobar ahora», o espere a la noche.")
        if por_que():  # the button is not there
            que = _("Espere a la noche, o toque «Comprobar ahora» cuando el aula guarde.")
        return LineaDeEstado("comprobacion", nombre, _("Todavía no se hizo."), MIRAR, que)
    cuando = {"cuando": date_format(timezone.localtime(ultima.terminada_en), "DATETIME_FORMAT"), "n": ultima.reglas}
    medidas = {
        "invariantes_rotas": float(ultima.rotas),
        "comprobacion_segundos": (ahora - ultima.terminada_en).total_seconds(),
    }
    if ultima.rotas:
        sin_saber = sum(bool(una["error"]) for una in ultima.resultados)
        partes = []
        if rotas := ultima.rotas - sin_saber:
            partes.append(ngettext("%(n)d regla no se cumple", "%(n)d reglas no se cumplen", rotas) % {"n": rotas})
        if sin_saber:
            no_se = ngettext("de %(n)d regla no se pudo saber", "de %(n)d reglas no se pudo saber", sin_saber)
            partes.append(no_se % {"n": sin_saber})
        dice = "; ".join(partes)
        dice = dice[0].upper() + dice[1:] + _(" (%(cuando)s).") % cuando
        que = _("Lea abajo cuáles y qué hacer con cada una.")
        return LineaDeEstado("comprobacion", nombre, dice, MAL, que, medidas)
    dice = _("Las %(n)d reglas se cumplen (%(cuando)s).") % cuando
    if ahora - ultima.terminada_en > DOS_DIAS:
        que = _("Hace más de dos días que no se comprueba: mire qué dice «Reloj», y toque «Comprobar ahora».")
        return LineaDeEstado("comprobacion", nombre, dice, MIRAR, que, medidas)
    return LineaDeEstado("comprobacion", nombre, dice, medidas=medidas)


def _version(_ahora: datetime.datetime) -> LineaDeEstado:
    base = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}.get(connection.vendor, connection.vendor)
    partes = {"version": version_del_programa(), "base": base, "perfil": _perfil()}
    return LineaDeEstado("version", _("Versión"), _("Kuska %(version)s, con %(base)s%(perfil)s.") % partes)


def _perfil() -> str:
    if connection.vendor != "sqlite" or not (archivo := Path(str(connection.settings_dict["NAME"]))).exists():
        return ""
    return f" ({filesizeformat(archivo.stat().st_size)})"


def _migraciones(_ahora: datetime.datetime) -> LineaDeEstado:
    nombre, faltan = _("Cambios de la base"), migraciones_pendientes()
    if not faltan:
        return LineaDeEstado("migraciones", nombre, _("Al día."), medidas={"migraciones_pendientes": 0})
    dice = ngettext("Falta aplicar %(n)d.", "Faltan aplicar %(n)d.", faltan) % {"n": faltan}
    que = _("Apague el servicio y escriba en el servidor «sudo aula actualizar»: antes hace una copia.")
    return LineaDeEstado("migraciones", nombre, dice, MAL, que, {"migraciones_pendientes": float(faltan)})


def _rato(edad: datetime.timedelta) -> str:
    ahora = timezone.now()
    if edad < datetime.timedelta(minutes=1):
        return _("menos de un minuto")
    return timesince(ahora - edad, ahora, depth=1)
