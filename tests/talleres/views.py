from django.shortcuts import render
from django.views.decorators.http import require_safe

from cursos.views import acceder, con_acceso
from instancias.acceso.guardas import integrante_requerido

from .models import Taller
from .unidad import TallerComoUnidad


@require_safe
@integrante_requerido
@con_acceso
def taller(request, curso, unidad):
    """Say where and when. Whoever does not take the course finds nothing here."""
    acceso = acceder(request, curso, unidad, clase=TallerComoUnidad.clase)
    contexto = {"curso": curso, "taller": Taller.objects.get(pk=acceso.unidad.pagina_id), "asistio": acceso.terminada}
    return render(request, "talleres/taller.html", contexto)
