"""The fields of this room in the inventory."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from instancias.datos_personales import AUTORIA, CARGO, CONTACTO, SU_PERSONAL
from marco.inventario import declarar

AVISADO = replace(
    CONTACTO,
    fin=_("No avisar dos veces de lo mismo a la misma persona"),
    plazo=_("Un año"),
    ven=SU_PERSONAL,
)

RESUMEN = replace(
    CONTACTO,
    fin=_("Enviar a quien coordina el resumen de cada semana, si lo pidió"),
    plazo=_("Hasta que deje de recibirlo; los envíos, 90 días"),
    ven=_("La persona"),
)
CONTEO = replace(
    CARGO,
    fin=_("Contar una sola vez a quien integra varias instancias"),
    ven=_("Nadie: solo lo lee el sistema"),
)
CAMBIO = replace(
    CARGO,
    fin=_("Volver a contar solo a quien cambió"),
    plazo=_("Hasta que otros cambios ocupan su lugar"),
    ven=_("Nadie: solo lo lee el sistema"),
)

declarar("kuska_seguimiento.Recordatorio", {"persona asiento motivo hecho_en hecho_el": AVISADO, "por": AUTORIA})
declarar("kuska_seguimiento.MetaDeTerritorio", sin_datos="edicion territorio porcentaje para_el")
declarar("kuska_seguimiento.BarraDeInstancia", sin_datos="distrital provincial solo_titulares")
declarar(
    "kuska_seguimiento.Lector",
    {"creado_por revocado_por": AUTORIA},
    sin_datos="nombre territorio huella operacion creado_en vence_el revocado_en usado_en ventana pedidos",
)
declarar(
    "kuska_seguimiento.Suscripcion",
    {"cuenta correo pedida_en aviso_en confirmada_en": RESUMEN},
)
declarar("kuska_seguimiento.EnvioDeResumen", {"cuenta semana estado veces tomado_en": RESUMEN})
declarar(
    "kuska_seguimiento.Publicacion",
    sin_datos="edicion provincia corte personas_al cifras asientos contadas publicada_en",
)
declarar(
    "kuska_seguimiento.ContadorDeInstancia",
    sin_datos="edicion territorio dia con_titular integrantes inscritas empezaron en_curso terminaron certificadas"
    " pendientes exigidos con_persona completos alcaldias alcaldias_al_dia repetidas numero",
)
declarar("kuska_seguimiento.MarcaDeContador", sin_datos="territorio desde")
declarar("kuska_seguimiento.ContadorDePartes", {"repiten": CONTEO}, sin_datos="edicion territorio dia partes")
declarar("kuska_seguimiento.MarcaDePartes", sin_datos="territorio desde")
declarar("kuska_seguimiento.CambioDeInstancia", {"persona": CAMBIO}, sin_datos="territorio")
declarar("kuska_seguimiento.CuentaDeCambios", {"recientes": CAMBIO}, sin_datos="territorio cuantos")
declarar("kuska_seguimiento.PersonaEnVarias", {"persona": CONTEO})

PEDIDO = replace(
    AUTORIA,
    fin=_("Que cada cuenta encuentre los informes que guardó"),
    plazo=_("Hasta que los borre"),
    ven=_("Quien lo guardó; si lo comparte, también el personal de su ámbito"),
    al_suprimir=_("Un informe no guarda datos de nadie"),
)
declarar("kuska_seguimiento.Informe", {"cuenta cambiado_en": PEDIDO}, sin_datos="nombre definicion de_todos ambito")
declarar("kuska_seguimiento.ConteoDeRasgo", sin_datos="campo territorio edicion al filas personas por_instancia")
