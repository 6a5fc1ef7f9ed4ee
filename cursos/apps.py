from django.utils.translation import gettext_lazy as _

from marco import direcciones
from marco.sala import Sala


class CursosConfig(Sala):
    default = True
    name = "cursos"
    label = "kuska_cursos"
    verbose_name = _("Cursos")
    sobre = ("marco", "instancias")
    aplicaciones = ("wagtail.images", "wagtail.documents", "wagtail.search", "modelcluster", "taggit")
    direcciones = "cursos.urls"
    tareas = {"cursos.inscribir_a_quienes_empiezan": 3600, "cursos.medir_tiempos": 86400}
    trabajos = {
        "cursos.inscribir_a_quienes_empiezan": _("Inscribir a quienes empiezan"),
        "cursos.medir_tiempos": _("Medir cuánto toma cada parte"),
    }

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from marco import direcciones as del_marco
        from marco import sin_senal

        from . import checks, clases, comparaciones, paquetes, receivers  # noqa: F401
        from .clases.leccion.paquete import PasoVisto
        from .clases.leccion.unidad import LeccionComoUnidad
        from .models import Avance, Inscripcion
        from .permisos import SoloLectura
        from .services.copias import envolver
        from .titulos_de_archivos import buscar_sin_tildes

        direcciones.registrar(celular="kuska_cursos:en_este_celular")
        comparaciones.registrar()
        envolver()
        buscar_sin_tildes()
        clases.registrar(LeccionComoUnidad())
        paquetes.registrar(PasoVisto())
        del_marco.registrar(paquetes="kuska_cursos:paquetes")
        sin_senal.pieza("kuska/sw/guia.js")
        sin_senal.pieza("kuska/sw/confirmado.js")

        register_permission_policy(Inscripcion, SoloLectura(Inscripcion, campo="territorio__ubigeo"))
        register_permission_policy(Avance, SoloLectura(Avance, campo="inscripcion__territorio__ubigeo"))
