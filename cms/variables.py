"""The variables of the environment, in one list: what each one is for, and in which way of serving it is asked for.

``docs/despliegue/variables.md`` is made from it (``manage.py variables --escribir``), and a test compares the list with
what the code reads. ``python -m cms.variables aula.example.org`` writes the file of a new server, with keys of its own.
"""

from __future__ import annotations

import base64
import datetime
import secrets
import sys
from dataclasses import dataclass

SERVIDOR, EMBEBIDO, AMBOS = "servidor", "una máquina", "los dos"


@dataclass(frozen=True)
class Variable:
    """A variable: where it counts, whether the start stops without it, and its value when it is not there."""

    nombre: str
    para: str
    donde: str = AMBOS
    obligatoria: bool = False
    si_falta: str = ""


VARIABLES = (
    Variable(
        "DJANGO_SETTINGS_MODULE",
        "Con qué ajustes: `cms.settings.production` (servidor) o `cms.settings.embebido`.",
        SERVIDOR,
        True,
    ),
    Variable(
        "SECRET_KEY",
        "Clave del sitio: 50 letras o más. Cierra sesiones y segundos pasos.",
        SERVIDOR,
        True,
        "la hace sola",
    ),
    Variable("SECRET_KEY_FALLBACKS", "Las claves de antes, por comas: abren lo que cerraron."),
    Variable(
        "ALLOWED_HOSTS", "Dominios del sitio, separados por comas.", SERVIDOR, True, "esta máquina y el de `KUSKA_URL`"
    ),
    Variable(
        "KUSKA_URL",
        "Dirección del sitio. La llevan los enlaces, los correos y los certificados.",
        AMBOS,
        True,
        "http://localhost:8000",
    ),
    Variable(
        "DATABASE_URL",
        "La base: `postgres://usuario:clave@servidor/nombre?sslmode=require`.",
        SERVIDOR,
        True,
        "SQLite en `KUSKA_VAR`",
    ),
    Variable(
        "BROKER_URL", "La cola: `redis://…` o `amqp://…` (RabbitMQ).", SERVIDOR, True, "una carpeta en `KUSKA_VAR`"
    ),
    Variable("REDIS_URL", "La memoria que comparten los procesos. Si se detiene, todo sigue.", SERVIDOR, True),
    Variable(
        "KUSKA_LLAVES_DE_RECIBO",
        "Llaves de los recibos, por comas: la primera firma, las demás verifican.",
        SERVIDOR,
        True,
        "la hace sola",
    ),
    Variable(
        "KUSKA_VAR",
        "Carpeta de los datos: base (si es SQLite), archivos, certificados.",
        si_falta="`var`, en el programa",
    ),
    Variable("KUSKA_CONEXIONES", "Conexiones a PostgreSQL de cada proceso.", SERVIDOR, si_falta="4"),
    Variable("WEB_CONCURRENCY", "Procesos de gunicorn.", SERVIDOR, si_falta="uno más que los núcleos, hasta 8"),
    Variable("KUSKA_PROXIES", "Cuántos intermediarios propios hay delante.", si_falta="1 con https, 0 sin él"),
    Variable("KUSKA_X_ACCEL", "Dirección interna con que nginx o Caddy dan fotos y audios (`/interno/`).", SERVIDOR),
    Variable("CSRF_TRUSTED_ORIGINS", "Otros orígenes de confianza, por comas. Casi nunca hace falta."),
    Variable("KUSKA_S3_CUBO", "Fotos, audios y certificados en un almacén S3: nombre del cubo.", SERVIDOR),
    Variable("KUSKA_S3_LLAVE", "Su llave. Con cubo, sin ella no enciende.", SERVIDOR),
    Variable("KUSKA_S3_SECRETO", "El secreto de esa llave. Con cubo, sin él no enciende.", SERVIDOR),
    Variable("KUSKA_S3_DIRECCION", "Dirección del almacén (MinIO, Ceph…).", SERVIDOR, si_falta="la de AWS"),
    Variable("KUSKA_S3_REGION", "Su región, si la tiene.", SERVIDOR),
    Variable("KUSKA_BANCO", "Carpeta o archivo sellado de las preguntas que certifican."),
    Variable("KUSKA_LLAVE_DEL_BANCO", "Llave de ese archivo."),
    Variable("KUSKA_SOLO_CON_BANCO", "`no`: solo mostrar y practicar, con las preguntas públicas.", si_falta="sí"),
    Variable("KUSKA_CLAVE_DE_RESPALDO", "Clave que cierra las copias: 12 letras o más. Sin ella no hay copias."),
    Variable("KUSKA_RESPALDOS", "Carpeta de las copias, mejor en otro disco.", si_falta="`respaldos`, en `KUSKA_VAR`"),
    Variable(
        "KUSKA_MINUTOS_ENTRE_COPIAS",
        "Cada cuántos minutos sale una copia entre noche y noche; `0`: ninguna.",
        si_falta="10 en SQLite, 3 en PostgreSQL",
    ),
    Variable("EMAIL_HOST", "Servidor de correo. Sin él no se envían correos."),
    Variable("EMAIL_PORT", "Su puerto.", si_falta="587"),
    Variable("EMAIL_HOST_USER", "Su usuario."),
    Variable("EMAIL_HOST_PASSWORD", "Su clave."),
    Variable("EMAIL_USE_TLS", "Si se le habla cifrado.", si_falta="sí"),
    Variable("DEFAULT_FROM_EMAIL", "De parte de quién van los correos."),
    Variable("KUSKA_AVISOS_A", "Correos, por comas, que reciben un aviso si algo del servicio está mal."),
    Variable("KUSKA_DISCO_MINIMO", "Megas libres bajo los cuales el aula solo se lee.", si_falta="200"),
    Variable(
        "KUSKA_SENTENCIA_LENTA", "Milisegundos desde los que una consulta se anota en el registro.", si_falta="1000"
    ),
    Variable("KUSKA_LLAVE_DE_METRICAS", "Llave con que una máquina suya lee `/metricas`. Sin ella no existe."),
    Variable(
        "KUSKA_MIRAR_TLS", "`no`: «Estado del aula» no mira hasta cuándo vale el TLS de `KUSKA_URL`.", si_falta="sí"
    ),
    Variable("KUSKA_PUERTO", "Puerto de `servir`.", EMBEBIDO, si_falta="8000"),
    Variable("KUSKA_DIRECCION", "Dirección en que escucha `servir`; `0.0.0.0`, todas.", EMBEBIDO, si_falta="127.0.0.1"),
    Variable("KUSKA_PROCESOS", "Procesos de páginas de `servir`.", EMBEBIDO, si_falta="uno por núcleo, hasta 4"),
    Variable("KUSKA_HILOS", "Hilos de cada uno.", EMBEBIDO, si_falta="4"),
    Variable("KUSKA_ESPERA", "Segundos en cola desde los que se contesta «ocupada».", EMBEBIDO, si_falta="4"),
    Variable("KUSKA_ADMIN", "Nombre de la primera cuenta.", si_falta="administra"),
    Variable("DEBUG", "Nunca en un servidor: no enciende con ella.", EMBEBIDO, si_falta="no"),
)
# Read by tests, by tools or by libraries; nobody who hosts a site writes them.
DE_DESARROLLO = {"KUSKA_TEST_DB", "KUSKA_CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH", "PROMETHEUS_MULTIPROC_DIR"}


def en_filas() -> str:
    """The rows, as the document has them."""
    lineas = ["| variable | dónde | si falta | para qué |", "|---|---|---|---|"]
    for una in VARIABLES:
        falta = una.si_falta
        if una.obligatoria:
            falta = f"no enciende; en una máquina, {falta}" if falta else "no enciende"
        lineas.append(f"| `{una.nombre}` | {una.donde} | {falta} | {una.para} |")
    return "\n".join(lineas) + "\n"


CORREO = """\
# Correo: enlaces y resúmenes, si se encienden en los ajustes; y a quién se avisa cuando algo del servicio está mal.
#EMAIL_HOST="correo.example.org"
#EMAIL_HOST_USER=""
#EMAIL_HOST_PASSWORD=""
#DEFAULT_FROM_EMAIL="aula@example.org"
#KUSKA_AVISOS_A="soporte@example.org"
"""


def ejemplo(dominio: str) -> str:
    """The file of variables of a new server, whole: its keys are made here and nowhere else."""
    recibos = base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    recibos += f"@{datetime.date.today().isoformat()}"
    return f"""\
# Variables del aula. Este archivo tiene claves: solo lo lee root. Guarde una copia fuera de este equipo.
DJANGO_SETTINGS_MODULE="cms.settings.production"
SECRET_KEY="{secrets.token_urlsafe(64)}"
KUSKA_LLAVES_DE_RECIBO="{recibos}"
ALLOWED_HOSTS="{dominio}"
KUSKA_URL="https://{dominio}"
DATABASE_URL="postgres://kuska@/kuska?host=/var/run/postgresql"
BROKER_URL="redis://localhost:6379/0"
REDIS_URL="redis://localhost:6379/1"
KUSKA_VAR="/var/lib/kuska"
KUSKA_PROXIES="1"
KUSKA_X_ACCEL="/interno/"
# Cierra las copias de cada noche. Sin ella no se abren: guárdela también en papel.
KUSKA_CLAVE_DE_RESPALDO="{secrets.token_urlsafe(18)}"
# Las copias en otro disco, como dice la guía de instalación.
#KUSKA_RESPALDOS="/srv/respaldos"
{CORREO}# Preguntas que certifican (docs/contenido.md). Solo para mostrar y practicar: KUSKA_SOLO_CON_BANCO="no"
#KUSKA_BANCO="/etc/kuska/banco.kuska"
#KUSKA_LLAVE_DEL_BANCO=""
"""


def ejemplo_en_una_maquina(dominio: str) -> str:
    """The same for a site of one machine, that makes its other keys by itself."""
    return f"""\
# Variables del aula. Este archivo tiene una clave: solo lo lee root. Guarde una copia fuera de este equipo.
DJANGO_SETTINGS_MODULE="cms.settings.embebido"
KUSKA_VAR="/var/lib/kuska"
KUSKA_URL="https://{dominio}"
# Cierra las copias de cada noche. Sin ella no se abren: guárdela también en papel.
KUSKA_CLAVE_DE_RESPALDO="{secrets.token_urlsafe(18)}"
# Las copias en otro disco, como dice la guía de instalación.
#KUSKA_RESPALDOS="/srv/respaldos"
{CORREO}# Preguntas que certifican (docs/contenido.md). Solo para mostrar y practicar: KUSKA_SOLO_CON_BANCO="no"
#KUSKA_BANCO="/etc/kuska/banco.kuska"
#KUSKA_LLAVE_DEL_BANCO=""
"""


def principal(partes: list[str]) -> str:
    dominios = [una for una in partes if not una.startswith("--")]
    opciones = set(partes) - set(dominios)
    if len(dominios) != 1 or "." not in dominios[0] or "/" in dominios[0] or opciones - {"--una-maquina"}:
        sys.exit("Uso: python -m cms.variables DOMINIO [--una-maquina]     (por ejemplo: aula.example.org)")
    return ejemplo_en_una_maquina(dominios[0]) if opciones else ejemplo(dominios[0])


if __name__ == "__main__":
    sys.stdout.write(principal(sys.argv[1:]))
