"""Direct addresses: short, neutral, without the tree of pages."""

from django.conf import settings
from django.urls import include, path

from .views import aula, busqueda, calendario, celular, dudas, glosario, guia, hoja, medios, paquetes, responder_dudas

app_name = "kuska_cursos"

urlpatterns = [
    path("", include("cursos.clases.leccion.urls")),
    path("inicio", aula.inicio, name="inicio"),
    path("inicio/curso", aula.abrir_curso, name="abrir_curso"),
    path("paquetes", paquetes.paquetes, name="paquetes"),
    path("glosario", glosario.glosario, name="glosario"),
    path("buscar", busqueda.buscar, name="buscar"),
    path("guia", guia.guia, name="guia"),
    path("guia/<slug:provincia>", guia.guia, name="guia_de_provincia"),
    path("calendario", calendario.ver, name="calendario"),
    path("calendario.ics", calendario.archivo, name="calendario_en_archivo"),
    path("panel/calendario", calendario.del_panel, name="calendario_del_panel"),
    path("panel/calendario/nuevo", calendario.nuevo, name="nuevo_encuentro"),
    path("panel/calendario/<int:pk>", calendario.uno, name="encuentro"),
    path("panel/calendario/<int:pk>/cancelar", calendario.cancelar, name="cancelar_encuentro"),
    path("panel/calendario/<int:pk>/borrar", calendario.borrar, name="borrar_encuentro"),
    path("dudas", dudas.mis_dudas, name="mis_dudas"),
    path("dudas/leidas", dudas.leidas, name="dudas_leidas"),
    path("dudas/<int:pk>/retirar", dudas.retirar, name="retirar_duda"),
    path("panel/dudas", responder_dudas.en_el_panel, name="dudas"),
    path("panel/dudas/<int:pk>", responder_dudas.una_en_el_panel, name="duda_por_responder"),
    path("c/<int:curso>", aula.curso, name="curso"),
    path("c/<int:curso>/seguir", aula.seguir, name="seguir"),
    path("c/<int:curso>/m/<int:unidad>/resumen", hoja.hoja, name="hoja"),
    path("c/<int:curso>/m/<int:unidad>/celular", celular.guardar_modulo, name="guardar_modulo"),
    path("c/<int:curso>/m/<int:unidad>/contenido", celular.contenido, name="contenido_del_modulo"),
    path("en-este-celular", celular.en_este_celular, name="en_este_celular"),
    path("c/<int:curso>/<int:unidad>", aula.unidad, name="unidad"),
    path("c/<int:curso>/<int:unidad>/sigue", aula.sigue, name="sigue"),
]
if settings.MEDIA_URL.startswith("/") and settings.MEDIA_URL != "/":  # kept here, and not in another server
    urlpatterns.append(path(settings.MEDIA_URL[1:] + "<path:ruta>", medios.archivo, name="archivo"))
