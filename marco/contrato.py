"""What a site may write, fill or hear: its settings, hooks, signals and template blocks, in one list.

``docs/plugin.md`` tells the same to people, and a test compares both with the code. Nothing else reads a setting whose
name begins with ``KUSKA_``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Ajuste:
    """A setting of ours: its value when the site says nothing, what for, and the types that it takes."""

    nombre: str
    por_defecto: Any
    para: str
    tipos: tuple[type, ...] = (str,)


CARPETA = (str, Path, NoneType)
AJUSTES = {
    uno.nombre: uno
    for uno in (
        Ajuste("KUSKA_PROXIES", 0, "How many proxies of yours stand before the site.", (int,)),
        Ajuste("KUSKA_X_ACCEL", "", "Internal address with which the server in front gives files, once we let it."),
        Ajuste("KUSKA_URL_DEL_PERSONAL", "/panel", "Where staff start after the door."),
        Ajuste("KUSKA_SEGUNDO_FACTOR", True, "Whether a new site asks who works there for a second step.", (bool,)),
        Ajuste("KUSKA_PADRON_DE_EJEMPLO", "", "Static file, a sheet of invented people, that the import page offers."),
        Ajuste("KUSKA_OFICINA", "", "How the office that accompanies people is named, with its article."),
        Ajuste("KUSKA_PROGRAMA", None, "Folder of the programme, for the commands of «programas».", CARPETA),
        Ajuste("KUSKA_BANCO", None, "Folder or sealed file of the questions that are not in the programme.", CARPETA),
        Ajuste("KUSKA_LLAVE_DEL_BANCO", "", "Key that opens the sealed file of questions. From the environment."),
        Ajuste(
            "KUSKA_SOLO_CON_BANCO", False, "Whether what carries a mark is loaded only from a sealed bank.", (bool,)
        ),
        Ajuste(
            "KUSKA_LLAVES_DE_RECIBO", (), "Keys of the receipts: the first signs, the others verify.", (list, tuple)
        ),
        Ajuste("KUSKA_DISCO_MINIMO", 200, "Megabytes left on a disk under which the site only reads.", (int,)),
        Ajuste(
            "KUSKA_SENTENCIA_LENTA", 1000, "Milliseconds from which a statement is told in the log; 0: none.", (int,)
        ),
        Ajuste("KUSKA_LLAVE_DE_METRICAS", "", "Key with which a machine reads /metricas; without one it is not there."),
        Ajuste(
            "KUSKA_MIRAR_TLS", True, "Whether «Estado del aula» looks at the certificate of its own address.", (bool,)
        ),
        Ajuste(
            "KUSKA_AVISOS_A", (), "E-mails that are told when a line of «Estado del aula» is not well.", (list, tuple)
        ),
        Ajuste("KUSKA_CARPETA", None, "Folder where «kuska servir» keeps its turn, its state and its clock.", CARPETA),
        Ajuste("KUSKA_VOZ", None, "File of the words that this site does not use.", CARPETA),
        Ajuste(
            "KUSKA_RESPALDOS", None, "Folder of the copies, on a disk that is not the one of the database.", CARPETA
        ),
        Ajuste("KUSKA_CLAVE_DE_RESPALDO", "", "Passphrase of the copies, kept elsewhere too. From the environment."),
        Ajuste(
            "KUSKA_MINUTOS_ENTRE_COPIAS",
            None,
            "Minutes between the copies of the day; nothing: 10 on SQLite, 3 on PostgreSQL. 0: only that of the night.",
            (int, NoneType),
        ),
        Ajuste("KUSKA_CERTIFICADO", None, "File of the certificate that a new programme begins with.", CARPETA),
    )
}

# Of Django and Wagtail, that the rooms read as well.
DE_OTROS = {
    "AUTH_USER_MODEL": "Any user model with a key, permissions and «is_active».",
    "WAGTAIL_PAGE_MODEL": "The base page of the site, if it has its own: pages of the rooms inherit from it.",
    "LOGIN_URL": 'The door: "/entrar".',
    "LOGIN_REDIRECT_URL": 'Where a member starts: "/inicio".',
    "LOGOUT_REDIRECT_URL": "Where signing out leads; nothing: the home page.",
    "WAGTAILADMIN_BASE_URL": "Address of the site, in the links that people get and in the QR of a certificate.",
    "STORAGES": 'Its entry "privado" keeps certificates where no address serves them.',
    "MEDIA_URL": "Served by «cursos», that asks who takes the course.",
    "MEDIA_ROOT": "The private storage stays out of it; copies hold both.",
    "STATIC_ROOT": "The private storage stays out of it.",
    "SECRET_KEY": "Closes the secrets of second steps; change it with SECRET_KEY_FALLBACKS, or they are set again.",
    "SECRET_KEY_FALLBACKS": "Still open what former keys closed.",
    "LANGUAGE_CODE": "Language of a certificate.",
    "SESSION_COOKIE_NAME": "With the prefix «__Host-», the cookies of the way out take it too.",
    "AUTH_PASSWORD_VALIDATORS": "Holds the rule of keys, for the form of accounts and the commands.",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": "How many values a form takes: of how many seats a change goes along.",
    "SESSION_ENGINE": "Where sessions are kept, and those that ended are taken away from: in the database, or with it.",
    "CELERY_BEAT_SCHEDULE": "Holds the periodic tasks of the rooms.",
    "EMAIL_BACKEND": "Sends the links that go by e-mail; with that which sends nothing, they cannot be turned on.",
    "DEFAULT_FROM_EMAIL": "Sender of the links that go by e-mail; with that of Django, they cannot be turned on.",
}

# Former editions had them; now they would be written in vain.
DE_ANTES = {
    **dict.fromkeys(
        (
            "CURSOS_CATALOGODECURSOS_MODEL",
            "CURSOS_CURSO_MODEL",
            "CURSOS_MODULO_MODEL",
            "CURSOS_LECCION_MODEL",
            "EVALUACIONES_EVALUACION_MODEL",
        ),
        "Remove it: pages are no longer swapped one by one. They inherit from the base page of WAGTAIL_PAGE_MODEL.",
    ),
}


def valor(nombre: str) -> Any:
    """Return a setting of ours, or its default."""
    return getattr(settings, nombre, AJUSTES[nombre].por_defecto)


def segundo_factor_de_fabrica() -> bool:
    """Whether a new site begins asking for a second step; its own settings change it afterwards."""
    return bool(valor("KUSKA_SEGUNDO_FACTOR"))


# Wagtail hooks that the rooms ask for: what a function gets, and what it gives back.
GANCHOS = {
    "menu_del_aula": "request -> EntradaDeMenu or None: a line of the menu of members.",
    "menu_del_personal": "request -> EntradaDeMenu or None: a section of the staff pages.",
    "enlaces_de_ayuda": "request -> EntradaDeMenu or None: a link of «Ayuda».",
    "ayuda_sobre_los_datos": "request -> str: a sentence of «Ayuda» about what a page downloads.",
    "oficina_a_la_mano": "request -> object with nombre and contacto, or None: who helps this person.",
    "pagina_de_los_cursos": "() -> page: where a programme that is loaded puts its catalogue.",
    "al_terminar_una_leccion": "temario, fila, sigue -> {url, texto} or None: offered beside what follows a lesson.",
    "antes_de_guardar_un_modulo": "request, ModuloPorGuardar: somebody saves a module on the phone; what must, begins.",
    "paginas_para_guardar": "request, ModuloPorGuardar -> list of PaginaGuardada: what of it opens without signal.",
    "al_terminar_un_curso": "request, inscripcion -> {url, texto} or None: offered to who finished.",
    "al_pie_de_un_curso_terminado": "request, inscripcion -> {titulo, texto, cifra, aparte} or None: said at the end.",
    "avisos_del_aula": "request, curso -> list of {url, texto, enlace}: what happened by itself.",
    "en_que_descansa_un_asiento": "persons, since -> (model, {person: reason}): what an undone list leaves in place.",
    "parte_de_un_registro": "() -> list of Parte: what becomes of its rows when two registers of a person are one.",
    "apartado_de_una_persona": "() -> list of Apartado: what a copy of a person's data tells, and how it goes.",
    "datos_que_vencen": "() -> list of Vencimiento: data that are not evidence, and how they are taken away.",
    "lo_que_sobrevive": "() -> list of Recuerdo: what has to be known after a return to an older copy.",
    "copia_de_mis_datos": "request -> EntradaDeMenu: a form in which a person takes a copy of their data, by POST.",
    "avisos_de_la_persona": "request, person -> list of {url, texto, enlace}: what staff must know of their register.",
    "antes_de_servir": "() -> None: refuses, with a CommandError, to serve this database. Asked before it is touched.",
    "al_preparar_el_aula": "write -> None: puts what a new site has, each time that it is turned on.",
    "al_actualizar_el_aula": "write -> None: puts what an edition brings outside the database, once it is up to date.",
    "avisos_de_lo_terminado": "request, enrolments -> list of {url, texto, enlace}: what is asked after finishing.",
    "estado_del_aula": "() -> list of LineaDeEstado: how something of the service is, and what to do about it.",
    "invariantes": "() -> list of Invariante: what must always be true of what a room keeps.",
    "hay_avisos_del_aula": "(now) -> {name: expression}: whether there is one, as annotations of an enrolment.",
}

# Signals: what each tells. They are sent after the transaction is committed, but for the first and where it says so.
AVISOS = {
    "marco.signals.va_a_salir": "sender, cuenta: a session is about to end.",
    "instancias.signals.membresias_creadas": "sender, ids: people took seats.",
    "instancias.signals.asientos_deshechos": "sender, personas, desde, ahora: seats taken back; in its transaction.",
    "instancias.signals.integrante_entro": "sender, persona, anterior: a member signed in.",
    "instancias.signals.formulario_apartado": "sender, persona, enviado, ahora: a form came back. Returns what to say.",
    "cursos.signals.curso_terminado": "sender, inscripcion_id: the last required unit was done.",
    "certificados.signals.certificados_emitidos": "sender, certificados: these wait for their PDF.",
    "certificados.signals.cifras_congeladas": "sender, documentos: figures were frozen, and wait for their PDF.",
}

# Templates that a site fills or changes, and their blocks.
BLOQUES = {
    "kuska/base_del_sitio.html": ("titulo_entero", "cabeza", "cuerpo"),
    "kuska/base_minima.html": (
        "titulo_completo",
        "titulo",
        "meta",
        "estilos",
        "guiones",
        "clase",
        "cabecera",
        "menu",
        "senal",
        "clase_principal",
        "volver",
        "errores",
        "mensajes",
        "contenido",
        "boton_principal",
        "pie",
    ),
}
