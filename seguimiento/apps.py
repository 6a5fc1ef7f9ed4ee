from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from marco.sala import Sala


class SeguimientoConfig(Sala):
    default = True
    name = "seguimiento"
    label = "kuska_seguimiento"
    verbose_name = _("Seguimiento")
    sobre = ("marco", "instancias", "cursos", "evaluaciones", "certificados")
    direcciones = "seguimiento.urls"
    tareas = {
        "seguimiento.cerrar_en_su_dia": 3600,
        "seguimiento.revisar_instancias": 3600,
        "seguimiento.publicar_cortes": 3600,
        "seguimiento.enviar_confirmaciones": 300,
        "seguimiento.enviar_resumenes": 600,
        "seguimiento.contar": 60,
        "seguimiento.contar_rasgos": 86400,
    }
    trabajos = {
        "seguimiento.cerrar_en_su_dia": _("Hacer los cierres en su día"),
        "seguimiento.contar": _("Contar lo que cambió"),
        "seguimiento.contar_rasgos": _("Contar los datos declarados"),
        "seguimiento.enviar_resumenes": _("Enviar el resumen de la semana"),
        "seguimiento.publicar_cortes": _("Publicar las cifras del mes"),
        "seguimiento.revisar_instancias": _("Revisar las instancias certificadas"),
        "seguimiento.enviar_confirmaciones": _("Enviar correos de confirmación"),
        "seguimiento.cerrar_provincia": _("Hacer el cierre de una provincia"),
    }

    def ready(self) -> None:
        from instancias.trabajos import registrar
        from marco import direcciones

        from . import receivers

        direcciones.registrar(avance_de="kuska_seguimiento:persona")

        registrar(
            {
                "seguimiento.informe": "seguimiento.services.archivos.LibroDeInforme",
                "seguimiento.avance": "seguimiento.services.archivos.LibroDeAvance",
                "seguimiento.acta": "seguimiento.services.papeles_largos.ActaLarga",
                "seguimiento.cierre": "seguimiento.services.papeles_largos.CierreLargo",
                "seguimiento.dia": "seguimiento.services.dias.DiaContado",
                "seguimiento.comparacion": "seguimiento.services.comparaciones.ComparacionLarga",
                "seguimiento.semana": "seguimiento.services.semanas.SemanaContada",
            }
        )
        pre_migrate.connect(receivers.quitar_antes_de_migrar, sender=self)
        post_migrate.connect(receivers.poner_al_terminar, sender=self)
