"""What stops the start of a server, each in a sentence that says what to change. None tells the value of a key."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

DE_COLA = ("redis", "rediss", "redis+socket", "sentinel", "amqp", "amqps", "pyamqp")
DE_MEMORIA = ("redis", "rediss", "unix")
LARGO_DE_LA_CLAVE, LARGO_DE_LA_DE_COPIAS = 50, 12


def problemas_de(
    *,
    debug: bool,
    clave: str,
    dominios: Sequence[str],
    direccion: str,
    base: str,
    cola: str,
    memoria: str,
    recibos: Sequence[str],
    carpeta: str,
    interna: str,
    de_las_copias: str,
) -> list[str]:
    """Return what would put people at risk, or would fail only later, when somebody is already inside."""
    de_ejemplo = "prueba" in clave or "insecure" in clave
    suyo = urlsplit(direccion).hostname or ""
    casos = (
        (debug, "DEBUG está encendido; quítelo."),
        (
            len(clave) < LARGO_DE_LA_CLAVE or len(set(clave)) < 10 or de_ejemplo,
            "SECRET_KEY es corta o de ejemplo; genere una de 50 caracteres o más.",
        ),
        (not dominios or "*" in dominios, "ALLOWED_HOSTS debe nombrar los dominios del sitio, sin «*»."),
        (
            any(signo in uno for uno in dominios if not _es_numero_seis(uno) for signo in "/: "),
            "ALLOWED_HOSTS lleva solo dominios, sin https:// ni puerto: aula.example.org.",
        ),
        (not direccion.startswith("https://"), "KUSKA_URL debe empezar con https://."),
        (
            bool(dominios) and not any(_es_de(suyo, uno) for uno in dominios),
            f"KUSKA_URL dice «{suyo}», que no está en ALLOWED_HOSTS: nadie podría entrar por sus enlaces.",
        ),
        (base.endswith("sqlite3"), "DATABASE_URL debe ser de PostgreSQL en producción."),
        (
            cola.partition("://")[0] not in DE_COLA or "://" not in cola,
            "BROKER_URL debe nombrar Redis o RabbitMQ en producción: redis://… o amqp://….",
        ),
        (
            memoria.partition("://")[0] not in DE_MEMORIA or "://" not in memoria,
            "REDIS_URL debe nombrar el Redis que comparten los procesos, por ejemplo redis://servidor/1.",
        ),
        (
            not recibos,
            "KUSKA_LLAVES_DE_RECIBO está vacía; haga una llave con «manage.py llave_de_recibos» y guárdela.",
        ),
        (not carpeta.startswith("/"), "KUSKA_VAR debe ser una carpeta con su ruta entera, como /var/lib/kuska."),
        (bool(interna) and not interna.startswith("/"), "KUSKA_X_ACCEL debe empezar con «/», como /interno/."),
        (
            0 < len(de_las_copias) < LARGO_DE_LA_DE_COPIAS,
            "KUSKA_CLAVE_DE_RESPALDO tiene menos de 12 letras; con ella no se haría ninguna copia.",
        ),
    )
    return [frase for esta_mal, frase in casos if esta_mal]


def _es_numero_seis(dominio: str) -> bool:
    """Whether it is an address of IPv6, that Django reads in brackets and has colons of its own."""
    return dominio.startswith("[") and dominio.endswith("]")


def _es_de(nombre: str, dominio: str) -> bool:
    """Whether a name is of a domain, as Django reads those that begin with a dot."""
    dominio = dominio.lower()
    return nombre == dominio or (dominio.startswith(".") and (nombre.endswith(dominio) or nombre == dominio[1:]))
