"""The fields of this room in the inventory, and the uses that the rooms above share."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from marco.inventario import Uso, declarar

FUNCION = _("Función pública de la entidad (Ley 29733, art. 14, numeral 1)")
CONSENTIMIENTO = _("Consentimiento de la persona (Ley 29733, art. 13.5)")
SEGURIDAD = _("Registro de accesos y operaciones (Reglamento, DS 016-2024-JUS, art. 46)")
SU_PERSONAL = _("La persona, y el personal a cargo de su territorio")

IDENTIDAD = Uso(
    fin=_("Saber quién ocupa cada asiento y a nombre de quién se certifica"),
    base=FUNCION,
    plazo=_("Mientras exista el registro; después de suprimir, nada"),
    ven=SU_PERSONAL,
    al_suprimir=_("Se reemplaza por un código sin relación con la persona"),
)
CONTACTO = Uso(
    fin=_("Enviarle su enlace y los recordatorios de su curso"),
    base=CONSENTIMIENTO,
    plazo=_("Hasta que la persona lo cambie, lo quite o se suprima; en un registro que se unió con otro, un día"),
    ven=SU_PERSONAL,
    al_suprimir=_("Se borra"),
)
CARGO = Uso(
    fin=_("Saber quién representa a cada institución en la instancia y desde cuándo"),
    base=FUNCION,
    plazo=_("Permanente: prueba de una función pública"),
    ven=SU_PERSONAL,
    al_suprimir=_("Se conserva sin identidad"),
)
ACCESO = Uso(
    fin=_("Que la persona entre, y nadie más por ella"),
    base=FUNCION,
    plazo=_("Los enlaces y envíos, 90 días después de usarse o vencer; la cuenta, mientras exista el registro"),
    ven=_("La persona; el personal ve solo si tiene clave y cuándo entró"),
    al_suprimir=_("Se borra"),
)
PREFERENCIA = Uso(
    fin=_("Mostrar las páginas como la persona prefiere"),
    base=CONSENTIMIENTO,
    plazo=_("Hasta que la persona lo cambie o se suprima"),
    ven=_("La persona"),
    al_suprimir=_("Vuelve al valor de fábrica"),
)
AVISO = Uso(
    fin=_("Probar qué se le dijo sobre sus datos y qué aceptó"),
    base=CONSENTIMIENTO,
    plazo=_("Permanente, sin identidad después de suprimir"),
    ven=SU_PERSONAL,
    al_suprimir=_("Se conserva sin identidad y queda retirado"),
)
LISTA = Uso(
    fin=_("Revisar una lista antes de guardarla"),
    base=FUNCION,
    plazo=_("30 días si nadie la guarda; al guardarla se vacían nombres y documentos"),
    ven=_("El personal que cubre todo el ámbito de la lista"),
    al_suprimir=_("Se borran las filas en que aparece"),
)
AUTORIA = Uso(
    fin=_("Saber quién del personal hizo cada acto"),
    base=SEGURIDAD,
    plazo=_("Tanto como el acto que registra"),
    ven=_("El personal a cargo y la administración"),
    al_suprimir=_("Queda el número de una cuenta cerrada, sin nombre"),
)
RASTRO = Uso(
    fin=_("Saber qué se hizo, cuándo y sobre qué registro"),
    base=SEGURIDAD,
    plazo=_("Al menos dos años"),
    ven=_("La administración"),
    al_suprimir=_("Se quitan los nombres y documentos que hubiera; quedan números y fechas"),
)
EVIDENCIA = Uso(
    fin=_("Probar qué hizo la persona en un curso y certificarlo"),
    base=FUNCION,
    plazo=_("Permanente, sin identidad después de suprimir"),
    ven=SU_PERSONAL,
    al_suprimir=_("Se conserva sin identidad: las cifras no cambian"),
)
OFICINA = Uso(
    fin=_("Decir a cada integrante quién le acompaña y cómo llamarle"),
    base=FUNCION,
    plazo=_("Mientras la oficina atienda"),
    ven=_("Integrantes y personal de los distritos que atiende"),
    al_suprimir=_("Lo cambia la oficina"),
)

DECLARADO = Uso(
    fin=_("Contar a quiénes llega la capacitación, en grupos de cinco o más, si la persona quiso decirlo"),
    base=CONSENTIMIENTO,
    plazo=_("Hasta que la persona lo retire o se suprima"),
    ven=_("La persona; el sexo, también el personal a cargo. La autoidentificación étnica, nadie más"),
    al_suprimir=_("Se borra"),
    sensible=True,
)
PEDIDO = Uso(
    fin=_("Responder a la persona sobre sus datos y probar que se le respondió a tiempo"),
    base=_("Derechos de la persona (Ley 29733; Reglamento, DS 016-2024-JUS, art. 69)"),
    plazo=_("Permanente, sin textos ni identidad después de suprimir"),
    ven=SU_PERSONAL,
    al_suprimir=_("Quedan la clase, las fechas y la respuesta; se vacían los textos"),
)

declarar(
    "kuska_instancias.Persona",
    {
        "tipo_de_documento documento nombres apellidos busqueda orden_alfabetico": IDENTIDAD,
        "celular correo": CONTACTO,
        "cuenta ultimo_ingreso_en": ACCESO,
        "datos_revisados_en aviso_visto": AVISO,
        "ahorra_datos": PREFERENCIA,
        "activa absorbida_por creada_en suprimida_en": replace(
            IDENTIDAD, fin=_("Llevar un solo registro de cada persona"), al_suprimir=_("Queda desactivado")
        ),
    },
)
declarar(
    "kuska_instancias.Membresia",
    {"persona asiento calidad desde hasta designacion motivo_de_cese registrada_en cese_registrado_en": CARGO},
)
declarar("kuska_instancias.Consentimiento", {"persona version texto aceptado_en retirado_en": AVISO})
declarar(
    "kuska_instancias.EnlaceDeAcceso",
    {"persona huella creado_en vence_en abierto_en usado_en anulado_en": ACCESO, "creado_por": AUTORIA},
)
declarar(
    "kuska_instancias.EnvioPorCorreo",
    {"persona pedido_en estado tomado_en enlace": ACCESO, "pedido_por": AUTORIA},
)
declarar("kuska_instancias.FrenoDeEntrada", sin_datos="huella fallos ultimo_en espera_hasta")
declarar("kuska_instancias.SesionAbierta", {"cuenta llave": ACCESO})
declarar("kuska_instancias.ClaveInicial", {"cuenta puesta_en": ACCESO, "puesta_por": AUTORIA})
declarar(
    "kuska_instancias.SegundoFactor",
    {
        "cuenta clase nombre secreto credencial usos creado_en usado_en quitado_en motivo": ACCESO,
        "quitado_por": AUTORIA,
    },
)
declarar("kuska_instancias.CodigoDeUnUso", {"factor huella usado_en": ACCESO})
declarar(
    "kuska_instancias.RevisionDePrivilegios", {"firmada_por listado": AUTORIA}, sin_datos="firmada_en anterior huella"
)
declarar("kuska_instancias.Alcance", {"cuenta territorio rol desde hasta": AUTORIA})
declarar("kuska_instancias.RolDado", {"cuenta grupo desde hasta dado_por dado_en puesto_en terminado_en": AUTORIA})
declarar(
    "kuska_instancias.ImportacionDePadron",
    {"archivo cesadas resumen": LISTA, "subida_por pedida_por": AUTORIA},
    sin_datos="huella esquema estado forma leido supuestos completa_para ambito releva subida_en vence_en primera_en "
    "decidida_en fase hechas total latido_en turno detenida",
)
declarar(
    "kuska_instancias.FilaDePadron",
    {"cruda leida detalles problemas documento persona hecho": LISTA},
    sin_datos="importacion orden hoja fila accion motivos aceptados estado territorio tipo version",
)
declarar("kuska_instancias.CeldasDePadron", {"hojas": LISTA}, sin_datos="importacion")
declarar("kuska_instancias.ColumnaRecordada", {"cuenta": AUTORIA}, sin_datos="huella dice")
declarar(
    "kuska_instancias.Palabra", {"dicha_por": AUTORIA}, sin_datos="clase leida clave nivel significa ambito dicha_en"
)
declarar("kuska_instancias.Distincion", {"una otra": IDENTIDAD, "dicha_por": AUTORIA}, sin_datos="dicha_en")
declarar(
    "kuska_instancias.Fusion",
    {
        "queda absorbida movido": IDENTIDAD,
        "cuentas datos": replace(IDENTIDAD, plazo=_("Un día: lo que dura poder deshacer"), al_suprimir=_("Se borra")),
        "hecha_por": AUTORIA,
    },
    sin_datos="operacion hecha_en deshecha_en",
)
declarar(
    "kuska_instancias.Relevo",
    {"terminadas creadas registradas designacion": CARGO, "hecho_por": AUTORIA},
    sin_datos="operacion desde hecho_en deshecho_en",
)
declarar(
    "kuska_instancias.Oficina", {"telefono whatsapp facilitadora": OFICINA}, sin_datos="nombre horario orden_alfabetico"
)
declarar("kuska_instancias.PedidoDeDatos", {"persona clase detalle estado recibido_en vence_el respondido_en": PEDIDO})
declarar("kuska_instancias.ActoDePedido", {"pedido acto texto en": PEDIDO, "por": AUTORIA})
declarar("kuska_instancias.Supresion", {"pedido personas resumen hecha_en": PEDIDO, "hecha_por": AUTORIA})
declarar("kuska_instancias.Retencion", {"pedida_por": AUTORIA}, sin_datos="hecha_en quitadas")
declarar("kuska_instancias.PlazosDeConservacion", sin_datos="listas borradores enlaces avisos dudas rastro")
declarar("kuska_instancias.TelefonoDeZona", sin_datos="territorio servicio telefono")
declarar("kuska_instancias.Cobertura", sin_datos="oficina territorio desde hasta")
declarar("kuska_instancias.Institucion", sin_datos="nombre sector busqueda orden_alfabetico")
declarar(
    "kuska_instancias.Instancia", sin_datos="nivel territorio atendida_por norma_de_creacion instalada_el sesiona_cada"
)
declarar("kuska_instancias.Asiento", sin_datos="instancia tipo numero institucion estado abierto_en")
declarar(
    "kuska_instancias.TipoDeAsiento",
    sin_datos="codigo nivel articulo numeral nombre corto sector minimo maximo condicional preside orden "
    "version_de_norma desde hasta",
)
declarar(
    "kuska_instancias.Territorio",
    sin_datos="ubigeo nivel nombre nombre_alterno sigla capital codigo_reniec norma_de_creacion fila columna contorno "
    "desde hasta",
)

# What the frameworks keep that tells something of a person: only those fields.
declarar("wagtailcore.ModelLogEntry", {"label data object_id timestamp action": RASTRO, "user": AUTORIA})
declarar("wagtailcore.PageLogEntry", {"user": AUTORIA})
declarar("wagtailcore.Revision", {"user": AUTORIA})
declarar("wagtailcore.Comment", {"user text": AUTORIA})
declarar("wagtailcore.CommentReply", {"user text": AUTORIA})
declarar("wagtailusers.UserProfile", {"user avatar": AUTORIA})
declarar("sessions.Session", {"session_key session_data expire_date": ACCESO})
declarar("kuska_instancias.DatoDeclarado", {"persona campo valor aviso declarado_en retirado_en": DECLARADO})
declarar(
    "kuska_instancias.LineaDeRastro",
    {
        "persona cuenta papel lugar acto pantalla detalle en cuantas referencia encabeza": replace(
            RASTRO,
            fin=_("Saber quién miró, descargó o cambió los datos de cada persona"),
            plazo=_("Dos años"),
            ven=_("La administración; cada persona, lo que se hizo con sus datos y desde qué oficina"),
            al_suprimir=_("Se conserva: son números y fechas, sin nombres"),
        ),
    },
)
declarar(
    "kuska_instancias.Trabajo",
    {
        "cuenta titulo nombre pedido ambito pedido_en listo_en de_quienes": replace(
            AUTORIA,
            fin=_("Que cada cuenta siga los trabajos largos que pidió y recoja su archivo"),
            plazo=_("Un día"),
            ven=_("Quien lo pidió, mientras tenga a su cargo ese lugar"),
            al_suprimir=_("Se borra al día siguiente, con su archivo"),
        )
    },
    sin_datos="clave clase estado hechas total turno latido_en vence_en ruta bytes cortes motivo resultado",
)
