import tempfile
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from PIL import Image

from cms.demo import chromium
from cms.demo.proceso import Aula, encender
from cms.demo.vista import abrir, abrir_navegador, contexto, entrar
from marco.orden_del_aula import OrdenDelAula

ANCHOS = (360, 1280)
ALTO_MAXIMO = 2400
NO_ESTAN = {"no-encontrada", "verificar-desconocido"}


class Command(OrdenDelAula):
    help = "Enciende la demostración y fotografía cada tipo de página, a 360 y a 1280 px."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("nombres", nargs="*", help="Solo estas páginas; sin nombres, todas.")
        parser.add_argument("--destino", type=Path, default=settings.BASE_DIR / "docs" / "capturas")
        parser.add_argument("--datos", type=Path, help="Carpeta con los datos; sin ella, una que se borra al terminar.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if chromium.ejecutable() is None:
            raise CommandError("No se halló Chromium. En Debian: sudo apt-get install chromium")
        opciones["destino"].mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(prefix="kuska-capturas-") as aparte,
            encender(opciones["datos"] or Path(aparte)) as aula,
        ):
            fallas = self.fotografiar(aula, opciones["destino"], set(opciones["nombres"]))
        if fallas:
            raise CommandError("No contestaron como se esperaba:\n" + "\n".join(fallas))

    def fotografiar(self, aula: Aula, destino: Path, pedidas: set[str]) -> list[str]:
        """Take every picture; return the pages that did not answer as they should."""
        fallas = []
        paginas = [p for p in aula.paginas if not pedidas or p["nombre"] in pedidas]
        with abrir_navegador() as navegador:
            for ancho in ANCHOS:
                for usuario in dict.fromkeys(pagina["usuario"] for pagina in paginas):
                    marco = contexto(navegador, aula.url, ancho=ancho)
                    hoja = marco.new_page()
                    if usuario:
                        entrar(hoja, aula, usuario)
                    for pagina in (p for p in paginas if p["usuario"] == usuario):
                        estado = abrir(hoja, pagina)
                        if estado != (404 if pagina["nombre"] in NO_ESTAN else 200):
                            fallas.append(f"{pagina['ruta']}: {estado}")
                        self._guardar(hoja, destino / f"{pagina['nombre']}-{ancho}.png", ancho)
                    marco.close()
        self.stdout.write(f"{len(paginas) * len(ANCHOS)} capturas en {destino}")
        return fallas

    def _guardar(self, hoja: Any, archivo: Path, ancho: int) -> None:
        """Keep the picture with few colours: a third of the bytes, and no difference to the eye on flat pages."""
        alto = min(hoja.evaluate("document.documentElement.scrollHeight"), ALTO_MAXIMO)
        antes = hoja.viewport_size
        hoja.set_viewport_size({"width": ancho, "height": alto})  # what stays at the bottom is then at the end
        foto = hoja.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": ancho, "height": alto})
        hoja.set_viewport_size(antes)
        Image.open(BytesIO(foto)).convert("RGB").quantize(128).save(archivo, optimize=True)
