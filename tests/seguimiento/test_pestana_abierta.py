"""A tab that stayed open: of who answers for the place no more, by page, act and file; and filters that leave four."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.utils import timezone

from certificados.models import DocumentoDeCifras
from instancias.acceso.services.declarados import declarar
from instancias.models import Alcance
from seguimiento.informes.definicion import Definicion
from seguimiento.informes.preparar import InformeError
from seguimiento.models import BarraDeInstancia, Informe
from seguimiento.papel_de_acta import Pedido
from seguimiento.services.actas import hacer_acta
from seguimiento.services.cierres import cerrar
from seguimiento.services.rasgos import contar_rasgos
from tests.mundos import hecho_una_vez
from tests.seguimiento import factories as f
from tests.seguimiento.test_informes import guardado
from tests.seguimiento.test_rasgos import sentar_varias

pytestmark = pytest.mark.django_db
UN_DIA = datetime.timedelta(days=1)


@pytest.fixture
@hecho_una_vez
def oficina(entrar, cem_provincial):
    return entrar(cem_provincial)


@pytest.fixture
@hecho_una_vez
def hechos(edicion, cem_provincial) -> tuple[DocumentoDeCifras, DocumentoDeCifras]:
    """A closing and an acta of the province, that she made."""
    for n in range(1, 7):
        f.integrante(f.A, edicion, codigo="T-01" if n == 1 else "T-04", numero=n, hechas=4, dias=3)
    BarraDeInstancia.objects.create(distrital=1)
    cierre, _nuevo = cerrar(ambito=f.ambito(), al=timezone.localdate() - UN_DIA, por=cem_provincial)
    return cierre, hacer_acta(ambito=f.ambito(), pedido=Pedido(operacion=uuid.uuid4()), por=cem_provincial)[0]


@pytest.mark.parametrize("queda", ["", f.B], ids=["nothing", "another district"])
def test_whose_scope_ended_today_opens_no_paper_and_makes_none(hechos, oficina, cem_provincial, queda):
    cierre, acta = hechos
    direcciones = [f"actas/{uno.pk}{parte}" for uno in hechos for parte in ("", "/pdf", "/xlsx", "/anular")]
    direcciones += [f"cierres/{cierre.pk}/{parte}" for parte in ("json", "csv", "comparar")]
    direcciones += [f"distrito/{f.A}", f"actas/nueva?instancia={f.A}", f"cierres/nuevo?instancia={f.A}"]
    assert {oficina.get(f"/panel/{uno}").status_code for uno in direcciones if "anular" not in uno} == {200}
    if queda:
        Alcance.objects.filter(cuenta=cem_provincial).update(territorio=queda)
    else:
        Alcance.objects.filter(cuenta=cem_provincial).update(hasta=timezone.localdate() - UN_DIA)
    assert {oficina.get(f"/panel/{uno}").status_code for uno in direcciones} == {404}
    for direccion, datos in (
        (f"actas/nueva?instancia={f.A}", {"operacion": str(uuid.uuid4())}),
        (f"cierres/nuevo?instancia={f.A}", {"al": (timezone.localdate() - 2 * UN_DIA).isoformat()}),
        (f"distrito/{f.A}/certificar", {}),
        (f"actas/{acta.pk}/anular", {"motivo": "Se hizo sin querer"}),
    ):
        assert oficina.post(f"/panel/{direccion}", datos).status_code == 404, direccion
    assert set(DocumentoDeCifras.objects.values_list("pk", "estado")) == {(uno.pk, "vigente") for uno in hechos}


@pytest.fixture
@hecho_una_vez
def declarados(edicion) -> None:
    """Seventeen titulares and four alternos, who said it of themselves."""
    sentar_varias(edicion, f.A, "mujer", 9)
    sentar_varias(edicion, f.A, "hombre", 8, desde=20)
    for n in range(40, 44):
        persona = f.sentar(f.crear_asiento(f.A, "T-05", numero=n), calidad="alterno")
        f.inscribir(persona, edicion, hechas=4)
        declarar(persona=persona, campo="sexo", valor="mujer", ahora=timezone.now())
    contar_rasgos(ahora=timezone.now())


@pytest.mark.parametrize("filtro", [{"calidad": "alterno"}, {"calidad": "titular"}, {"nivel": "distrital"}])
def test_filters_that_leave_four_people_tell_nothing_of_what_they_declared(declarados, oficina, cem_provincial, filtro):
    """No filter parts them, nor what is left of them all, by any door."""
    datos = {"forma": "cuentas", "grupos": ("instancia",), "columnas": ("integrantes", "terminaron"), "por_sexo": True}
    with pytest.raises(InformeError, match="quite los filtros"):
        guardado(cem_provincial, **datos, **filtro)
    pedido = {"nombre": "De cuatro", **datos, "por_sexo": "on", **filtro}
    pagina = oficina.post("/panel/informes/nuevo?forma=cuentas", pedido, follow=True).text
    assert "quite los filtros" in pagina and not Informe.objects.exists()
    # What was saved before the rule, or written by hand: the file is refused as the page is.
    a_mano = Informe.objects.create(
        cuenta=cem_provincial,
        nombre="De cuatro",
        definicion=Definicion(nombre="De cuatro", **datos, **filtro).a_json(),
        ambito=[f.PROVINCIA],
    )
    vistas = [oficina.get(f"/panel/informes/{a_mano.pk}", follow=True)]
    vistas += [
        oficina.get(f"/panel/informes/{a_mano.pk}/archivo.{uno}", follow=True) for uno in ("csv", "json", "xlsx")
    ]
    for vista in vistas:
        assert "text/html" in vista["Content-Type"] and "quite los filtros" in " ".join(vista.text.split())
