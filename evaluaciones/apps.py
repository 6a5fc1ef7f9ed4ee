from django.utils.translation import gettext_lazy as _

from marco.sala import Sala


class EvaluacionesConfig(Sala):
    default = True
    name = "evaluaciones"
    label = "kuska_evaluaciones"
    verbose_name = _("Evaluaciones")
    sobre = ("marco", "instancias", "cursos")
    direcciones = "evaluaciones.urls"
    tareas = {"evaluaciones.cerrar_vencidos": 300}
    trabajos = {"evaluaciones.cerrar_vencidos": _("Cerrar las evaluaciones vencidas")}

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cursos import clases as clases_de_unidad
        from cursos import decida, paquetes
        from cursos.permisos import SoloLectura
        from marco.sin_senal import pieza

        from . import clases, receivers
        from .consultas.ensayos import PreguntaEnPasos
        from .models import Intento, Respuesta
        from .paquetes import Decidida, Enviada, Respondida
        from .permisos import SoloAjenas
        from .unidad.clase import EvaluacionComoUnidad

        assert receivers  # noqa: S101  (imported to be connected)
        clases.descubrir()
        pieza("kuska/sw/empezar.js")
        decida.registrar(PreguntaEnPasos())
        clases_de_unidad.registrar(EvaluacionComoUnidad())
        for una in (Decidida, Respondida, Enviada):
            paquetes.registrar(una())
        register_permission_policy(Intento, SoloLectura(Intento, campo="inscripcion__territorio__ubigeo"))
        register_permission_policy(Respuesta, SoloAjenas(Respuesta, campo="intento__inscripcion__territorio__ubigeo"))
