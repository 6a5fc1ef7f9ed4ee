"""Two people write the same row: the second is told before the work of the first one goes, with no script at all."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, Site
from wagtail.snippets.models import get_snippet_models

from certificados.models import Plantilla
from cursos.models import Encuentro, Norma, Orientacion, QuienAtiende, Termino, TipoDeRelato
from instancias.models import (
    Alcance,
    Asiento,
    Cobertura,
    Membresia,
    Oficina,
    PlazosDeConservacion,
    TelefonoDeZona,
)
from marco.models import AjustesDelAula, DiaNoLaborable, NombreInstitucional
from marco.otra_version import CAMPO
from seguimiento.informes.definicion import Definicion, Forma
from seguimiento.models import BarraDeInstancia, Informe, MetaDeTerritorio
from tests import gente
from tests.autoria.lectura import en_ingles, leer
from tests.certificados.factories import crear_plantilla
from tests.cursos.factories import Programa, crear_articulo
from tests.cursos.test_medios import foto
from tests.seguimiento import factories as f

pytestmark = pytest.mark.django_db
DIA = datetime.date(2026, 12, 15)


@dataclass
class Puerta:
    """A screen that changes a row, and what two people write in one of its fields."""

    direccion: str
    fila: Any
    campo: str
    una: str
    otra: str
    en_la_fila: str = ""

    @property
    def guardado(self) -> str:
        return str(
            type(self.fila)._base_manager.values_list(self.en_la_fila or self.campo, flat=True).get(pk=self.fila.pk)
        )


def ajustes(modelo: Any, campo: str, una: str, otra: str) -> Puerta:
    fila = modelo.load()
    nombres = [modelo._meta.app_label, modelo._meta.model_name, fila.pk]
    return Puerta(reverse("wagtailsettings:edit", args=nombres), fila, campo, una, otra)


def registro(prefijo: str, fila: Any, campo: str, una: str, otra: str) -> Puerta:
    return Puerta(reverse(f"{prefijo}:edit", args=[fila.pk]), fila, campo, una, otra)


def ficha(fila: Any, campo: str, una: str, otra: str) -> Puerta:
    assert type(fila) in get_snippet_models()
    return Puerta(reverse(fila.snippet_viewset.get_url_name("edit"), args=[fila.pk]), fila, campo, una, otra)


def norma() -> Norma:
    return Norma.objects.create(clave="otra-ley", tipo="Ley", numero="99999", titulo="Una")


def orientacion() -> Orientacion:
    relato = TipoDeRelato.objects.create(nombre="Un relato", diga="«Le creo.»", no_diga="«¿Seguro?»", orden=91)
    quien = QuienAtiende.objects.create(nombre="Quien atiende", orden=91)
    pasos = {"paso_1": "Escuche.", "paso_2": "Anote.", "paso_3": "Avise."}
    return Orientacion.objects.create(relato=relato, quien=quien, articulo=crear_articulo(), **pasos)


def nombre() -> NombreInstitucional:
    return NombreInstitucional.objects.create(clave="linea", nombre="Línea 100", corto="Línea 100", numero="100")


def termino() -> Termino:
    return Termino.objects.create(clave="palabra", termino="Palabra", definicion="Una.", ejemplo="Así se usa.")


def cuenta() -> Any:
    return gente.crear_cuenta("otra", email="otra@ejemplo.pe", first_name="Otra", last_name="Cuenta")


def documento() -> Any:
    return get_document_model().objects.create(title="Una", file=ContentFile(b"%PDF-1.4", name="una.pdf"))


def plantilla() -> Plantilla:
    una = crear_plantilla(firmantes=2)
    for fila, suyo in zip(una.firmantes.all(), ("Ana Ríos", "Eva Luna"), strict=True):
        type(fila).objects.filter(pk=fila.pk).update(nombre=suyo)
    return una


def alcance() -> Alcance:
    cuenta = gente.crear_cuenta("otra")
    return Alcance.objects.create(cuenta=cuenta, territorio_id=gente.DISTRITO_A, rol="coordinacion", desde=DIA)


def meta() -> MetaDeTerritorio:
    edicion = Programa(lecciones=1).abrir()
    return MetaDeTerritorio.objects.create(edicion=edicion, territorio_id=gente.DISTRITO_A, porcentaje=80, para_el=DIA)


def cobertura() -> Cobertura:
    oficina = Oficina.objects.create(nombre="Otro centro")
    return Cobertura.objects.create(oficina=oficina, territorio_id=gente.DISTRITO_A, desde=DIA)


def informe(cuenta: Any) -> Informe:
    pedida = Definicion(forma=Forma.PERSONAS, columnas=("nombres",))
    return Informe.objects.create(
        cuenta=cuenta, nombre="Uno", definicion=pedida.a_json(), de_todos=True, ambito=[gente.PROVINCIA]
    )


def encuentro() -> Encuentro:
    dia = timezone.localdate() + datetime.timedelta(days=7)
    datos = {"hora": datetime.time(15), "lugar": "Local comunal", "creado_en": timezone.now()}
    return Encuentro.objects.create(titulo="Sesión", dia=dia, territorio_id=gente.DISTRITO_A, **datos)


DEL_EDITOR = {
    "edicion": lambda: registro("edicion", Programa(lecciones=1).abrir(), "nombre", "De Rosa", "Mía"),
    "meta": lambda: registro("metas", meta(), "porcentaje", "70", "60"),
    "ajustes": lambda: ajustes(AjustesDelAula, "entidad", "De Rosa", "Mía"),
    "mensajes": lambda: ajustes(AjustesDelAula, "mensaje_recordatorio", "Hola, {nombre}", "Buenas, {nombre}"),
    "plazos": lambda: ajustes(PlazosDeConservacion, "listas", "40", "50"),
    "barra": lambda: ajustes(BarraDeInstancia, "distrital", "60", "50"),
    "instancia": lambda: registro(
        "instancia", gente.crear_asiento(gente.DISTRITO_A).instancia, "norma_de_creacion", "De Rosa", "Mía"
    ),
    "centro": lambda: registro("oficina", Oficina.objects.create(nombre="Centro 2"), "horario", "De 8 a 4", "De 9 a 5"),
    "cobertura": lambda: registro("cobertura", cobertura(), "hasta", "2027-01-31", "2027-02-28"),
    "telefono": lambda: registro(
        "telefonodezona",
        TelefonoDeZona.objects.create(territorio_id=gente.DISTRITO_A, servicio="Comisaría", telefono="962000000"),
        "telefono",
        "962000001",
        "962000002",
    ),
    "quien_ve_que": lambda: registro("alcance", alcance(), "hasta", "2027-01-31", "2027-02-28"),
    "nombre": lambda: registro("nombreinstitucional", nombre(), "norma", "De Rosa", "Mía"),
    "dia": lambda: registro(
        "dianolaborable", DiaNoLaborable.objects.create(dia=DIA, nombre="Uno"), "nombre", "De Rosa", "Mío"
    ),
    "plantilla": lambda: registro("plantillas", plantilla(), "entidad", "De Rosa", "Mía"),
    "norma": lambda: ficha(norma(), "titulo", "De Rosa", "Mía"),
    "articulo": lambda: ficha(crear_articulo(), "titulo", "De Rosa", "Mío"),
    "termino": lambda: ficha(termino(), "definicion", "De Rosa.", "Mía."),
    "paso": lambda: ficha(orientacion(), "paso_1", "De Rosa.", "Mío."),
    "relato": lambda: ficha(orientacion().relato, "nombre", "De Rosa", "Mío"),
    "quien_atiende": lambda: ficha(orientacion().quien, "nombre", "De Rosa", "Mío"),
    "cuenta": lambda: registro("wagtailusers_users", cuenta(), "first_name", "De Rosa", "Mía"),
    "rol": lambda: registro("wagtailusers_groups", Group.objects.create(name="Uno"), "name", "De Rosa", "Mío"),
    "imagen": lambda: registro("wagtailimages", foto(nombre="una.jpg"), "title", "De Rosa", "Mía"),
    "documento": lambda: registro("wagtaildocs", documento(), "title", "De Rosa", "Mío"),
    "coleccion": lambda: registro(
        "wagtailadmin_collections", Collection.get_first_root_node().add_child(name="Una"), "name", "De Rosa", "Mía"
    ),
    "sitio": lambda: registro("wagtailsites", Site.objects.get(), "site_name", "De Rosa", "Mío"),
}


def lo_que_se_envia(html: str) -> dict[str, Any]:
    """The form of a screen that says which version it was written on, as a browser would send it."""
    paginas = BeautifulSoup(html, "html.parser").find_all("form")
    [form] = [una for una in paginas if una.find("input", {"name": lambda n: bool(n) and n.endswith(CAMPO)})]
    datos: dict[str, list[str]] = {}
    for una in form.find_all(["input", "textarea", "select"]):
        nombre, clase = una.get("name"), una.get("type", "")
        if not nombre or una.has_attr("disabled") or clase in {"file", "submit", "button"}:
            continue
        if una.name == "select":
            valores = [o.get("value", o.text) for o in una.find_all("option") if o.has_attr("selected")]
            if not valores and not una.has_attr("multiple"):
                valores = [o.get("value", o.text) for o in una.find_all("option")[:1]]
        elif clase in {"checkbox", "radio"}:
            valores = [una.get("value", "on")] if una.has_attr("checked") else []
        else:
            valores = [una.get("value", "") if una.name == "input" else una.text.removeprefix("\n")]
        datos.setdefault(nombre, []).extend(valores)
    return datos


@pytest.fixture
def rosa(territorio, administradora, entrar):
    administradora.first_name, administradora.last_name = "Rosa", "Quispe"
    administradora.save()
    return entrar(administradora)


@pytest.fixture
def yo(territorio, entrar):
    return entrar(gente.crear_cuenta("yo", is_superuser=True, is_staff=True))


def una_y_otra(puerta: Puerta, rosa: Any, yo: Any) -> Any:
    """Both open it; Rosa saves and then I do. Returns my form, and what I was answered."""
    de_rosa, mio = (lo_que_se_envia(cliente.get(puerta.direccion).text) for cliente in (rosa, yo))
    hecha = rosa.post(puerta.direccion, {**de_rosa, puerta.campo: puerta.una})
    assert hecha.status_code == 302, BeautifulSoup(hecha.text, "html.parser").get_text(" ", strip=True)[:3000]
    assert puerta.guardado == puerta.una
    return yo.post(puerta.direccion, {**mio, puerta.campo: puerta.otra})


def se_dijo_y_se_guarda_otra_vez(puerta: Puerta, yo: Any, respuesta: Any) -> str:
    texto = " ".join(leer(respuesta).texto.split())
    assert respuesta.status_code in (200, 422), texto[:2000]
    assert puerta.guardado == puerta.una, "the work of the first one is what it was"
    assert "Ahora está guardado:" in texto and "todavía no se guardó" in texto
    de_nuevo = lo_que_se_envia(respuesta.text)
    assert de_nuevo[puerta.campo] == [puerta.otra], "what I typed is still on the screen"
    assert yo.post(puerta.direccion, de_nuevo).status_code == 302
    assert puerta.guardado == puerta.otra, "said once: sent again, it stays"
    return texto


SIN_LINEA = {"coleccion"}  # Wagtail writes none in its log


@pytest.mark.un_motor
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of who draws pictures
@pytest.mark.parametrize("cual", DEL_EDITOR)
def test_each_screen_of_the_editor_tells_who_saves_second(cual, rosa, yo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    puerta = DEL_EDITOR[cual]()
    respuesta = una_y_otra(puerta, rosa, yo)
    texto = se_dijo_y_se_guarda_otra_vez(puerta, yo, respuesta)
    dicho = "Alguien cambió estos datos" if cual in SIN_LINEA else "Rosa Quispe guardó estos datos el"
    assert dicho in texto and not list(en_ingles(texto[texto.index(dicho) :][:300]))


@pytest.fixture
def del_panel(cem_provincial, integrante):
    membresia = Membresia.objects.get(persona=integrante)

    def de_meta() -> Puerta:
        edicion = Programa(lecciones=1).abrir()
        fila = MetaDeTerritorio.objects.create(
            edicion=edicion,
            territorio_id=gente.DISTRITO_A,
            porcentaje=80,
            para_el=timezone.localdate() + datetime.timedelta(days=20),
        )
        direccion = reverse("kuska_seguimiento:metas")
        return Puerta(direccion, fila, f"m{gente.DISTRITO_A}-porcentaje", "70", "60", en_la_fila="porcentaje")

    hechas = {
        "persona": lambda: Puerta(
            reverse("kuska_instancias:persona_editar", args=[integrante.pk]),
            integrante,
            "nombres",
            "De Rosa",
            "Mía",
        ),
        "institucion": lambda: Puerta(
            reverse("kuska_instancias:institucion_del_asiento", args=[membresia.pk]),
            Asiento.objects.get(pk=membresia.asiento_id),
            "institucion",
            "Comisaría de Rosa",
            "Comisaría mía",
            en_la_fila="institucion__nombre",
        ),
        "encuentro": lambda: registro_del_panel("kuska_cursos:encuentro", encuentro(), "titulo", "De Rosa", "Mía"),
        "informe": lambda: registro_del_panel(
            "kuska_seguimiento:informe_cambiar", informe(cem_provincial), "nombre", "De Rosa", "Mío"
        ),
        "metas": de_meta,
    }
    return lambda cual: hechas[cual]()


def registro_del_panel(ruta: str, fila: Any, campo: str, una: str, otra: str) -> Puerta:
    return Puerta(reverse(ruta, args=[fila.pk]), fila, campo, una, otra)


@pytest.mark.parametrize("cual", ["persona", "institucion", "encuentro", "informe", "metas"])
def test_each_screen_of_the_panel_tells_who_saves_second(cual, del_panel, cem_provincial, entrar):
    otra_cuenta = gente.crear_coordinacion("rosa", gente.PROVINCIA, first_name="Rosa", last_name="Quispe")
    rosa, yo = entrar(otra_cuenta), entrar(cem_provincial)
    puerta = del_panel(cual)
    respuesta = una_y_otra(puerta, rosa, yo)
    assert "Rosa Quispe guardó estos datos el" in se_dijo_y_se_guarda_otra_vez(puerta, yo, respuesta)


@pytest.mark.un_motor
def test_what_nobody_else_changed_and_what_says_the_same_is_saved_without_a_word(rosa, yo):
    puerta = DEL_EDITOR["ajustes"]()
    mio = lo_que_se_envia(yo.get(puerta.direccion).text)
    assert yo.post(puerta.direccion, {**mio, "entidad": "Mía"}).status_code == 302
    # The same form sent twice, as a finger that touches twice: what it says is what is saved.
    assert yo.post(puerta.direccion, {**mio, "entidad": "Mía"}).status_code == 302
    # In another window of one's own.
    otra_ventana = yo.post(puerta.direccion, {**mio, "entidad": "Otra mía"})
    assert "Usted guardó estos datos en otra ventana el" in leer(otra_ventana).texto
    # A change of which there is no line in the log: somebody did it.
    mio = lo_que_se_envia(yo.get(puerta.direccion).text)
    AjustesDelAula.objects.update(entidad="Por otra puerta")
    assert "Alguien cambió estos datos" in leer(yo.post(puerta.direccion, {**mio, "entidad": "Mía"})).texto


@pytest.mark.un_motor
def test_the_rows_of_a_list_are_told_too_and_one_that_was_deleted_is_not_a_failure(rosa, yo):
    una = plantilla()
    direccion = reverse("plantillas:edit", args=[una.pk])
    de_rosa, mio = (lo_que_se_envia(cliente.get(direccion).text) for cliente in (rosa, yo))
    assert rosa.post(direccion, {**de_rosa, "firmantes-1-DELETE": "on"}).status_code == 302
    respuesta = yo.post(direccion, {**mio, "firmantes-1-cargo": "Directora"})
    texto = leer(respuesta).texto
    assert "En «firmantes» ahora está guardado: Ana Ríos" in texto and "Rosa Quispe" in texto
    assert Plantilla.objects.get().firmantes.count() == 1
    assert yo.post(direccion, lo_que_se_envia(respuesta.text)).status_code == 302
    assert [uno.cargo for uno in Plantilla.objects.get().firmantes.all()] == ["Coordinadora", "Directora"]


@pytest.mark.un_motor
def test_the_goals_of_one_page_are_saved_together_or_not_at_all_also_when_one_changed(
    del_panel, cem_provincial, entrar
):
    yo, puerta = entrar(cem_provincial), del_panel("metas")
    mio = lo_que_se_envia(yo.get(puerta.direccion).text)
    MetaDeTerritorio.objects.update(porcentaje=70)
    dia = timezone.localdate().isoformat()
    con_otra = {f"m{gente.DISTRITO_B}-porcentaje": "50", f"m{gente.DISTRITO_B}-para_el": dia}
    respuesta = yo.post(puerta.direccion, {**mio, **con_otra, puerta.campo: "60"})
    assert "Ahora está guardado: 70" in respuesta.text
    assert MetaDeTerritorio.objects.get().porcentaje == 70
    assert f.A == gente.DISTRITO_A


@pytest.mark.un_motor
def test_a_secret_is_neither_compared_nor_shown(rosa, yo):
    puerta = DEL_EDITOR["cuenta"]()
    de_rosa, mio = (lo_que_se_envia(cliente.get(puerta.direccion).text) for cliente in (rosa, yo))
    rosa.post(puerta.direccion, {**de_rosa, "first_name": "De Rosa"})
    clave = {"password1": "una clave larga 81", "password2": "una clave larga 81"}
    texto = leer(yo.post(puerta.direccion, {**mio, **clave, "first_name": "Mía"})).texto
    assert texto.count("Ahora está guardado:") == texto.count("Ahora está guardado: De Rosa") > 0
