"""The fields of this room in the inventory."""

from django.utils.translation import gettext_lazy as _

from instancias.datos_personales import AUTORIA, EVIDENCIA, FUNCION
from marco.inventario import Uso, declarar

declarar(
    "kuska_cursos.Inscripcion",
    {
        "persona edicion curso version territorio version_anterior decision estado requeridas hechas unidad_actual "
        "paso_actual creada_en iniciada_en terminada_en termino_anotado_en ultima_actividad_en retirada_en "
        "hasta": EVIDENCIA
    },
)
declarar("kuska_cursos.Avance", {"inscripcion unidad estado paso vistos iniciado_en terminado_en": EVIDENCIA})
declarar(
    "kuska_cursos.Prorroga",
    {"inscripcion motivo hasta dada_en retirada_en": EVIDENCIA, "por retirada_por": AUTORIA},
    sin_datos="edicion territorio con_distritos",
)
DUDA = Uso(
    fin=_("Responder a la persona lo que pregunta de una lección"),
    base=FUNCION,
    plazo=_("180 días desde que se preguntó"),
    ven=_("La persona; el personal a cargo de su territorio; quien escribe el curso, sin saber de quién es"),
    al_suprimir=_("Se vacían la duda y su respuesta"),
)
declarar(
    "kuska_cursos.Duda",
    {
        "inscripcion unidad numero_de_paso titulo_del_paso texto hecha_en respuesta respondida_en leida_en": DUDA,
        "respondida_por": AUTORIA,
    },
    sin_datos="paso operacion",
)
declarar(
    "kuska_cursos.NotaDeLeccion",
    {"publicada_por retirada_por": AUTORIA},
    sin_datos="unidad paso duda pregunta texto publicada_en retirada_en",
)
declarar(
    "kuska_cursos.Paquete",
    {
        "identificador persona clase lugar huella estado motivo mensaje datos recibido_en anotado_en": EVIDENCIA,
        "anotado_por": AUTORIA,
    },
)
declarar(
    "kuska_cursos.DecisionDeRetiro",
    {"por deshecha_por": AUTORIA},
    sin_datos="curso version trato personas terminan pierden en firme_desde cerrada_en deshecha_en unidades",
)
declarar(
    "kuska_cursos.Unidad",
    {"retirada_por": AUTORIA},
    sin_datos="clase variante curso numero titulo modulo clave_del_modulo orden pasos ids_de_pasos segundos "
    "segundos_medidos se_mide_desde "
    "obligatoria asientos pagina pagina_recordada retirada_en en_pausa decision revision",
)
declarar(
    "kuska_cursos.VersionDeCurso",
    {"creada_por decidida_por": AUTORIA},
    sin_datos="curso numero titulo horas huella trato creada_en vigente origen decidida_en requisitos",
)
declarar("kuska_cursos.RequisitoDeVersion", sin_datos="version unidad orden")
declarar("kuska_cursos.Edicion", sin_datos="curso nombre inicia termina abierta territorios tipos_de_asiento")
declarar("kuska_cursos.Norma", sin_datos="clave tipo numero titulo publicada busqueda")
declarar("kuska_cursos.Articulo", sin_datos="norma clave numero numero_tuo titulo busqueda")
declarar("kuska_cursos.RedaccionDeArticulo", sin_datos="articulo vigente_desde vigente_hasta modificada_por resumen")
declarar(
    "kuska_cursos.Termino", sin_datos="clave termino variantes definicion ejemplo articulo busqueda orden_alfabetico"
)
declarar(
    "kuska_cursos.Encuentro",
    {"creado_por": AUTORIA},
    sin_datos="identidad titulo dia hora lugar territorio tipos_de_asiento cancelado_en motivo creado_en",
)
declarar("kuska_cursos.QuienAtiende", sin_datos="clave nombre orden")
declarar("kuska_cursos.TipoDeRelato", sin_datos="clave nombre diga no_diga orden")
declarar("kuska_cursos.Orientacion", sin_datos="quien relato paso_1 paso_2 paso_3 articulo otro_articulo")
declarar("kuska_cursos.CatalogoDeCursos")
declarar("kuska_cursos.Curso", sin_datos="presentacion aprendera horas tipo_de_horas revisado_el")
declarar("kuska_cursos.Modulo", sin_datos="objetivos horas tarea rutas")
declarar("kuska_cursos.Leccion", sin_datos="presentacion sabe_ahora tema_dificil pasos guion asientos")
