"""Time pages and acts at two sizes, on a database of its own that is thrown away."""

import io
import logging
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.test.utils import override_settings
from django.utils import timezone

from cms.demo import banco, banco_padron, banco_pais, pais
from instancias.models import Alcance


class Command(BaseCommand):
    help = "Mide páginas y actos contra un piso, a dos tamaños de datos. Los tiempos valen solo como razones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tamanos", nargs="*", type=int, default=[200, 2000])
        parser.add_argument("--lista", type=int, default=20_000, help="Filas de la lista del padrón; 0: ninguna.")

        parser.add_argument(
            "--pais", dest="personas", type=int, default=10_000, help="Personas del país inventado; 0: ninguna."
        )

    def handle(self, *args: Any, tamanos: list[int], lista: int, personas: int, **opciones: Any) -> None:
        logging.getLogger("django.request").setLevel(logging.ERROR)  # the code that does not exist is asked on purpose
        conexion = connections["default"]
        with tempfile.TemporaryDirectory(prefix="kuska-bench-") as carpeta:
            if conexion.vendor == "sqlite":
                conexion.settings_dict["TEST"]["NAME"] = str(Path(carpeta) / "bench.sqlite3")
            original = conexion.settings_dict["NAME"]
            conexion.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            try:
                with override_settings(ROOT_URLCONF="cms.demo.banco", ALLOWED_HOSTS=["testserver"], DEBUG=False):
                    self.medir_listas(lista)
                    self.medir(sorted(tamanos))
                    self.medir_el_pais(personas)
            finally:
                conexion.creation.destroy_test_db(original, verbosity=0)

    def medir_listas(self, cuantas: int) -> None:
        """A list of the whole country, as a sheet of each kind."""
        if not cuantas:
            return
        pais.levantar(pais.distritos_para(cuantas))
        for formato in ("csv", "xlsx"):
            self.stdout.write(f"\npadrón, {cuantas} filas en {formato}")
            metas = f"meta: {banco_padron.FILAS_POR_SEGUNDO} filas/s, {banco_padron.SENTENCIAS_POR_MIL} sentencias/1000"
            self.stdout.write(f"{metas}, {banco_padron.MEGAS} MB")
            self.stdout.write(f"{'':20}{'s':>8}{'filas/s':>10}{'s de CPU':>10}{'sentencias/1000':>18}{'MB de más':>12}")
            for una in banco_padron.partes(cuantas, formato=formato):
                self.stdout.write(
                    f"{una.nombre:20}{una.segundos:8.1f}{una.filas / una.segundos:10.0f}{una.procesador:10.1f}"
                    f"{una.por_mil:18.1f}{una.megas:12.0f}  {una.veredicto}".rstrip()
                )

    def medir_el_pais(self, cuantas: int) -> None:
        """The panel of who follows all of it."""
        if not cuantas:
            return
        segundos = banco_pais.montar(cuantas)
        contados = banco_pais.contar()
        self.stdout.write(
            f"\npaís, {cuantas} inscripciones (escribirlas: {segundos:.0f} s; contar dos días: {contados:.0f} s)"
        )
        self.stdout.write(
            f"meta con un millón: {banco_pais.DE_HOY} conteos hoy y {banco_pais.DE_OTRO_DIA} otro día;"
            f" una provincia, {banco_pais.PISOS} pisos; {banco_pais.KILOS} KB"
        )
        self.stdout.write(f"{'':34}{'ms':>9}{'x conteo':>10}{'x piso':>8}{'sentencias':>12}{'KB':>8}")
        for una in banco_pais.paginas(cuantas):
            self.stdout.write(
                f"{una.nombre:34}{1000 * una.segundos:9.1f}{una.veces_el_conteo:10.2f}{una.veces_el_piso:8.1f}"
                f"{una.sentencias:12d}{una.bytes / 1024:8.1f}  {una.veredicto}".rstrip()
            )

    def medir(self, tamanos: list[int]) -> None:
        if not tamanos:
            return
        call_command("cargar_territorio", stdout=io.StringIO())
        call_command("cargar_programa", stdout=io.StringIO())
        personal = get_user_model().objects.create_user(username="bench", password=None)
        Alcance.objects.create(cuenta=personal, territorio_id="1006", desde=timezone.localdate())
        hechas = 0
        for tamano in tamanos:
            integrante, segundos = banco.poblar(tamano - hechas)
            self.stdout.write(f"\n{tamano} integrantes (inscribir {tamano - hechas}: {segundos:.2f} s)")
            hechas = tamano
            self.mostrar(banco.medidas(integrante=integrante, personal=personal))

    def mostrar(self, medidas: list[banco.Medida]) -> None:
        suelo = {"lectura": medidas[0].mediana, "escritura": medidas[1].mediana}
        self.stdout.write(f"{'':34}{'ms':>8}{'p95':>8}{'x piso':>8}{'sentencias':>12}{'KB':>8}")
        for medida in medidas:
            veces = medida.mediana / suelo["escritura" if medida.nombre in banco.ESCRIBEN else "lectura"]
            meta = banco.METAS.get(medida.nombre)
            veredicto = "" if meta is None else "cumple" if veces <= meta else f"NO cumple: más de {meta} pisos"
            self.stdout.write(
                f"{medida.nombre:34}{medida.mediana:8.1f}{medida.p95:8.1f}{veces:8.1f}"
                f"{medida.sentencias:12d}{medida.bytes / 1024:8.1f}  {veredicto}".rstrip()
            )
