"""The fields of this room in the inventory: it keeps nothing about people."""

from marco.inventario import declarar

declarar("kuska_programas.ContenidoCargado", sin_datos="clave pagina huella claves cargado_en retirado_en")
