from django.urls import path

from certificados.views import copia, panel, propios, verificacion

app_name = "kuska_certificados"

urlpatterns = [
    path("certificados", propios.mis_certificados, name="mis_certificados"),
    path("certificados/<int:certificado_id>/pdf", propios.descargar, name="descargar"),
    path("certificados/<int:certificado_id>/imagen", propios.imagen, name="imagen"),
    path("mis-datos/copia.pdf", copia.copia_en_pdf, name="copia_en_pdf"),
    path("v", verificacion.a_mano, name="verificar_a_mano"),
    path("v/<str:codigo>", verificacion.por_codigo, name="verificar"),
    path("panel/certificados", panel.lista, name="panel"),
    path("panel/certificados/emitir", panel.emitir, name="emitir"),
    path("panel/certificados/descarga", panel.descargar_varios, name="descargar_varios"),
    path("panel/certificados/preparar", panel.preparar_varios, name="preparar_varios"),
    path("panel/certificados/<int:certificado_id>", panel.detalle, name="detalle"),
    path("panel/certificados/<int:certificado_id>/anular", panel.anular, name="anular"),
    path("panel/certificados/<int:certificado_id>/corregir", panel.corregir, name="corregir"),
    path("panel/certificados/<int:certificado_id>/emitir-de-nuevo", panel.emitir_de_nuevo, name="emitir_de_nuevo"),
]
