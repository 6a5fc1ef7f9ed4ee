"""One example of every kind of page in the demonstration: for the pictures, the weights and the checks of access."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from certificados.models import Certificado, DocumentoDeCifras
from cursos import clases
from cursos.models import Duda, Inscripcion, Unidad
from evaluaciones.models import Intento
from instancias.models import Asiento, ImportacionDePadron, PedidoDeDatos, Persona

from . import listas
from .datos import entradas

VISITANTE = ""


@dataclass(frozen=True)
class Pagina:
    """A kind of page: the name of its picture, who opens it, where, and what to touch there to reach it.

    A touch is the name of a button or, with ``*``, the first option of a question.
    """

    nombre: str
    usuario: str
    ruta: str
    toques: tuple[str, ...] = ()


def paginas() -> list[Pagina]:
    """Return every kind of page that the present data can show."""
    return [*_publicas(), *_de_integrante(), *_del_personal(), *_de_los_datos(), *_de_administrar(), *_del_editor()]


def _publicas() -> list[Pagina]:
    certificado = Certificado.objects.order_by("pk").first()
    publicas = [
        Pagina("portada", VISITANTE, "/"),
        Pagina("entrar", VISITANTE, "/entrar"),
        Pagina("sin-clave", VISITANTE, "/sin-clave"),
        Pagina("verificar-a-mano", VISITANTE, "/v"),
        Pagina("verificar-desconocido", VISITANTE, "/v/0000000000000000000000"),
        Pagina("ayuda", VISITANTE, "/ayuda"),
        Pagina("navegar-con-cuidado", VISITANTE, "/navegar-con-cuidado"),
        Pagina("no-encontrada", VISITANTE, "/no-existe"),
        Pagina("guia", VISITANTE, "/guia"),
        Pagina("sin-senal", VISITANTE, "/sin-senal"),
        Pagina("recibo-a-mano", VISITANTE, "/r"),
    ]
    if certificado:
        publicas.append(Pagina("verificar", VISITANTE, f"/v/{certificado.codigo_largo}"))
    return publicas


def _con_clave(*, termino: bool) -> Inscripcion | None:
    """Return the enrolment of a person whose key the demonstration prints."""
    filas = Inscripcion.objects.filter(persona__documento__in=[entrada.usuario for entrada in entradas()])
    filas = filas.terminadas() if termino else filas.exclude(estado=Inscripcion.Estado.TERMINADA)
    return filas.select_related("persona", "curso").order_by("pk").first()


def _de_integrante() -> list[Pagina]:
    lista: list[Pagina] = []
    if en_camino := _con_clave(termino=False):
        quien, curso = en_camino.persona.documento, en_camino.curso.numero
        lista += [
            Pagina(nombre, quien, ruta)
            for nombre, ruta in (
                ("inicio", "/inicio"),
                ("menu", "/menu"),
                ("mi-cuenta", "/mi-cuenta"),
                ("mis-datos", "/mis-datos"),
                ("mis-derechos", "/mis-datos/derechos"),
                ("quien-miro-mis-datos", "/mi-cuenta/quien-miro-mis-datos"),
                ("dato-voluntario", "/mi-cuenta/dato/origen"),
                ("curso", f"/c/{curso}"),
                ("hoja", f"/c/{curso}/m/1/resumen"),
                ("glosario", "/glosario"),
                ("buscar", "/buscar"),
                ("calendario", "/calendario"),
                ("guardar-modulo", f"/c/{curso}/m/1/celular"),
                ("en-este-celular", "/en-este-celular"),
            )
        ]
        lista += _unidades(en_camino, quien)
        lista.append(Pagina("mis-dudas", quien, "/dudas"))
    if terminada := _con_clave(termino=True):
        quien = terminada.persona.documento
        lista += [
            Pagina("inicio-terminado", quien, "/inicio"),
            Pagina("curso-terminado", quien, f"/c/{terminada.curso.numero}"),
            Pagina("mis-certificados", quien, "/certificados"),
        ]
        intento = Intento.objects.aprobados().filter(inscripcion=terminada).select_related("unidad").last()
        if intento:
            ruta = f"/e/{terminada.curso.numero}/{intento.unidad.numero}"
            lista += [
                Pagina("evaluacion-aprobada", quien, ruta),
                Pagina("resultado", quien, f"{ruta}/resultado/{intento.numero}"),
            ]
    return lista


def _unidades(inscripcion: Inscripcion, quien: str) -> list[Pagina]:
    """A step of each kind, the end of a lesson, and evaluations before they are begun."""
    curso = inscripcion.curso
    de_este = Unidad.objects.vigentes().filter(curso=curso).order_by("orden")
    lista: list[Pagina] = []
    lecciones = de_este.filter(clase__in=clases.que_se_releen())
    for tipo, (numero, paso) in _un_paso_de_cada_tipo(lecciones).items():
        nombre = "paso" if tipo == "texto" else f"paso-{tipo}"
        lista.append(Pagina(nombre, quien, f"/c/{curso.numero}/{numero}/{paso}"))
    if primera := lecciones.first():
        lista.append(Pagina("duda", quien, f"/c/{curso.numero}/{primera.numero}/2/duda"))
    if hecha := lecciones.filter(avances__inscripcion=inscripcion, avances__estado="terminada").first():
        lista.append(Pagina("fin-de-leccion", quien, f"/c/{curso.numero}/{hecha.numero}/fin"))
    for variante in ("practica", "modulo"):
        if unidad := de_este.filter(clase__in=clases.con_nota(), variante=variante).first():
            ruta = f"/e/{curso.numero}/{unidad.numero}"
            lista.append(Pagina(f"evaluacion-{variante}", quien, ruta))
            if variante == "practica":
                lista.append(Pagina("pregunta", quien, ruta, ("Empezar",)))
                lista.append(Pagina("respuesta", quien, f"{ruta}/preguntas/1", ("*", "Responder")))
    return lista


def _un_paso_de_cada_tipo(lecciones: QuerySet[Unidad]) -> dict[str, tuple[int, int]]:
    """Return where the first step of each kind is: number of the lesson and of the step."""
    encontrados: dict[str, tuple[int, int]] = {}
    for leccion in lecciones.select_related("pagina"):
        pagina = leccion.pagina.specific
        antes = pagina.numero_de_pasos - len(pagina.pasos)
        if antes:
            encontrados.setdefault("aviso", (leccion.numero, 1))
        for lugar, bloque in enumerate(pagina.pasos.raw_data, 1):
            encontrados.setdefault(bloque["type"], (leccion.numero, lugar + antes))
    return encontrados


def _del_personal() -> list[Pagina]:
    persona = Persona.objects.filter(membresias__asiento__instancia__territorio="100604").order_by("pk").first()
    asiento = Asiento.objects.filter(membresias__persona=persona).first()
    certificado = Certificado.objects.order_by("pk").first()
    rutas = [
        ("panel", "/panel"),
        ("panel-calendario", "/panel/calendario"),
        ("panel-mapa", "/panel/mapa"),
        ("panel-sin-aplicar", "/panel/sin-aplicar"),
        ("panel-distrito", "/panel/distrito/100604"),
        ("panel-distrito-certificado", "/panel/distrito/100608"),
        ("panel-lista", "/panel/lista"),
        ("panel-recordar", "/panel/recordar"),
        ("panel-recordar-a-varios", "/panel/recordar?elegir=todas"),
        ("panel-provincia", "/panel/distrito/1006"),
        ("personas", "/panel/personas"),
        ("persona-nueva", "/panel/personas/nueva"),
        ("registros-repetidos", "/panel/personas/repetidas"),
        ("importar", "/panel/importar"),
        ("importar-palabras", "/panel/importar/palabras"),
        ("invitar", "/panel/invitar"),
        ("relevo", "/panel/relevo?lugar=100601"),
        ("relevo-asientos", f"/panel/relevo?desde={timezone.localdate().year + 1}-01-01&lugar=100601&calidad=titular"),
        ("panel-certificados", "/panel/certificados"),
        ("panel-metas", "/panel/metas"),
        ("actas", "/panel/actas"),
        ("acta-nueva", "/panel/actas/nueva?territorio=100604"),
        ("cierre-nuevo", "/panel/cierres/nuevo"),
        ("informes", "/panel/informes"),
        ("informe", "/panel/informes/anual"),
        ("trabajos", "/panel/trabajos"),
        ("resumen-de-la-semana", "/panel/resumen"),
        ("lectores", "/panel/lectores"),
        ("privilegios", "/panel/privilegios"),
        ("segundo-paso", "/mi-cuenta/segundo-paso"),
    ]
    if persona:
        rutas += [
            ("panel-persona", f"/panel/persona/{persona.pk}"),
            ("persona-editar", f"/panel/personas/{persona.pk}"),
            ("registro-buscar", f"/panel/personas/{persona.pk}/unir"),
        ]
    if asiento:
        rutas.append(("panel-asiento", f"/panel/asiento/{asiento.pk}"))
        rutas.append(("cesar", f"/panel/asientos/{asiento.membresias.first().pk}/cese"))
    if instancia := DocumentoDeCifras.objects.filter(clase=DocumentoDeCifras.Clase.INSTANCIA).order_by("pk").first():
        rutas.append(("instancia-certificada", f"/panel/actas/{instancia.pk}"))
    if cierre := DocumentoDeCifras.objects.filter(clase=DocumentoDeCifras.Clase.CIERRE).order_by("pk").first():
        rutas += [("cierre", f"/panel/actas/{cierre.pk}"), ("cierre-comparar", f"/panel/cierres/{cierre.pk}/comparar")]
    if acta := DocumentoDeCifras.objects.filter(clase=DocumentoDeCifras.Clase.ACTA).order_by("pk").first():
        rutas.append(("acta", f"/panel/actas/{acta.pk}"))
    if certificado:
        rutas.append(("panel-certificado", f"/panel/certificados/{certificado.pk}"))
    for nombre, archivo in (
        ("importar-columnas", listas.RESOLUCION),
        ("importar-revisar", listas.POR_CORREGIR),
        ("relevo-lista", listas.AUTORIDADES),
    ):
        if lista := ImportacionDePadron.objects.abiertas(timezone.now()).filter(archivo=archivo).first():
            rutas.append((nombre, f"/panel/importar/{lista.pk}"))
    if curso := Unidad.objects.cursos().vigentes().order_by("numero").first():
        rutas += [
            ("panel-curso", f"/panel/curso/{curso.numero}"),
            ("resultados", f"/panel/curso/{curso.numero}/resultados"),
            ("salud-del-curso", f"/panel/curso/{curso.numero}/salud"),
        ]
    return [Pagina(nombre, "cem", ruta) for nombre, ruta in rutas] + [
        Pagina("panel-de-un-distrito", "coordina", "/panel")
    ]


def _de_los_datos() -> list[Pagina]:
    """What people ask, of their data and of their lessons, and what is kept of them."""
    lista = [Pagina("pedidos", "cem", "/panel/pedidos"), Pagina("datos-guardados", "cem", "/panel/datos")]
    if pedido := PedidoDeDatos.objects.order_by("vence_el", "pk").first():
        lista.append(Pagina("pedido", "cem", f"/panel/pedidos/{pedido.pk}"))
    lista.append(Pagina("dudas", "cem", "/panel/dudas"))
    if duda := Duda.objects.por_responder().order_by("pk").first():
        lista.append(Pagina("duda-por-responder", "cem", f"/panel/dudas/{duda.pk}"))
    return lista


def _de_administrar() -> list[Pagina]:
    return [Pagina("estado", "administra", "/panel/estado"), Pagina("copias", "administra", "/panel/copias")]


def _del_editor() -> list[Pagina]:
    lista = [Pagina("editor", "capacitadora", "/admin/"), Pagina("editor-dudas", "capacitadora", "/admin/dudas/")]
    if respondida := Duda.objects.respondidas().order_by("pk").first():
        lista.append(Pagina("editor-duda", "capacitadora", f"/admin/dudas/{respondida.pk}/"))
    unidad = Unidad.objects.vigentes().filter(clase__in=clases.que_se_releen()).order_by("orden").first()
    evaluacion = Unidad.objects.vigentes().filter(clase__in=clases.con_nota()).order_by("orden").first()
    if unidad:
        lista.append(Pagina("editor-leccion", "capacitadora", f"/admin/pages/{unidad.pagina_id}/edit/"))
    if evaluacion:
        lista.append(Pagina("editor-evaluacion", "capacitadora", f"/admin/pages/{evaluacion.pagina_id}/edit/"))
    return lista
