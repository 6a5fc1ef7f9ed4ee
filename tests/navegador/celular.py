"""What tests of several pages do with a phone: leave it, lose its signal, wait for its service worker."""

import re

from playwright.sync_api import Page

RECIBIDA = re.compile(r"^Recibido, \d")


def se_esconde(pagina: Page) -> None:
    """The phone goes to another application, as people do: what waits is sent."""
    pagina.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def con_trabajador(pagina: Page) -> Page:
    """Wait until the service worker stands before the page."""
    pagina.evaluate(
        "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || new Promise(listo => {"
        " navigator.serviceWorker.oncontrollerchange = listo }))"
    )
    return pagina


def esperan(pagina: Page) -> list[dict]:
    """What the phone keeps of its person and was not received."""
    return pagina.evaluate("() => kuska.cola.esperan()")
