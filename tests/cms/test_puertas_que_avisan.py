"""Every form that changes a row is known here: it tells who saves second, or says why there is nothing to tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.urls import get_resolver
from wagtail.admin.views.generic import EditView

from tests.test_arquitectura import SALAS

pytestmark = pytest.mark.un_motor

# Each of these is tried in test_dos_en_una_fila.
SE_PRUEBAN = """
    alcance cobertura collections dianolaborable documents edicion groups images instancia metas nombreinstitucional
    oficina plantillas settings sites telefonodezona users
    snippets/kuska_cursos/articulo snippets/kuska_cursos/norma snippets/kuska_cursos/orientacion
    snippets/kuska_cursos/quienatiende snippets/kuska_cursos/termino snippets/kuska_cursos/tipoderelato
"""
# Nobody changes a certificate by its form; those of workflows draw their fields one by one, and only who administers
# the site opens them.
NO_SE_PRUEBAN = "certificados_emitidos workflows workflows/tasks"

AVISAN = """
    cursos.forms.FormularioDeCurso cursos.forms.FormularioDeLeccion cursos.forms.FormularioDeModulo
    cursos.forms.FormularioDePagina evaluaciones.forms.EvaluacionForm evaluaciones.paneles.FormularioDePregunta
    marco.otra_version.paginas.FormularioQueAvisa
    cursos.forms_archivos.FormularioDeDocumento cursos.forms_imagenes.FormularioDeImagen
    cursos.forms_calendario.EncuentroForm instancias.forms_personal.CorregirPersonaForm
    instancias.forms_personal.InstitucionForm seguimiento.forms.MetaForm seguimiento.forms_informes.InformeForm
    seguimiento.viewsets.MetaForm
"""
COMPARAN_A_SU_MANERA = """
    cursos.forms_dudas.NotaForm cursos.forms_dudas.RespuestaForm instancias.forms_relevo.ElegirRelevoForm
    instancias.forms_relevo.FilaDeRelevoForm instancias.forms_relevo.RelevoForm
"""
# They add a row, ask for something, or do what only goes one way and its own state refuses the second time.
NO_PISAN_NADA = """
    certificados.forms.AnularForm certificados.forms.CorregirForm certificados.forms.VerificarForm
    cursos.forms.FormularioDeCopia cursos.forms_calendario.CancelarForm cursos.forms_dudas.DudaForm
    cursos.selectores.BuscarArticulo instancias.forms_datos.IncidenteForm instancias.forms_datos.PedirForm
    instancias.forms_datos.ResponderForm instancias.forms_personal.CeseForm
    instancias.forms_personal.DatosDePersonaForm instancias.forms_personal.PalabraForm
    instancias.forms_personal.PersonaNuevaForm instancias.forms_privilegios.DarAlcanceForm
    instancias.forms_privilegios.DarRolForm instancias.padron.lectura.formularios.ColumnasForm
    instancias.padron.lectura.formularios.PadronForm instancias.padron.lectura.formularios.SupuestosForm
    marco.forms.FormularioDelAula seguimiento.forms.ActaForm seguimiento.forms.AnularDocumentoForm
    seguimiento.forms.CierreForm seguimiento.forms.LectorForm seguimiento.forms_informes.AlMirarForm
    seguimiento.forms_plazos.MotivoForm seguimiento.forms_plazos.PlazoForm
"""
# Of one's own: nobody else has that form.
PROPIOS = """
    instancias.acceso.forms.CambiarClaveForm instancias.acceso.forms.CelularForm
    instancias.acceso.forms.ConfirmarClaveForm instancias.acceso.forms.CorreoForm
    instancias.acceso.forms.CrearClaveForm instancias.acceso.forms.DeclararForm instancias.acceso.forms.EnlaceForm
    instancias.acceso.forms.EntrarForm instancias.acceso.forms.PonerAplicacionForm
    instancias.acceso.forms.PonerEquipoForm instancias.acceso.forms.QuitarFactorForm
    instancias.acceso.forms.SegundoPasoForm instancias.acceso.forms.TarjetaForm seguimiento.forms.ResumenForm
"""


def pantallas(patrones: Any, antes: str = "") -> Iterator[str]:
    """The addresses of the screens of the editor that change a row."""
    for uno in patrones:
        ruta = f"{antes}{uno.pattern}"
        if hasattr(uno, "url_patterns"):
            yield from pantallas(uno.url_patterns, ruta)
            continue
        vista = uno.callback
        while not hasattr(vista, "view_class") and hasattr(vista, "__wrapped__"):
            vista = vista.__wrapped__
        if issubclass(getattr(vista, "view_class", object), EditView):
            yield ruta.removeprefix("admin/").split("<")[0].removesuffix("edit/").strip("/")


def formularios(clase: type) -> Iterator[str]:
    for una in clase.__subclasses__():
        if una.__module__.split(".")[0] in SALAS and "<locals>" not in una.__qualname__:
            yield f"{una.__module__}.{una.__name__}"
        yield from formularios(una)


def test_every_screen_of_the_editor_that_changes_a_row_is_tried():
    assert set(pantallas(get_resolver().url_patterns)) == {*SE_PRUEBAN.split(), *NO_SE_PRUEBAN.split()}


def test_every_form_of_ours_tells_who_saves_second_or_has_nothing_to_tell():
    assert get_resolver().url_patterns  # with their views, every form is read
    listas = [lista.split() for lista in (AVISAN, COMPARAN_A_SU_MANERA, NO_PISAN_NADA, PROPIOS)]
    dichos = {nombre for lista in listas for nombre in lista}
    assert len(dichos) == sum(map(len, listas))
    sin_decir = {una for una in formularios(forms.BaseForm) if not una.endswith("._ClusterForm")} - dichos
    assert not sin_decir, "one more form: try it with two who save, or say here why nobody is written over"
