"""Addresses of the door and of one's own account. Neutral, without trailing slash."""

from django.urls import include, path

from .acceso.views import declarados, factores, propia, puerta, segundo_paso, sesiones
from .urls_personal import urlpatterns as del_personal
from .views import ayuda, derechos, rastro

app_name = "kuska_instancias"

urlpatterns = [
    path("entrar", puerta.entrar, name="entrar"),
    path("entrar/sigue", puerta.seguir, name="seguir"),
    path("entrar/segundo-paso", segundo_paso.pasar_el_segundo, name="segundo_paso"),
    path("entrar/segundo-paso/equipo", segundo_paso.reto_de_equipo, name="reto_de_equipo"),
    path("sin-clave", puerta.sin_clave, name="sin_clave"),
    path("a/<str:token>", puerta.enlace, name="enlace"),
    path("a/<str:token>/abierto", puerta.enlace_abierto, name="enlace_abierto"),
    path("no-soy-yo", puerta.no_soy_yo, name="no_soy_yo"),
    path("cerrar-sesion", puerta.cerrar_sesion, name="cerrar_sesion"),
    path("cambiar-de-persona", puerta.cambiar_de_persona, name="cambiar_de_persona"),
    path("clave", propia.crear, name="crear_clave"),
    path("mis-datos", propia.mis_datos, name="mis_datos"),
    path("mis-datos/derechos", derechos.mis_derechos, name="mis_derechos"),
    path("mis-datos/copia.json", derechos.copia_en_json, name="copia_en_json"),
    path("mis-datos/consentimiento", derechos.consentimiento, name="consentimiento"),
    path("mis-datos/pedidos/<int:pk>/retirar", derechos.retirar_pedido, name="retirar_pedido"),
    path("mi-cuenta", propia.mi_cuenta, name="mi_cuenta"),
    path("mi-cuenta/clave", propia.cambiar, name="cambiar_clave"),
    path("mi-cuenta/confirmar", sesiones.confirmar_clave, name="confirmar_clave"),
    path("mi-cuenta/segundo-paso", factores.mis_factores, name="mis_factores"),
    path("mi-cuenta/segundo-paso/aplicacion", factores.poner_aplicacion, name="poner_aplicacion"),
    path("mi-cuenta/segundo-paso/equipo", factores.poner_equipo, name="poner_equipo"),
    path("mi-cuenta/segundo-paso/equipo/reto", factores.reto_de_alta, name="reto_de_alta"),
    path("mi-cuenta/segundo-paso/hoja", factores.hacer_hoja, name="hacer_hoja"),
    path("mi-cuenta/segundo-paso/quitar", factores.quitar, name="quitar_factor"),
    path("mi-cuenta/sesiones", sesiones.cerrar, name="cerrar_sesiones"),
    path("mi-cuenta/celular", propia.mi_celular, name="mi_celular"),
    path("mi-cuenta/correo", propia.mi_correo, name="mi_correo"),
    path("mi-cuenta/dato/<str:campo>", declarados.declarar, name="declarar"),
    path("mi-cuenta/quien-miro-mis-datos", rastro.quien_miro, name="quien_miro"),
    path("mi-cuenta/preferencias", propia.preferencias, name="preferencias"),
    path("mi-cuenta/borrar-de-este-celular", propia.borrar_del_celular, name="borrar_del_celular"),
    path("menu", ayuda.menu, name="menu"),
    path("ayuda", ayuda.ayuda, name="ayuda"),
    path("navegar-con-cuidado", ayuda.navegar_con_cuidado, name="navegar_con_cuidado"),
    path("panel/", include(del_personal)),
]
