"""Find a Chromium: the machine's own, or one that Playwright keeps.

``python -m cms.demo.chromium`` starts it and opens a page, as the tests will. What stops it is said in one line, and
the code is 1.
"""

import glob
import os
import shutil
import sys

# The one without a window first: the same pages for half the processor.
NOMBRES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
)  # fmt: skip
# Nothing but the page itself: no updates, no sync, no calls home.
ARGUMENTOS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-quic",
    # The blank page that a context begins with and our pages after it share a process. By itself the browser ends one
    # and begins another, as our pages ask to be apart from whoever opens them: a fourth of what a context takes.
    "--renderer-process-limit=1",
)

# What is waited for comes at once, or never: how long is for a machine that does many other things. Milliseconds.
PACIENCIA = 180_000


def ejecutable() -> str | None:
    """Return the path of a Chromium to drive, or None. KUSKA_CHROMIUM names another one."""
    if propio := os.environ.get("KUSKA_CHROMIUM"):
        return propio
    for nombre in NOMBRES:
        if ruta := shutil.which(nombre):
            return ruta
    guardados = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or os.path.expanduser("~/.cache/ms-playwright")
    encontrados = sorted(glob.glob(f"{guardados}/chromium-*/chrome-linux*/chrome"))
    return encontrados[-1] if encontrados else None


def problema() -> str:
    """Start the driver and the browser, and return in one line what stops them; nothing when they work."""
    ruta = ejecutable()
    if ruta is None:
        return "no se halló Chromium"
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as motor:
            navegador = motor.chromium.launch(executable_path=ruta, args=list(ARGUMENTOS), timeout=PACIENCIA)
            pagina = navegador.new_page()
            pagina.set_content("<h1>Kuska</h1>")
            leido = pagina.locator("h1").inner_text()
            navegador.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told before the tests and not once in each
        # The driver writes its own line («error while loading shared libraries…») on the way; this one sums it up.
        return f"Chromium o su conductor no arranca: {str(error).strip().splitlines()[0]}"
    return "" if leido == "Kuska" else "Chromium arranca y no muestra páginas"


if __name__ == "__main__":
    falta = problema()
    if falta:
        sys.stderr.write(falta + "\n")
    # At once: a driver that died makes its pipe complain while Python ends, and the last line must be ours.
    sys.stderr.flush()
    os._exit(1 if falta else 0)
