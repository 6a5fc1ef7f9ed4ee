"""What the guide of installing and the files it names tell to do, and how each thing is called on this machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
DESPLIEGUE = RAIZ / "docs" / "despliegue"
GUIA = RAIZ / "docs" / "guias" / "instalar.md"
# Of the system of a new server: packages, users, folders, units, certificates. The rest is followed.
DEL_SISTEMA = re.compile(
    r"(?:sudo )?(?:apt-get|adduser|usermod|git clone|cd|install|\.ci/entorno|chmod|cp|sed|ln|certbot|nginx|systemctl)\b"
    r"|curl\b|sudo \.venv/bin/python -m compileall\b"
    r"|sudo -u postgres"
)


def ordenes(titulo: str = "En un servidor") -> list[str]:
    """The commands of a part of the guide, in order."""
    parte = GUIA.read_text("utf-8").split(f"\n## {titulo}\n", 1)[1].split("\n## ", 1)[0]
    return [linea.strip() for linea in parte.splitlines() if linea.startswith("    ")]


def por_seguir(titulo: str = "En un servidor") -> list[str]:
    return [orden for orden in ordenes(titulo) if not DEL_SISTEMA.match(orden)]


@dataclass(frozen=True)
class Aqui:
    """Where the things of a server are on this machine."""

    carpeta: Path

    def traducir(self, texto: str) -> str:
        for alla, aca in (
            ("/srv/kuska/aula", str(RAIZ)),
            ("/var/lib/kuska", str(self.carpeta / "datos")),
            ("/run/kuska", str(self.carpeta / "correr")),
            ("/etc/kuska", str(self.carpeta / "etc")),
            ("/var/log/nginx", str(self.carpeta)),
        ):
            texto = texto.replace(alla, aca)
        return texto

    def unidad(self, nombre: str) -> tuple[list[str], str]:
        """What a unit of systemd runs before and then."""
        texto = self.traducir((DESPLIEGUE / nombre).read_text("utf-8"))
        antes = re.findall(r"^ExecStartPre=(.+)$", texto, re.MULTILINE)
        [orden] = re.findall(r"^ExecStart=(.+)$", texto, re.MULTILINE)
        return antes, orden

    def nginx(self, puerto: int, sin_cifrar: int) -> str:
        """The example, whole, on ports of ours and with the certificate of here."""
        sitio = self.traducir((DESPLIEGUE / "nginx.conf").read_text("utf-8"))
        sitio = re.sub(r"^\s*listen \[::\].*\n", "", sitio, flags=re.MULTILINE)
        sitio = sitio.replace("listen 443", f"listen 127.0.0.1:{puerto}").replace(
            "listen 80", f"listen 127.0.0.1:{sin_cifrar}"
        )
        sitio = re.sub(r"/etc/letsencrypt/live/[^/]+/", f"{self.carpeta}/", sitio)
        temporales = "".join(
            f"{uno}_temp_path {self.carpeta}/{uno};\n" for uno in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return (
            f"{'user root;' if Path('/proc/self').stat().st_uid == 0 else ''}\n"
            f"pid {self.carpeta}/nginx.pid;\nerror_log {self.carpeta}/nginx.err;\nworker_processes 1;\n"
            f"events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\n{temporales}{sitio}\n}}\n"
        )

    def caddy(self, puerto: int) -> str:
        """The other example, whole, on a port of ours and with the certificate of here."""
        sitio = self.traducir((DESPLIEGUE / "Caddyfile").read_text("utf-8"))
        nombre = "aula.example.org {"
        cifrado = f"tls {self.carpeta}/fullchain.pem {self.carpeta}/privkey.pem"
        sitio = sitio.replace(nombre, f"https://aula.example.org:{puerto} {{\n\tbind 127.0.0.1\n\t{cifrado}")
        return f"{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{sitio}"
