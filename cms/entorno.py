"""Read settings from environment variables, with clear errors."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# What a PostgreSQL address may ask of the connection. The rest is ours: see OPTIONS below.
PARAMETROS_DE_POSTGRES = {
    "application_name",
    "channel_binding",
    "connect_timeout",
    "gssencmode",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "passfile",
    "require_auth",
    "sslcert",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "ssl_min_protocol_version",
    "target_session_attrs",
    "tcp_user_timeout",
}


def texto(nombre: str, por_defecto: str | None = None) -> str:
    """Return the variable; raise ImproperlyConfigured when it is missing and has no default."""
    valor = os.environ.get(nombre, por_defecto)
    if valor is None or valor == "":
        if por_defecto is not None:
            return por_defecto
        raise ImproperlyConfigured(f"Falta la variable de entorno {nombre}.")
    return valor


def lista(nombre: str, por_defecto: str = "") -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [parte.strip() for parte in os.environ.get(nombre, por_defecto).split(",") if parte.strip()]


def booleano(nombre: str, *, por_defecto: bool = False) -> bool:
    """Return a yes/no variable; raise ImproperlyConfigured on any other word."""
    valor = os.environ.get(nombre, "").strip().lower()
    if not valor:
        return por_defecto
    if valor in {"1", "true", "si", "sí", "yes", "on"}:
        return True
    if valor in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{nombre} debe ser 1 o 0, y se leyó «{valor}».")


def entero(nombre: str, por_defecto: int, *, desde: int = 0, hasta: int = 1_000_000_000) -> int:
    """Return an integer variable; raise ImproperlyConfigured when it is not one, or is not between these."""
    valor = os.environ.get(nombre, "").strip()
    if not valor:
        return por_defecto
    if not (valor.isascii() and valor.isdigit() and len(valor) < 12):
        raise ImproperlyConfigured(f"{nombre} debe ser un número entero, y se leyó «{valor}».")
    if not desde <= int(valor) <= hasta:
        raise ImproperlyConfigured(f"{nombre} va de {desde} a {hasta}, y se leyó «{valor}».")
    return int(valor)


def direccion(nombre: str, por_defecto: str | None = None) -> str:
    """Return the address of a site, that links carry: with http or https and a name, and nothing behind it."""
    valor = texto(nombre, por_defecto).rstrip("/")
    try:
        partes = urlsplit(valor)
        bien = partes.scheme in {"http", "https"} and partes.hostname and (partes.port or True)
    except ValueError:
        bien = False
    if not bien or partes.path or partes.query or partes.fragment or partes.username:
        raise ImproperlyConfigured(
            f"{nombre} debe ser la dirección del sitio, como https://aula.example.org, y se leyó «{valor}»."
        )
    return valor


def conexiones() -> int:
    """How many connections each process may hold: the server has a hundred for all of them."""
    return entero("KUSKA_CONEXIONES", 4, desde=1, hasta=50)


def base_de_datos(url: str) -> dict:
    """Turn ``sqlite:///path`` or ``postgres://user:key@host:port/name?sslmode=require`` into a Django database entry.

    What comes after ``?`` is obeyed or refused: a connection that asked for encryption never goes without it.
    SQLite runs in WAL with IMMEDIATE transactions and synchronous=FULL: what a person is told is saved, is on disk.
    """
    try:
        partes = urlsplit(url)
        puerto = partes.port
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL no se entiende. Se escribe postgres://usuario:clave@servidor:puerto/nombre; los signos de la "
            "clave, con %: «/» es %2F, «@» es %40, «:» es %3A, «#» es %23."
        ) from None
    if partes.scheme == "sqlite":
        _parametros(partes.query, permitidos=set())
        return {
            "ENGINE": "cms.sqlite3",
            "NAME": unquote(partes.path[1:]) or ":memory:",
            # Each thread keeps its own: opening one, with what it says first, took a tenth of a page.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-20000;"
                ),
            },
        }
    if partes.scheme in {"postgres", "postgresql"}:
        consulta = _parametros(partes.query, permitidos=PARAMETROS_DE_POSTGRES | {"host"})
        servidor = consulta.pop("host", unquote(partes.hostname or ""))
        if not partes.path.strip("/"):
            raise ImproperlyConfigured("DATABASE_URL no dice el nombre de la base: postgres://usuario@servidor/nombre.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(partes.path[1:]),
            "USER": unquote(partes.username or ""),
            "PASSWORD": unquote(partes.password or ""),
            "HOST": servidor,
            "PORT": str(puerto or ""),
            # A server that started again closed what the pool keeps: whoever takes one first sees that it lives.
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                **consulta,
                # A thread holds one at a time: more of them than threads would only take those of others.
                "pool": {"min_size": 1, "max_size": conexiones(), "timeout": 10, "connection_class": _conexion()},
                # What pages ask again and again is planned once, the second time that it is asked (``marco.cursores``).
                "prepare_threshold": 1,
                # Compiling a statement takes longer than any of ours does: a panel of a country took twice as long.
                # What a page asks of is in memory: rows of a scope are found one by one, and those of others not read.
                "options": (
                    "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s -c jit=off"
                    # What is prepared is planned for any value, as it would be from its sixth time on: planning it
                    # again those five times, in each connection, took longer than answering.
                    " -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan"
                ),
            },
        }
    raise ImproperlyConfigured(f"No se reconoce la base de datos «{partes.scheme}»; use sqlite o postgres.")


def _conexion() -> Any:
    """Read only where there is PostgreSQL."""
    from cms.conexion import ConexionQueSeMira

    return ConexionQueSeMira


def en_cubo(cubo: str) -> dict[str, dict[str, Any]]:
    """Files of the site in an S3-compatible store: pictures and sounds, and apart from them certificates.

    Nobody reads them from there: they leave by our own addresses, once it is decided who gets them.
    """
    try:
        import storages  # noqa: F401
    except ImportError as error:
        raise ImproperlyConfigured(
            "KUSKA_S3_CUBO pide guardar los archivos fuera y falta su paquete: instale requirements-s3.txt."
        ) from error
    comun = {
        "bucket_name": cubo,
        "endpoint_url": texto("KUSKA_S3_DIRECCION", "") or None,
        "region_name": texto("KUSKA_S3_REGION", "") or None,
        "access_key": texto("KUSKA_S3_LLAVE"),
        "secret_key": texto("KUSKA_S3_SECRETO"),
        "default_acl": None,
        "file_overwrite": False,
        "addressing_style": "path",
    }
    return {
        nombre: {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**comun, "location": carpeta}}
        for nombre, carpeta in (("default", "media"), ("privado", "privado"))
    }


def _parametros(consulta: str, *, permitidos: set[str]) -> dict[str, str]:
    """Return what follows ``?``; raise ImproperlyConfigured, without its value, on what is not known."""
    pares = [par.partition("=") for par in consulta.split("&") if par]
    ajenos = sorted({nombre for nombre, igual, valor in pares if nombre not in permitidos or not valor})
    if ajenos:
        raise ImproperlyConfigured(f"DATABASE_URL tiene parámetros que no se reconocen: {', '.join(ajenos)}.")
    return {nombre: unquote(valor) for nombre, igual, valor in pares}
