"""Follow the guide of installing: PostgreSQL, Redis, gunicorn, a worker, a clock and nginx, really started here.

«.ci/despliegue» gives it a PostgreSQL. What the guide says to the system itself (packages, users, units) is not done;
what the units would run, is.
"""

from __future__ import annotations

import http.client
import json
import os
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from cms.demo import chromium
from tests.despliegue import encierro
from tests.despliegue.encierro import encerrado
from tests.despliegue.guia import RAIZ, Aqui, por_seguir
from tests.paciencia import PACIENCIA

DOMINIO = "aula.example.org"


def decir(texto: str) -> None:
    sys.stdout.write(f"{texto}\n")
    sys.stdout.flush()


def exigir(cierto: object, que: object) -> None:
    if not cierto:
        raise AssertionError(que)


def esperar(que: Callable[[], Any], nombre: str) -> Any:
    hasta = time.monotonic() + PACIENCIA
    while time.monotonic() < hasta:
        try:
            if dicho := que():
                return dicho
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.1)
    raise AssertionError(f"no llegó: {nombre}")


def puerto_libre() -> int:
    with socket.socket() as uno:
        uno.bind(("127.0.0.1", 0))
        return int(uno.getsockname()[1])


class Servidor:
    """The machine of the guide, inside a folder."""

    def __init__(self, carpeta: Path, postgres: str, abierto: ExitStack) -> None:
        self.carpeta, self.postgres, self.abierto = carpeta, postgres, abierto
        self.aqui = Aqui(carpeta)
        self.puerto, self.sin_cifrar = puerto_libre(), puerto_libre()
        self.puertas = [self.puerto]
        self.variables: dict[str, str] = {}
        self.procesos: dict[str, subprocess.Popen[bytes]] = {}
        for una in ("datos", "correr", "etc"):
            (carpeta / una).mkdir()

    # What the system gives.

    def base(self) -> str:
        """A database of its own, as «createdb» makes it; already with its tables, if the tests left them."""
        nombre = f"kuska-despliegue-{os.getpid()}"
        with psycopg.connect(self.postgres.replace("postgres://", "postgresql://"), autocommit=True) as conexion:
            con_tablas = conexion.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'kuska-plantilla-%' ORDER BY oid DESC LIMIT 1"
            ).fetchone()
            conexion.execute(f'CREATE DATABASE "{nombre}" TEMPLATE "{con_tablas[0] if con_tablas else "template0"}"')
        return self.postgres.replace("/postgres?", f"/{nombre}?")

    def redis(self) -> str:
        enchufe = self.carpeta / "redis.sock"
        self.lanzar("redis", f"redis-server --port 0 --unixsocket {enchufe} --save '' --dir {self.carpeta}")
        esperar(enchufe.exists, "Redis")
        return str(enchufe)

    def lanzar(self, nombre: str, orden: str, **otras: str) -> subprocess.Popen[bytes]:
        registro = self.abierto.enter_context((self.carpeta / f"{nombre}.log").open("wb"))
        entorno = {**self.entorno(), **otras}
        proceso = subprocess.Popen(shlex.split(orden), cwd=RAIZ, env=entorno, stdout=registro, stderr=registro)
        self.procesos[nombre] = proceso
        self.abierto.callback(apagar, proceso)
        return proceso

    def entorno(self) -> dict[str, str]:
        """What a unit gets: the file of variables and nothing of whoever runs this."""
        return {"PATH": os.environ["PATH"], "HOME": str(self.carpeta), "LANG": "C.UTF-8", **self.variables}

    # What the guide says.

    def seguir(self, orden: str) -> str:
        """Run a command of the guide; return what it said."""
        orden = orden.removeprefix("sudo ")
        if "cms.variables" in orden:
            return self.poner_variables(orden)
        if orden.startswith("aula "):
            return self.correr([str(RAIZ / "docs" / "despliegue" / "aula"), *shlex.split(orden)[1:]])
        raise AssertionError(f"La guía dice algo que nadie sigue: {orden}")

    def poner_variables(self, orden: str) -> str:
        """The file, as the guide writes it, with the places of this machine."""
        [programa, *partes] = shlex.split(orden.partition("|")[0])
        escrito = subprocess.run(
            [str(RAIZ / programa), *partes], cwd=RAIZ, capture_output=True, text=True, check=True, env=self.entorno()
        ).stdout
        redis = self.redis()
        # Ports that are not those of a server: a browser says them in what it sends.
        de_aqui = [f'CSRF_TRUSTED_ORIGINS="https://{DOMINIO}:{self.puerto}"']
        de_aqui += ['KUSKA_ENCHUFE="unix:/run/kuska/paginas.sock"', 'WEB_CONCURRENCY="2"']
        for alla, aca in (
            ("postgres://kuska@/kuska?host=/var/run/postgresql", self.base()),
            ("redis://localhost:6379/0", f"redis+socket://{redis}"),
            ("redis://localhost:6379/1", f"unix://{redis}?db=1"),
            ('#KUSKA_BANCO="/etc/kuska/banco.kuska"', "\n".join(de_aqui)),
        ):
            exigir(alla in escrito, f"las variables ya no dicen {alla}")
            escrito = escrito.replace(alla, aca)
        archivo = self.carpeta / "etc" / "aula.env"
        archivo.write_text(self.aqui.traducir(escrito))
        lineas = [linea for linea in archivo.read_text().splitlines() if linea and not linea.startswith("#")]
        self.variables = {nombre: valor.strip('"') for nombre, _, valor in (linea.partition("=") for linea in lineas)}
        return escrito

    def correr(self, orden: list[str], entrada: str = "") -> str:
        entorno = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.carpeta),
            "KUSKA_VARIABLES": str(self.carpeta / "etc" / "aula.env"),
            "KUSKA_PROGRAMA_EN": str(RAIZ),
            "KUSKA_USUARIO": "root",
        }
        fin = subprocess.run(orden, cwd=RAIZ, env=entorno, input=entrada, capture_output=True, text=True, check=False)
        exigir(fin.returncode == 0, f"{' '.join(orden)}: {fin.stdout[-2000:]} {fin.stderr[-2000:]}")
        return fin.stdout

    def encender(self, unidad: str) -> None:
        """What systemd would do with a unit."""
        nombre = f"kuska-{unidad}.service"
        antes, orden = self.aqui.unidad(nombre)
        for una in antes:
            subprocess.run(self.encerrar(nombre, una), cwd=RAIZ, env=self.entorno(), check=True, capture_output=True)
        self.lanzar(unidad, shlex.join(self.encerrar(nombre, orden)))

    def encerrar(self, unidad: str, orden: str) -> list[str]:
        return encerrado(unidad, shlex.split(orden), self.carpeta)

    def nginx(self) -> None:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={DOMINIO}"]
            + ["-keyout", str(self.carpeta / "privkey.pem"), "-out", str(self.carpeta / "fullchain.pem")],
            check=True,
            capture_output=True,
        )
        archivo = self.carpeta / "nginx.conf"
        archivo.write_text(self.aqui.nginx(self.puerto, self.sin_cifrar))
        self.lanzar("nginx", f"nginx -c {archivo} -p {self.carpeta} -g 'daemon off;'")
        esperar(lambda: self.pedir("/salud")[0], "nginx")

    def caddy(self) -> None:
        """The other door, in place of nginx: on a port of its own."""
        self.puerto = puerto_libre()
        archivo = self.carpeta / "Caddyfile"
        archivo.write_text(self.aqui.caddy(self.puerto))
        suyo = {"XDG_DATA_HOME": str(self.carpeta / "caddy"), "XDG_CONFIG_HOME": str(self.carpeta / "caddy")}
        self.lanzar("caddy", f"caddy run --adapter caddyfile --config {archivo}", **suyo)
        esperar(lambda: self.pedir("/salud")[0], "Caddy")

    def pedir(
        self, ruta: str, *, metodo: str = "GET", cuerpo: bytes | None = None, **cabeceras: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask through who stands in front, by https, as a browser does: with the name of the site."""
        cifrado = ssl.create_default_context(cafile=str(self.carpeta / "fullchain.pem"))
        cifrado.check_hostname = False
        conexion = http.client.HTTPSConnection(DOMINIO, self.puerto, context=cifrado, timeout=PACIENCIA)
        conexion.sock = cifrado.wrap_socket(
            socket.create_connection(("127.0.0.1", self.puerto), timeout=PACIENCIA), server_hostname=DOMINIO
        )
        try:
            with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):  # it answered before reading it all
                conexion.request(metodo, ruta, body=cuerpo, headers={"Host": DOMINIO, **cabeceras})
            dicho = conexion.getresponse()
            return dicho.status, {nombre.lower(): valor for nombre, valor in dicho.getheaders()}, dicho.read()
        finally:
            conexion.close()

    def contar(self, sentencia: str) -> int:
        with psycopg.connect(self.variables["DATABASE_URL"].replace("postgres://", "postgresql://")) as conexion:
            return int(conexion.execute(sentencia).fetchone()[0])


def apagar(proceso: subprocess.Popen[bytes]) -> None:
    if proceso.poll() is None:
        proceso.send_signal(signal.SIGTERM)
        try:
            proceso.wait(25)
        except subprocess.TimeoutExpired:
            proceso.kill()
            proceso.wait()


def mirar_la_puerta(uno: Servidor, logo: str) -> None:
    """What who stands in front lets in, gives and closes."""
    estado, _cabeceras, cuerpo = uno.pedir("/salud/lista")
    exigir(estado == 200 and json.loads(cuerpo)["lista"], (estado, cuerpo))
    dar_archivos(uno, logo)
    estado, cabeceras, _cuerpo = uno.pedir("/entrar", **{"X-Request-ID": "de-fuera-0000"})
    exigir(estado == 200 and "max-age" in cabeceras["strict-transport-security"], (estado, cabeceras))
    exigir("script-src" in cabeceras["content-security-policy"], cabeceras)
    exigir("de-fuera" not in cabeceras.get("x-request-id", ""), cabeceras)
    estado, cabeceras, _cuerpo = uno.pedir("/static/no-existe.css")
    exigir(estado == 404 and "immutable" not in cabeceras.get("cache-control", ""), (estado, cabeceras))
    estado, _cabeceras, _cuerpo = uno.pedir("/entrar", metodo="POST", cuerpo=b"x" * 34_000_000)
    exigir(estado in {403, 413}, f"lo que no cabe: {estado}")  # Caddy stops reading; the site may have refused before
    for cerrada in (
        f"/interno/{logo}",
        "/media/documents/algo.pdf",
        "/media/original_images/algo.jpg",
        "/media/../aula.env",
    ):
        exigir(uno.pedir(cerrada)[0] in {400, 404}, cerrada)


def pasar_a_https(uno: Servidor) -> None:
    con_texto = http.client.HTTPConnection("127.0.0.1", uno.sin_cifrar, timeout=PACIENCIA)
    con_texto.request("GET", "/entrar", headers={"Host": DOMINIO})
    dicho = con_texto.getresponse()
    exigir((dicho.status, dicho.getheader("Location")) == (301, f"https://{DOMINIO}/entrar"), dicho.status)
    con_texto.close()


def dar_archivos(uno: Servidor, logo: str) -> None:
    """Static files as they are compressed on disk, and pictures once the site decided who gets them."""
    manifiesto = json.loads((uno.carpeta / "datos" / "static" / "staticfiles.json").read_text())["paths"]
    estado, cabeceras, cuerpo = uno.pedir(f"/static/{manifiesto['kuska/css/kuska.css']}", **{"Accept-Encoding": "gzip"})
    exigir(estado == 200 and cabeceras.get("content-encoding") == "gzip", (estado, cabeceras))
    exigir("'none'" in cabeceras["content-security-policy"], cabeceras)
    en_disco = (uno.carpeta / "datos" / "media" / logo).read_bytes()
    estado, cabeceras, cuerpo = uno.pedir(f"/media/{logo}")
    exigir(estado == 200 and cuerpo == en_disco and cabeceras["content-type"] == "image/png", (estado, cabeceras))
    exigir("x-accel-redirect" not in cabeceras and cabeceras["x-content-type-options"] == "nosniff", cabeceras)
    exigir(cabeceras["content-security-policy"] == "default-src 'none'", cabeceras)
    estado, cabeceras, cuerpo = uno.pedir(f"/media/{logo}", Range="bytes=0-3")
    exigir(estado == 206 and cuerpo == en_disco[:4], (estado, cabeceras))


def recorrer(uno: Servidor, curso: int, clave: str) -> None:
    """The main journey in a browser, through nginx: come in, read, answer, and take the certificate away."""
    from playwright.sync_api import sync_playwright

    reglas = f"--host-resolver-rules=MAP {DOMINIO} 127.0.0.1"
    sitio = f"https://{DOMINIO}:{uno.puerto}"
    with sync_playwright() as motor:
        navegador = motor.chromium.launch(
            executable_path=chromium.ejecutable(), args=[*chromium.ARGUMENTOS, reglas], timeout=PACIENCIA * 1000
        )
        pagina = navegador.new_context(ignore_https_errors=True, locale="es-PE").new_page()
        pagina.set_default_timeout(PACIENCIA * 1000)
        pagina.goto(f"{sitio}/entrar")
        pagina.locator("[name=identificador]").fill("40000001")
        pagina.locator("[name=clave]").fill(clave)
        pagina.keyboard.press("Enter")
        pagina.wait_for_url("**/inicio**")
        pagina.goto(f"{sitio}/c/{curso}/1/1")
        while not pagina.url.endswith("/fin"):
            antes = pagina.url
            pagina.get_by_role("button", name="Continuar").first.click()
            pagina.wait_for_function("antes => location.href !== antes", arg=antes)
        pagina.goto(f"{sitio}/c/{curso}")
        pagina.locator(f"a[href*='/e/{curso}/']").first.click()
        pagina.get_by_role("button", name="Empezar").first.click()
        for texto in ("Alternativa 1.1", "Alternativa 1.3"):
            pagina.locator("#p1").get_by_label(texto).check()
        pagina.locator("#p1").get_by_role("button", name="Continuar").click()
        pagina.locator("#p2").get_by_label("Alternativa 2.2").check()
        pagina.get_by_role("button", name="Revisar mis respuestas").click()
        pagina.get_by_role("button", name="Enviar mis respuestas").click()
        pagina.wait_for_url("**/resultado/**")  # it goes out from the queue of the phone
        navegador.close()


def otra_puerta(uno: Servidor, logo: str) -> None:
    """The same, through Caddy, where there is one. What it says with gunicorn stopped is looked at with nginx's."""
    if not shutil.which("caddy"):
        return decir("Quedó fuera: el Caddyfile (no hay Caddy).")
    with medido("Caddy y lo que cierra"):
        de_nginx = uno.puerto
        uno.caddy()
        mirar_la_puerta(uno, logo)
        uno.puertas.append(uno.puerto)
        uno.puerto = de_nginx


def trabajar(uno: Servidor) -> None:
    """What the worker leaves: the paper of the certificate, made in the background."""
    papel = "SELECT count(*) FROM kuska_certificados_certificado WHERE pdf <> ''"
    esperar(lambda: uno.contar(papel), "el papel que hace el obrero")
    exigir(uno.procesos["reloj"].poll() is None and list((uno.carpeta / "datos").glob("reloj*")), "el reloj no anda")


def borrar_base(uno: Servidor) -> None:
    nombre = uno.variables["DATABASE_URL"].partition("/kuska-")[2].partition("?")[0]
    with psycopg.connect(uno.postgres.replace("postgres://", "postgresql://"), autocommit=True) as conexion:
        conexion.execute(f'DROP DATABASE "kuska-{nombre}" WITH (FORCE)')


def apagarse(uno: Servidor) -> None:
    """With gunicorn stopped, who stands in front says to come back; then each one ends when it is told."""
    for nombre in ("paginas", "obrero", "reloj"):
        with medido(f"apagar {nombre}"):
            apagar(uno.procesos[nombre])
        exigir(uno.procesos[nombre].returncode == 0, f"{nombre} terminó con {uno.procesos[nombre].returncode}")
    for puerta in uno.puertas:
        uno.puerto = puerta
        estado, cabeceras, cuerpo = uno.pedir("/entrar")
        dicho = (estado, cabeceras.get("retry-after"), cabeceras.get("cache-control"))
        exigir(dicho == (503, "30", "no-store") and "ocupada" in cuerpo.decode(), (estado, cabeceras))


@contextmanager
def medido(que: str) -> Iterator[None]:
    inicio = time.monotonic()
    yield
    decir(f"  {que}: {time.monotonic() - inicio:.1f} s")


def main() -> None:
    postgres = os.environ["KUSKA_POSTGRES"]
    if falta := encierro.por_que_no():
        decir(f"Quedó fuera: lo que las unidades cierran ({falta}).")
    with tempfile.TemporaryDirectory(prefix="kuska-despliegue-") as nombre, ExitStack() as abierto:
        uno = Servidor(Path(nombre), postgres, abierto)
        try:
            for orden in por_seguir():
                with medido(orden):
                    dicho = uno.seguir(orden)
            exigir("Clave: " in dicho, dicho)
            for unidad in ("paginas", "obrero", "reloj"):
                with medido(f"kuska-{unidad}"):
                    uno.encender(unidad)
            with medido("escena"):
                escena = (RAIZ / "tests" / "despliegue" / "escena.py").read_text("utf-8")
                hecha = json.loads(uno.correr([str(RAIZ / "docs/despliegue/aula"), "shell", "-v", "0"], escena))
            esperar((uno.carpeta / "correr" / "paginas.sock").exists, "gunicorn")
            with medido("nginx y lo que cierra"):
                uno.nginx()
                pasar_a_https(uno)
                mirar_la_puerta(uno, hecha["logo"])
            if chromium.ejecutable():
                with medido("recorrido"):
                    recorrer(uno, hecha["curso"], hecha["clave"])
                with medido("trabajo pendiente"):
                    trabajar(uno)
            else:
                decir("Quedó fuera: el recorrido en el navegador (no hay Chromium).")
            otra_puerta(uno, hecha["logo"])
            apagarse(uno)
            borrar_base(uno)
        except BaseException:
            for registro in sorted(uno.carpeta.glob("*.log")) + [uno.carpeta / "nginx.err"]:
                if registro.exists():
                    decir(f"--- {registro.name}\n{registro.read_text(errors='replace')[-3000:]}")
            raise


if __name__ == "__main__":
    main()
