"""Addresses of the panel. Neutral, without trailing slash."""

from django.urls import path, register_converter

from .views import (
    actas,
    api,
    archivos,
    asiento,
    ayuda,
    cierres,
    copias,
    dias,
    distrito,
    exportar,
    informes,
    instancias,
    lectores,
    listas,
    metas,
    panel,
    persona,
    plazos,
    resumen,
    salud,
    sin_aplicar,
    transparencia,
    voces,
)


class Ubigeo:
    """INEI code of a province or a district."""

    regex = r"\d{4}(?:\d{2})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Ubigeo, "ubigeo")

app_name = "kuska_seguimiento"
RECURSOS = ("ediciones", "instancias", "asientos", "cobertura", "avance", "cierres")

urlpatterns = [
    path("panel", panel.panel, name="panel"),
    path("panel/distrito/<ubigeo:ubigeo>", distrito.ver, name="distrito"),
    path("panel/distrito/<ubigeo:ubigeo>/plazo", plazos.a_un_distrito, name="plazo_del_distrito"),
    path("panel/distrito/<ubigeo:ubigeo>/certificar", instancias.certificar, name="certificar_instancia"),
    path("panel/dia/contar", dias.contar, name="contar_dia"),
    path("panel/mapa", panel.ver_mapa, name="mapa"),
    path("panel/curso/<int:numero>", panel.ver_curso, name="curso"),
    path("panel/curso/<int:numero>/salud", salud.ver, name="salud"),
    path("panel/curso/<int:numero>/resultados", voces.ver, name="voces"),
    path("panel/copias", copias.ver, name="copias"),
    path("panel/como-se-cuenta", ayuda.ver_como_se_cuenta, name="como_se_cuenta"),
    path("panel/lista", listas.lista, name="lista"),
    path("panel/recordar", listas.por_recordar, name="recordar"),
    path("panel/recordar/avise", listas.ya_avise, name="ya_avise"),
    path("panel/sin-aplicar", sin_aplicar.lista, name="sin_aplicar"),
    path("panel/sin-aplicar/anotado", sin_aplicar.anotado, name="anotado"),
    path("panel/persona/<int:pk>", persona.ver, name="persona"),
    path("panel/persona/<int:pk>/intento", plazos.dar_intento_mas, name="dar_intento"),
    path("panel/persona/<int:pk>/plazo", plazos.a_una_persona, name="plazo_de_la_persona"),
    path("panel/plazo/<int:pk>/quitar", plazos.quitar, name="quitar_plazo"),
    path("panel/informes", informes.lista, name="informes"),
    path("panel/informes/nuevo", informes.nuevo, name="informe_nuevo"),
    path("panel/informes/avance", archivos.avance, name="avance_largo"),
    path("panel/informes/<int:pk>/cambiar", informes.cambiar, name="informe_cambiar"),
    path("panel/informes/<int:pk>/borrar", informes.borrar, name="informe_borrar"),
    path("panel/informes/<str:cual>", informes.ver, name="informe"),
    path("panel/informes/<str:cual>/copiar", informes.copiar, name="informe_copiar"),
    path("panel/informes/<str:cual>/preparar", archivos.preparar, name="informe_preparar"),
    path("panel/informes/<str:cual>/archivo.<str:formato>", informes.archivo, name="informe_archivo"),
    path("panel/avance.xlsx", exportar.avance, name="avance"),
    path("panel/metas", metas.ver, name="metas"),
    path("panel/actas", actas.lista, name="actas"),
    path("panel/actas/nueva", actas.nueva, name="acta_nueva"),
    path("panel/actas/<int:pk>", actas.ver, name="documento"),
    path("panel/actas/<int:pk>/pdf", actas.pdf, name="documento_pdf"),
    path("panel/actas/<int:pk>/xlsx", actas.xlsx, name="documento_xlsx"),
    path("panel/actas/<int:pk>/anular", actas.anular, name="documento_anular"),
    path("panel/cierres/nuevo", cierres.nuevo, name="cierre_nuevo"),
    path("panel/cierres/<int:pk>/json", cierres.json, name="cierre_json"),
    path("panel/cierres/<int:pk>/csv", cierres.csv, name="cierre_csv"),
    path("panel/cierres/<int:pk>/comparar", cierres.comparar, name="cierre_comparar"),
    path("panel/asiento/<int:pk>", asiento.ver, name="asiento"),
    path("panel/lectores", lectores.lista, name="lectores"),
    path("panel/lectores/nuevo", lectores.nuevo, name="lector_nuevo"),
    path("panel/lectores/<int:pk>/revocar", lectores.revocar, name="lector_revocar"),
    path("panel/resumen", resumen.ver, name="resumen"),
    path("panel/resumen/dejar", resumen.dejar, name="resumen_dejar"),
    path("resumen/confirmar/<str:token>", resumen.confirmar, name="resumen_confirmar"),
    path("resumen/salir/<str:token>", resumen.salir, name="resumen_salir"),
    path("transparencia", transparencia.inicio, name="transparencia"),
    path("transparencia/diccionario", transparencia.diccionario, name="diccionario"),
    path("transparencia/diccionario.csv", transparencia.diccionario_csv, name="diccionario_csv"),
    path("transparencia/<ubigeo:ubigeo>", transparencia.de_un_lugar, name="transparencia_de"),
    path("transparencia/<ubigeo:ubigeo>/instancias.csv", transparencia.instancias_csv, name="abiertos_instancias"),
    path("transparencia/<ubigeo:ubigeo>/asientos.csv", transparencia.asientos_csv, name="abiertos_asientos"),
    path("transparencia/<ubigeo:ubigeo>/datos.json", transparencia.datos_json, name="abiertos_json"),
    path("api/v1/openapi.json", api.descripcion, name="api_descripcion"),
    *(path(f"api/v1/{uno}", api.recurso(uno), name=f"api_{uno}") for uno in RECURSOS),
]
