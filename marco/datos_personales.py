"""The fields of this room in the inventory: it keeps nothing about people."""

from .inventario import declarar

declarar("kuska_marco.NombreInstitucional", sin_datos="clave nombre corto antes norma desde numero")
declarar("kuska_marco.BloqueoDelNavegador", sin_datos="dia directiva origen pantalla veces")
declarar("kuska_marco.Comprobacion", sin_datos="empezada_en terminada_en rapida reglas rotas resultados")
declarar("kuska_marco.Encargo", sin_datos="clave tarea argumentos pedido_en proximo_en intentos motivo detenido_en")
declarar("kuska_marco.Latido", sin_datos="clave en visto")
declarar("kuska_marco.Instalacion", sin_datos="identidad desde repuesta_de por_terminar_desde")
declarar(
    "kuska_marco.CopiaDeRespaldo",
    sin_datos="nombre hecha_en estado comprobacion comprobada_en detalle tamano segundos archivos filas",
)
declarar("kuska_marco.DiaNoLaborable", sin_datos="dia nombre norma")
declarar(
    "kuska_marco.AjustesDelAula",
    sin_datos="nombre_del_espacio entidad programa oficina logo texto_linea_de_ayuda texto_emergencia pagina_de_salida "
    "whatsapp_activo correo_activo mensaje_enlace mensaje_recordatorio version_del_aviso aviso_de_datos "
    "transparencia_activa licencia_de_los_datos segundo_factor segundo_factor_desde "
    "solo_lectura_desde",
)
