"""Find a Chromium: the machine's own, or one that Playwright keeps. ``python -m cms.demo.chromium`` exits 1 without."""

import glob
import os
import shutil
import sys

NOMBRES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
)


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


if __name__ == "__main__":
    sys.exit(0 if ejecutable() else 1)
