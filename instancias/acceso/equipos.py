"""What a session was opened with, in words that its owner knows: a kind of machine and a browser, nothing else."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGO = 400
# The first that is found says it: the marks of others come in those of some.
EQUIPOS = {
    "iphone": ("iPhone", gettext_lazy("iPhone")),
    "ipad": ("iPad", gettext_lazy("iPad")),
    "celular": ("Android Mobile", gettext_lazy("Celular Android")),
    "tableta": ("Android", gettext_lazy("Tableta Android")),
    "windows": ("Windows", gettext_lazy("Computadora con Windows")),
    "chromebook": ("CrOS", gettext_lazy("Chromebook")),
    "mac": ("Macintosh", gettext_lazy("Computadora Mac")),
    "linux": ("Linux", gettext_lazy("Computadora con Linux")),
}
NAVEGADORES = {
    "edge": ("Edg", "Edge"),
    "opera": ("OPR/", "Opera"),
    "samsung": ("SamsungBrowser", "Samsung Internet"),
    "firefox": ("Firefox/", "Firefox"),
    "firefox_ios": ("FxiOS", "Firefox"),
    "chrome_ios": ("CriOS", "Chrome"),
    "chrome": ("Chrome/", "Chrome"),
    "safari": ("Safari/", "Safari"),
}


def reconocer(agente: str) -> list[str]:
    """Return the two names that are kept of what a browser says of itself; empty, when it is none that we know."""
    agente = agente[:LARGO]
    equipo = next((clave for clave, (marcas, _n) in EQUIPOS.items() if all(m in agente for m in marcas.split())), "")
    return [equipo, next((clave for clave, (marca, _n) in NAVEGADORES.items() if marca in agente), "")]


def en_palabras(equipo: str, navegador: str) -> str:
    """«Computadora con Windows, con Firefox»."""
    nombre = str(EQUIPOS[equipo][1]) if equipo in EQUIPOS else _("Equipo que no reconocemos")
    if navegador not in NAVEGADORES:
        return nombre
    return _("%(equipo)s, con %(navegador)s") % {"equipo": nombre, "navegador": NAVEGADORES[navegador][1]}
