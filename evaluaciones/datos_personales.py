"""The fields of this room in the inventory."""

from django.utils.translation import gettext_lazy as _

from instancias.datos_personales import AUTORIA, EVIDENCIA, FUNCION
from marco.inventario import Uso, declarar

declarar(
    "kuska_evaluaciones.Intento",
    {
        "inscripcion unidad clave numero estado formulario reglas iniciado_en vence_en enviado_en nota puntos "
        "puntos_posibles aprobado cierre clave_vista recibo codigo_de_recibo": EVIDENCIA
    },
)
declarar(
    "kuska_evaluaciones.Respuesta",
    {
        "intento version operacion secuencia valor definitiva nota puntos maximo calificada_en recibida_en": EVIDENCIA,
        "calificada_por": AUTORIA,
    },
)
declarar("kuska_evaluaciones.IntentoMas", {"inscripcion unidad despues_de motivo dado_en": EVIDENCIA, "por": AUTORIA})
ENSAYO = Uso(
    fin=_("Mostrar a la persona lo que decidió en una lección y volver sobre lo que falló. No lleva nota"),
    base=FUNCION,
    plazo=EVIDENCIA.plazo,
    ven=_("Solo la propia persona; el equipo, nada de ella"),
    al_suprimir=EVIDENCIA.al_suprimir,
)
declarar("kuska_evaluaciones.Ensayo", {"inscripcion unidad paso vez valor acierto repaso_en respondido_en": ENSAYO})
declarar(
    "kuska_evaluaciones.Evaluacion",
    sin_datos="clase presentacion sortear nota_minima intentos barajar dias_de_plazo dias_despues preguntas_de",
)
declarar(
    "kuska_evaluaciones.Pregunta",
    sin_datos="sort_order evaluacion clave tipo datos texto articulo leccion dificultad objetivo otro_objetivo forma "
    "motivo_del_cambio",
)
declarar("kuska_evaluaciones.Alternativa", sin_datos="sort_order pregunta clave texto correcta explicacion")
declarar(
    "kuska_evaluaciones.VersionDePregunta",
    sin_datos="clave numero evaluacion huella contenido vigente motivo orden creada_en",
)
