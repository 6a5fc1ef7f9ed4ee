"""With which settings a command runs when nobody said: never on an empty file instead of the data of the server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from marco.ordenes import SIN_NINGUNA_BASE

RAIZ = Path(__file__).resolve().parent.parent
DE_SERVIDOR = ("BROKER_URL", "REDIS_URL")  # nobody sets them for the embedded profile
VARIABLES_DEL_SERVIDOR = Path("/etc/kuska/aula.env")  # where the guide of installing puts them
PERFIL = "servicio.perfil"
# What asks nothing of a database, or makes one of its own. Any other command would leave an empty file behind.
SIN_DATOS = {
    *SIN_NINGUNA_BASE,
    "",
    "bench",
    "inventario_de_datos",
    "llave_de_recibos",
    "padron_de_ejemplo",
    "revisar_contenido",
    "sellar_banco",
    "startapp",
    "tabla_del_programa",
    "variables",
}
# What works with copies, on a machine that lost its database or never had one: what they put back is a real site.
DE_COPIAS = {"restaurar", "verificar_respaldo"}
AJUSTES = "--settings"
AYUDA = {"-h", "--help", "--version"}


def carpeta_de(entorno: Mapping[str, str]) -> Path:
    return Path(entorno.get("KUSKA_VAR") or RAIZ / "var")


def ajustes_de(
    argumentos: list[str], entorno: Mapping[str, str], *, del_servidor: Path = VARIABLES_DEL_SERVIDOR
) -> str:
    """Return the module of settings for this command; raise SystemExit, with what to write, when it is in doubt."""
    if dicho := _dichos_en_la_orden(argumentos) or entorno.get("DJANGO_SETTINGS_MODULE"):
        return dicho
    orden = argumentos[1] if len(argumentos) > 1 else ""
    carpeta = carpeta_de(entorno)
    if orden == "servir" or (orden != "demo" and (carpeta / PERFIL).is_file()):
        return "cms.settings.embebido"
    if orden == "demo" or AYUDA & set(argumentos):
        return "cms.settings.dev"
    _rechazar_otro_servidor(orden, entorno, del_servidor)
    base = carpeta / "kuska.sqlite3"
    hay_base = bool(entorno.get("DATABASE_URL")) or (base.is_file() and base.stat().st_size > 0)
    if orden in DE_COPIAS and not hay_base:
        return "cms.settings.embebido"
    if orden not in SIN_DATOS and not hay_base:
        raise SystemExit(
            f"No hay una base de datos en {carpeta}, y «{orden}» haría una vacía. La hacen «manage.py servir» y "
            "«make demo» (la demostración). En un servidor, ponga sus variables, DJANGO_SETTINGS_MODULE la primera. "
            "Para hacerla de todos modos: DJANGO_SETTINGS_MODULE=cms.settings.dev."
        )
    return "cms.settings.dev"


def _dichos_en_la_orden(argumentos: list[str]) -> str:
    """The settings that were written in the command itself, as Django takes them: those win."""
    for uno, siguiente in zip(argumentos, [*argumentos[1:], ""], strict=True):
        if uno == AJUSTES:
            return siguiente
        if uno.startswith(f"{AJUSTES}="):
            return uno.partition("=")[2]
    return ""


def _rechazar_otro_servidor(orden: str, entorno: Mapping[str, str], del_servidor: Path) -> None:
    puestas = [nombre for nombre in DE_SERVIDOR if entorno.get(nombre)]
    if puestas or del_servidor.exists():
        razon = f"están {', '.join(puestas)}" if puestas else f"existe {del_servidor}"
        raise SystemExit(
            f"Este equipo parece un servidor ({razon}) y no se dijo con qué ajustes se hace «{orden}». Escriba "
            "DJANGO_SETTINGS_MODULE=cms.settings.production y las demás variables, o use la orden «aula» de la guía de "
            "instalación, que las pone. No se tocó ninguna base de datos."
        )
