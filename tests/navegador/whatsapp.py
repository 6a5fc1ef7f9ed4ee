"""What stands at wa.me for the browsers of the tests: a page with its own button, and the texts that reached it."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

SITIO = "wa.me"
# Its own button sends, and the person comes back.
PAGINA = b"<title>WhatsApp</title><button>Enviar</button>"
LLAVE = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=wa.me"


class Servidor(ThreadingHTTPServer):
    """Answers by https, as a redirect reaches it: what a browser is sent to cannot be answered inside it."""

    daemon_threads = True

    def __init__(self, carpeta: Path) -> None:
        self.escritos: list[str] = []
        super().__init__(("127.0.0.1", 0), Respuesta)
        llave, papel = carpeta / "llave.pem", carpeta / "papel.pem"
        orden = [*LLAVE.split(), "-keyout", str(llave), "-out", str(papel)]
        subprocess.run(orden, check=True, capture_output=True)
        contexto = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexto.load_cert_chain(papel, llave)
        self.socket = contexto.wrap_socket(self.socket, server_side=True)

    @property
    def argumentos(self) -> tuple[str, ...]:
        """For a browser that is to find it there."""
        return f"--host-resolver-rules=MAP {SITIO} 127.0.0.1:{self.server_address[1]}", "--ignore-certificate-errors"

    def handle_error(self, *_quien: object) -> None:
        """A tab that closes before it was answered is no news."""


class Respuesta(BaseHTTPRequestHandler):
    server: Servidor

    def do_GET(self) -> None:
        if self.path != "/favicon.ico":
            self.server.escritos.append(f"https://{SITIO}{unquote(self.path)}")
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGINA)))
        self.end_headers()
        self.wfile.write(PAGINA)

    def log_message(self, *_dicho: object) -> None: ...


@contextmanager
def encendido(carpeta: Path) -> Iterator[Servidor]:
    with Servidor(carpeta) as servidor:
        threading.Thread(target=servidor.serve_forever, daemon=True).start()
        yield servidor
        servidor.shutdown()
