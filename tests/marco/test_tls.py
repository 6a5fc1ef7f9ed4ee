"""Until when browsers trust the address of the site: only that address is asked, in few seconds, and told in a line."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.cache import cache
from django.utils import timezone

from marco import estado, tls
from marco.tasks import mirar_tls

pytestmark = [pytest.mark.django_db, pytest.mark.un_motor]
UN_DIA = datetime.timedelta(days=1)


def hacer_certificado(carpeta: Path, dias: int) -> Path:
    llave = ec.generate_private_key(ec.SECP256R1())
    nombre = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    ahora = datetime.datetime.now(datetime.UTC)
    hecho = (
        x509.CertificateBuilder()
        .subject_name(nombre)
        .issuer_name(nombre)
        .public_key(llave.public_key())
        .serial_number(7)
        .not_valid_before(ahora - UN_DIA * 90)
        .not_valid_after(ahora + UN_DIA * dias)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(llave, hashes.SHA256())
    )
    archivo = carpeta / "certificado.pem"
    privada = llave.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    archivo.write_bytes(hecho.public_bytes(Encoding.PEM) + privada)
    return archivo


@pytest.fixture
def servir(tmp_path, settings, monkeypatch) -> Iterator[object]:
    """The address of the site, with a certificate of some days that this machine trusts or not."""
    abierta = socket.create_server(("127.0.0.1", 0))
    visitas: list[int] = []

    def encender(dias: int, *, de_confianza: bool = True) -> list[int]:
        certificado = hacer_certificado(tmp_path, dias)
        if de_confianza:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificado))
        contexto = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexto.load_cert_chain(certificado)
        settings.WAGTAILADMIN_BASE_URL = f"https://127.0.0.1:{abierta.getsockname()[1]}"

        def atender() -> None:
            while True:
                try:
                    conexion, _de = abierta.accept()
                except OSError:
                    return
                visitas.append(1)
                try:
                    contexto.wrap_socket(conexion, server_side=True).close()
                except OSError:
                    conexion.close()

        hilo = threading.Thread(target=atender, daemon=True)
        hilo.start()
        return visitas

    yield encender
    abierta.shutdown(socket.SHUT_RDWR)
    abierta.close()


def linea(*, se_mira: bool = True) -> estado.LineaDeEstado:
    if se_mira:
        mirar_tls()
    (una,) = [una for una in estado.lineas(ahora=timezone.now()) if una.clave == "tls"]
    return una


@pytest.mark.parametrize(("dias", "como"), [(60, estado.BIEN), (10, estado.MIRAR), (1, estado.MAL)])
def test_it_says_until_when_and_warns_in_time(servir, dias, como):
    servir(dias)
    una = linea()
    assert (una.estado, bool(una.que_hacer)) == (como, como != estado.BIEN)
    assert una.dice.startswith("Vale hasta el") and ".." not in una.dice
    assert dias - 0.1 < una.medidas["tls_dias"] <= dias


def test_one_that_expired_or_that_nobody_trusts_is_bad_and_says_why(servir):
    servir(-1)
    una = linea()
    assert una.estado == estado.MAL and ": venció (" in una.dice and una.medidas == {"tls_dias": 0}


def test_one_of_nobody_is_bad(servir):
    servir(60, de_confianza=False)
    assert linea().estado == estado.MAL and "lo firmó esta misma máquina" in linea(se_mira=False).dice


def test_a_page_reads_what_the_clock_heard_and_asks_nobody(servir, monkeypatch):
    visitas = servir(60)
    dicha = linea().dice
    monkeypatch.setattr(tls, "_mirar", lambda *_que: pytest.fail("a page never waits for a name"))
    cache.clear()
    assert linea(se_mira=False).dice == dicha and len(visitas) == 1


def test_before_the_clock_looked_or_at_another_address_it_says_so(servir, settings):
    servir(60)
    assert "Todavía no se miró" in linea(se_mira=False).dice
    linea()
    settings.WAGTAILADMIN_BASE_URL = "https://aula.example.org"
    assert linea(se_mira=False).estado == estado.MIRAR


@pytest.mark.parametrize("puerto", ["99999", "ocho"])
def test_an_address_that_is_none_takes_no_page_with_it(settings, puerto):
    settings.WAGTAILADMIN_BASE_URL = f"https://127.0.0.1:{puerto}"
    assert "no responde" in linea().dice


def test_an_address_that_does_not_answer_is_told_and_delays_nobody(settings):
    with socket.create_server(("127.0.0.1", 0)) as otra:
        puerto = otra.getsockname()[1]
    settings.WAGTAILADMIN_BASE_URL = f"https://127.0.0.1:{puerto}"
    una = linea()
    assert una.estado == estado.MIRAR and "no responde" in una.dice and "KUSKA_MIRAR_TLS" in una.que_hacer


def test_one_that_says_nothing_is_left_in_few_seconds(settings, monkeypatch):
    monkeypatch.setattr(tls, "PACIENCIA", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as muda:
        settings.WAGTAILADMIN_BASE_URL = f"https://127.0.0.1:{muda.getsockname()[1]}"
        assert linea().estado == estado.MIRAR


@pytest.mark.parametrize(("direccion", "se_mira"), [("http://localhost:8000", True), ("https://127.0.0.1:1", False)])
def test_without_tls_or_switched_off_there_is_no_line_and_nobody_is_asked(settings, monkeypatch, direccion, se_mira):
    settings.WAGTAILADMIN_BASE_URL, settings.KUSKA_MIRAR_TLS = direccion, se_mira
    monkeypatch.setattr(tls, "_mirar", lambda *_que: pytest.fail("nobody is asked"))
    mirar_tls()
    assert "tls" not in {una.clave for una in estado.lineas(ahora=timezone.now())}
