"""The certificate of a table: the bar, who must be among the trained, once, and when it falls."""

from __future__ import annotations

import datetime
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from certificados.services import componer
from instancias.models import Membresia
from marco.models import AjustesDelAula
from seguimiento.logro import Logro
from seguimiento.models import BarraDeInstancia
from seguimiento.services.instancias import revisar_instancias
from tests.certificados.factories import crear_plantilla
from tests.certificados.normas import faltas
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_actas import texto_de


@pytest.mark.un_motor
@pytest.mark.parametrize(
    ("logro", "llega", "dicho"),
    [
        (Logro(9, 7, 70, (), ("Salud", "PNP")), True, ""),
        (Logro(9, 6, 70, (), ("Salud", "PNP", "CEM")), False, "Le falta: 1 asiento más entre Salud, PNP y CEM."),
        (Logro(9, 8, 70, ("Alcaldía",), ()), False, "Le falta: Alcaldía."),
        (Logro(4, 2, 100, (), ("Salud", "PNP")), False, "Le falta: Salud y PNP."),
        (
            Logro(10, 5, 70, ("Alcaldía",), ("A", "B", "C", "D")),
            False,
            "Le falta: Alcaldía, y 1 asiento más entre A, B, C y D.",
        ),
        (
            Logro(20, 5, 70, ("Alcaldía",), tuple("ABCDEFGHIJKLMN")),
            False,
            "Le falta: Alcaldía, y 8 asientos más entre A, B, C, D, E, F y 8 más.",
        ),
        (Logro(0, 0, 70), False, ""),
    ],
)
def test_the_bar_is_rounded_up_and_what_is_missing_is_named(logro, llega, dicho):
    assert (logro.llega, logro.le_falta) == (llega, dicho)


@pytest.fixture
@hecho_una_vez
def distrito(version, edicion):
    """District A: four seats, three of them trained, the mayor's among them."""
    crear_plantilla(version.curso)
    gente = [f.integrante(f.A, edicion, codigo="T-01", nombres="Alma", hechas=4)]
    gente += [f.integrante(f.A, edicion, codigo=f"T-0{n}", hechas=4 if n < 4 else 1) for n in (2, 3, 4)]
    return gente


@pytest.mark.django_db
def test_a_table_that_reached_the_bar_is_certified_once_and_shows_it_everywhere(
    distrito, entrar, coordinadora_a, coordinador_b, visitante, presupuesto
):
    cliente = entrar(coordinadora_a)
    antes = cliente.get(f"/panel/distrito/{f.A}").content.decode()
    assert "Tiene 3 de 4 asientos capacitados" in antes
    assert "Ya puede certificarse" in cliente.get("/panel").content.decode()
    assert entrar(coordinador_b).post(f"/panel/distrito/{f.A}/certificar").status_code == 404
    for _vez in range(2):
        cliente.post(f"/panel/distrito/{f.A}/certificar")
    documento = DocumentoDeCifras.objects.get()
    with presupuesto(25):  # its certificate is a change: this table is counted again
        pagina = cliente.get(f"/panel/distrito/{f.A}").content.decode()
    with presupuesto(15):
        assert cliente.get(f"/panel/distrito/{f.A}").content.decode().count(documento.registro) == pagina.count(
            documento.registro
        )
    assert f"Registro {documento.registro}" in pagina
    panel = cliente.get("/panel").content.decode()
    assert "· Certificada" in panel and "Instancias certificadas: 1 de 1." in " ".join(panel.split())
    contenido = componer(documento)
    leido = texto_de(contenido)
    for frase in (
        "Instancia capacitada",
        "Instancia Distrital de Concertación de Rupa-Rupa",
        "porque 3 de sus 4 asientos, entre ellos el de quien la preside",
        "Asiento T-01 · Asiento T-02 · Asiento T-03",
        "Vale mientras la instancia conserve al menos 3 asientos capacitados",
        "Firmante 1",
        f"Registro N.º {documento.registro}",
    ):
        assert frase in leido, frase
    assert "Alma" not in leido and "T-04" not in leido
    assert componer(DocumentoDeCifras.objects.get()) == contenido
    assert faltas(contenido) == []
    with pikepdf.open(BytesIO(contenido)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
    publica = visitante.get(f"/v/{documento.codigo_largo}").content.decode()
    assert "Documento válido" in publica and "Asientos capacitados: 3 de 4" in publica and "T-01" not in publica


@pytest.mark.django_db
def test_below_the_bar_or_without_the_mayor_it_says_what_is_missing(distrito, entrar, coordinadora_a):
    BarraDeInstancia.objects.create(distrital=100)
    dicho = entrar(coordinadora_a).post(f"/panel/distrito/{f.A}/certificar", follow=True).content.decode()
    assert "Todavía no llega a la barra. Le falta: Asiento T-04." in dicho
    BarraDeInstancia.load().delete()
    BarraDeInstancia(distrital=50).save()
    distrito[0].inscripciones.update(terminada_en=None, estado="en_curso")
    dicho = entrar(coordinadora_a).post(f"/panel/distrito/{f.A}/certificar", follow=True).content.decode()
    assert "Le falta: Asiento T-01." in dicho
    ayer = timezone.localdate() - datetime.timedelta(days=1)
    dicho = entrar(coordinadora_a).post(f"/panel/distrito/{f.A}/certificar?al={ayer}", follow=True).content.decode()
    assert "con las cifras de hoy" in dicho
    distrito[0].membresias.get().asiento.tipo.asientos.update(estado="no_aplica")
    dicho = entrar(coordinadora_a).post(f"/panel/distrito/{f.A}/certificar", follow=True).content.decode()
    assert "Le falta: el asiento de quien preside." in dicho
    assert not DocumentoDeCifras.objects.exists()


@pytest.mark.django_db
def test_it_falls_by_its_own_rule_with_date_and_reason_and_may_be_earned_again(
    distrito, entrar, coordinadora_a, visitante, presupuesto
):
    """Another bar changes nothing of what was certified; the mayor leaves, and the next one is trained."""
    cliente, hoy = entrar(coordinadora_a), timezone.localdate()
    cliente.post(f"/panel/distrito/{f.A}/certificar")
    ahora = timezone.now()
    BarraDeInstancia.objects.update(distrital=100)
    AjustesDelAula.actuales()
    with presupuesto(6):
        assert revisar_instancias(ahora=ahora) == []
    documento = DocumentoDeCifras.objects.get()
    alcaldia = Membresia.objects.get(persona=distrito[0])
    Membresia.objects.filter(pk=alcaldia.pk).update(hasta=hoy - datetime.timedelta(days=1))
    assert revisar_instancias(ahora=ahora) == [documento.pk]
    assert revisar_instancias(ahora=ahora) == []
    caida = DocumentoDeCifras.objects.get()
    assert (caida.estado, caida.anulado_en, caida.huella) == ("anulado", ahora, documento.huella)
    assert "no está capacitado el asiento de quien preside" in caida.motivo
    assert "Anulado el" in visitante.get(f"/v/{documento.codigo_largo}").content.decode()
    BarraDeInstancia.load().delete()
    nueva = f.sentar(alcaldia.asiento, "Nora", desde=hoy)
    f.inscribir(nueva, distrito[1].inscripciones.get().edicion, hechas=4)
    cliente.post(f"/panel/distrito/{f.A}/certificar")
    assert DocumentoDeCifras.objects.vigentes().get().numero == documento.numero + 1
