from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from certificados import invariantes
from certificados.consultas import segun_el_registro
from certificados.consultas.papel import cambios_de, papel_de
from certificados.consultas.partes_de_un_registro import de_esta_sala
from certificados.models import Certificado
from certificados.services import apartados
from certificados.services.respaldo import NumerosDeRegistro
from certificados.viewsets import CertificadosViewSetGroup
from cursos.models import Inscripcion
from cursos.permisos import SoloLectura
from instancias.apartados import Apartado
from instancias.fusiones import Parte
from instancias.models import Persona
from marco.invariantes import Invariante
from marco.menu import EntradaDeMenu
from marco.respaldo.memoria import Recuerdo

register_permission_policy(Certificado, SoloLectura(Certificado, campo="territorio__ubigeo"))

ACCIONES = (
    ("certificados.anular", gettext_lazy("Anular documento"), gettext_lazy("Anuló el documento")),
    ("certificados.reemplazar", gettext_lazy("Corregir nombre"), gettext_lazy("Reemplazó el documento")),
    ("certificados.acta", gettext_lazy("Hacer acta"), gettext_lazy("Hizo un acta")),
    ("certificados.cierre", gettext_lazy("Hacer cierre"), gettext_lazy("Hizo un cierre")),
    ("certificados.instancia", gettext_lazy("Certificar instancia"), gettext_lazy("Certificó una instancia")),
    ("certificados.anular_cifras", gettext_lazy("Anular documento"), gettext_lazy("Anuló el documento")),
    ("certificados.descargar", gettext_lazy("Descargar documentos"), gettext_lazy("Descargó documentos de su ámbito")),
)


@hooks.register("register_log_actions")
def acciones(registro: LogActionRegistry) -> None:
    for accion, etiqueta, mensaje in ACCIONES:
        registro.register_action(accion, etiqueta, mensaje)


@hooks.register("register_admin_viewset")
def pantallas() -> CertificadosViewSetGroup:
    return CertificadosViewSetGroup()


@hooks.register("menu_del_aula")
def menu_mis_certificados(request: HttpRequest) -> EntradaDeMenu:
    url = reverse("kuska_certificados:mis_certificados")
    return EntradaDeMenu(clave="certificados", texto=_("Mis certificados"), url=url, orden=20)


@hooks.register("menu_del_personal")
def menu_certificados(request: HttpRequest) -> EntradaDeMenu | None:
    if not getattr(request, "alcance", None):
        return None
    return EntradaDeMenu(
        clave="certificados", texto=_("Certificados"), url=reverse("kuska_certificados:panel"), orden=40
    )


@hooks.register("avisos_de_la_persona")
def certificados_que_dicen_otra_cosa(request: HttpRequest, persona: Persona) -> list[dict[str, str]]:
    """To whoever has the register before them: a certificate that was issued does not change with it."""
    avisos = []
    for una in segun_el_registro.de_la_persona(persona, request.alcance):
        datos, numero = una.certificado.datos, una.certificado.registro
        url = reverse("kuska_certificados:detalle", args=[una.certificado.pk])
        if una.nombre:
            texto = _(
                "El certificado %(numero)s se emitió a nombre de «%(nombre)s» y no cambia solo. "
                "Si el nombre correcto es el de esta página, ábralo y toque «Corregir nombre»."
            ) % {"numero": numero, "nombre": datos["nombre"]}
            avisos.append({"url": url, "texto": texto, "enlace": _("Ver el certificado")})
        if una.documento:
            texto = _(
                "El certificado %(numero)s lleva otro documento: %(documento)s. "
                "Para que lleve el de esta página, ábralo, anúlelo y emítalo de nuevo."
            ) % {"numero": numero, "documento": datos["documento"]}
            avisos.append({"url": url, "texto": texto, "enlace": _("Ver el certificado")})
    return avisos


@hooks.register("copia_de_mis_datos")
def copia_para_leer(request: HttpRequest) -> EntradaDeMenu:
    url = reverse("kuska_certificados:copia_en_pdf")
    return EntradaDeMenu(clave="pdf", texto=_("Copia para leer (PDF)"), url=url, orden=10)


@hooks.register("al_terminar_un_curso")
def ver_mi_certificado(request: HttpRequest, inscripcion: Inscripcion | None) -> dict[str, str]:
    """Name what there is: who finished is not led to a paper that was annulled, or that does not come out by itself."""
    texto = _("Ver mi certificado")
    papel = papel_de(inscripcion=inscripcion, ahora=timezone.now()) if inscripcion else None
    if papel and not papel.vale:
        if papel.sale_el:
            texto = _("Su documento sale el %(dia)s") % {"dia": date_format(timezone.localtime(papel.sale_el))}
        elif papel.anulado_el:
            texto = _("Ver qué pasó con mi certificado")
        elif not papel.viene:
            texto = _("Ver qué falta para mi certificado")
    return {"url": reverse("kuska_certificados:mis_certificados"), "texto": texto}


@hooks.register("avisos_de_lo_terminado")
def lo_que_le_paso_a_su_certificado(request: HttpRequest, inscripciones: list[Inscripcion]) -> list[dict[str, str]]:
    """Whoever keeps or shared a paper learns that it stopped counting, and what they have instead."""
    cursos = {una.pk: una.curso.titulo for una in inscripciones}
    url = reverse("kuska_certificados:mis_certificados")
    avisos = []
    for uno in cambios_de(inscripciones, ahora=timezone.now()):
        dicho = {"curso": cursos[uno.inscripcion], "dia": date_format(timezone.localtime(uno.el))}
        if uno.vale:
            texto = _(
                "El %(dia)s cambió su certificado de «%(curso)s»: ahora vale el nuevo. Si imprimió o compartió el "
                "anterior, use este."
            )
            enlace = _("Ver mi certificado")
        else:
            texto = _(
                "Su certificado de «%(curso)s» se anuló el %(dia)s y ya no vale. Usted terminó el curso, y eso se "
                "conserva."
            )
            enlace = _("Qué puedo hacer")
        avisos.append({"url": url, "texto": texto % dicho, "enlace": enlace})
    return avisos


@hooks.register("parte_de_un_registro", order=30)
def partes_de_certificados() -> list[Parte]:
    return de_esta_sala()


@hooks.register("apartado_de_una_persona", order=30)
def apartados_de_certificados() -> list[Apartado]:
    return apartados.de_esta_sala()


@hooks.register("invariantes")
def lo_que_siempre_se_cumple() -> list[Invariante]:
    return invariantes.de_esta_sala()


@hooks.register("lo_que_sobrevive", order=30)
def lo_que_sobrevive_de_certificados() -> list[Recuerdo]:
    return [NumerosDeRegistro()]
