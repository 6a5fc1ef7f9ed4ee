from django.utils.translation import gettext_lazy as _

from marco.sala import Sala


class CertificadosConfig(Sala):
    default = True
    name = "certificados"
    label = "kuska_certificados"
    verbose_name = _("Certificados")
    sobre = ("marco", "instancias", "cursos", "evaluaciones")
    aplicaciones = ("wagtail.images",)
    direcciones = "certificados.urls"
    tareas = {"certificados.emitir_pendientes": 60}
    trabajos = {
        "certificados.emitir_pendientes": _("Emitir las constancias que esperan"),
        "certificados.emitir": _("Emitir una constancia"),
        "certificados.generar_pdf": _("Hacer el PDF de una constancia"),
        "certificados.generar_pdf_de_cifras": _("Hacer el PDF de un acta"),
    }

    def ready(self) -> None:
        from instancias.trabajos import registrar

        from . import checks, receivers  # noqa: F401

        registrar(
            {
                "certificados.emision": "certificados.services.lotes.EmisionLarga",
                "certificados.paquete": "certificados.services.lotes.PaqueteDeDocumentos",
            }
        )
