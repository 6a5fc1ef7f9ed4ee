"""Steps of a lesson. Each block is one step: one idea on one screen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from . import decida
from .archivos import falta_al_elegir
from .esquemas import Esquema, disponibles, opciones
from .texto_rico import BloqueDeTextoLimpio

RASGOS = ["bold", "ol", "ul", "link"]
VISTA = "kuska/cursos/pasos/vista_previa.html"


def _titulo() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Título"), max_length=90, help_text=_("La idea del paso. Por ejemplo: «Quién recibe una denuncia».")
    )


def _rico(etiqueta: Any, ayuda: Any = "", *, required: bool = True) -> BloqueDeTextoLimpio:
    return BloqueDeTextoLimpio(label=etiqueta, features=RASGOS, help_text=ayuda, required=required)


class TextoBlock(blocks.StructBlock):
    titulo = _titulo()
    texto = _rico(_("Texto"), _("Hasta 120 palabras, en párrafos de tres oraciones como máximo."))
    en_nuestra_zona = blocks.TextBlock(
        label=_("En nuestra zona"), required=False, help_text=_("Una o dos oraciones con un ejemplo del lugar.")
    )
    mas_detalle = _rico(_("Más detalle"), _("Queda plegado; lo abre quien quiere saber más."), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Paso de texto")
        label_format = "{titulo}"
        description = _("Una idea explicada en pocas palabras, con un ejemplo de la zona.")
        template = "kuska/cursos/pasos/texto.html"
        preview_template = VISTA
        form_layout = BlockGroup(
            ["titulo", "texto", "en_nuestra_zona"],
            settings=["mas_detalle"],
        )
        preview_value = {
            "titulo": _("Todos tenemos un papel"),
            "texto": _(
                "<p>Cada institución que integra la instancia tiene una tarea. Cuando una no cumple la suya, las demás "
                "no llegan a tiempo.</p><p><b>Lo primero es saber cuál es la nuestra.</b></p>"
            ),
            "en_nuestra_zona": _("En Naranjillo, la comisaría avisa al puesto de salud antes de las 24 horas."),
            "mas_detalle": _("<p>Las tareas están en el Reglamento, artículo 109.</p>"),
        }


class CasoBlock(blocks.StructBlock):
    titulo = _titulo()
    caso = _rico(_("Caso"), _("Hasta 90 palabras. Nombres de pila inventados y sin detalles que duelan."))
    pregunta = blocks.TextBlock(label=_("Qué haría usted"), help_text=_("Una pregunta para pensar. No se califica."))
    respuesta = _rico(_("Qué dice la ruta"), _("La respuesta y la regla en que se apoya. Queda plegada."))

    class Meta:
        icon = "group"
        label = _("Caso de nuestra zona")
        label_format = "{titulo}"
        description = _("Una situación creíble del lugar, para decidir antes de leer la respuesta.")
        template = "kuska/cursos/pasos/caso.html"
        preview_template = VISTA
        preview_value = {
            "titulo": _("Una llamada de madrugada"),
            "caso": _("<p>La ronda de Pumahuasi recibe una llamada a las dos de la mañana. Carmen pide ayuda.</p>"),
            "pregunta": _("¿A quién avisa primero la ronda?"),
            "respuesta": _("<p>A la comisaría más cercana, y se queda acompañando hasta que llegue.</p>"),
        }


class CitaValue(blocks.StructValue):
    """A citation knows the wording in force on a day."""

    def redaccion(self, dia: datetime.date | None = None) -> Any:
        articulo = self.get("articulo")
        return articulo.redaccion_del(dia or timezone.localdate()) if articulo else None

    @property
    def vigente(self) -> Any:
        return self.redaccion()


class CitaBlock(blocks.StructBlock):
    titulo = _titulo()
    articulo = SnippetChooserBlock(
        "kuska_cursos.Articulo",
        label=_("Artículo"),
        help_text=_("Elíjalo del registro: así se sabe qué lecciones lo citan."),
    )
    cita = blocks.TextBlock(label=_("Palabras de la norma"), help_text=_("Copiadas tal cual. Hasta 60 palabras."))
    en_palabras_sencillas = _rico(_("En palabras sencillas"), _("Lo mismo, como se lo diría a su vecina."))

    class Meta:
        icon = "openquote"
        label = _("Cita de la ley")
        label_format = "{titulo}"
        description = _("Palabras exactas de una norma, con su fecha y su explicación sencilla.")
        template = "kuska/cursos/pasos/cita.html"
        value_class = CitaValue
        preview_template = VISTA
        preview_value = {
            "titulo": _("Qué dice la ley"),
            "cita": _("La instancia tiene como responsabilidad elaborar, implementar y monitorear los planes."),
            "en_palabras_sencillas": _("<p>La instancia planifica, hace y revisa lo que hizo.</p>"),
        }

    def get_preview_value(self) -> Any:
        articulo = apps.get_model("kuska_cursos", "Articulo").objects.order_by("pk").first()
        return self.normalize({**self.meta.preview_value, "articulo": articulo})


class ImagenValue(blocks.StructValue):
    """A picture step knows the drawing it shows, if it shows one of the site's."""

    @property
    def dibujo(self) -> Esquema | None:
        return disponibles().get(self.get("esquema") or "")


class ImagenBlock(blocks.StructBlock):
    titulo = _titulo()
    imagen = ImageBlock(
        label=_("Imagen"),
        required=False,
        help_text=_("Diga qué muestra y para qué, o marque que es solo adorno. Hasta 10 MB."),
    )
    esquema = blocks.ChoiceBlock(
        choices=opciones,
        label=_("O un dibujo del aula"),
        required=False,
        help_text=_("Pesa muy poco y ya trae su texto. Elija uno solo: imagen o dibujo."),
    )
    explicacion = _rico(_("Explicación"), _("Lo que hay que mirar y qué significa."))

    class Meta:
        icon = "image"
        label = _("Imagen con explicación")
        label_format = "{titulo}"
        description = _("Una sola imagen o esquema, con lo que hay que mirar en ella.")
        template = "kuska/cursos/pasos/imagen.html"
        value_class = ImagenValue
        preview_template = VISTA
        preview_value = {
            "titulo": _("La ruta en un esquema"),
            "imagen": None,
            "esquema": "",
            "explicacion": _("<p>Siga las flechas: primero la comisaría, después el juzgado.</p>"),
        }

    def clean(self, value: Any) -> Any:
        limpio = super().clean(value)
        if limpio.get("imagen") and limpio.get("esquema"):
            mensaje = ValidationError(_("Elija uno solo: la imagen o el dibujo del aula."))
            raise StructBlockValidationError(block_errors={"esquema": mensaje})
        return limpio


class AudioBlock(blocks.StructBlock):
    titulo = _titulo()
    audio = DocumentChooserBlock(
        label=_("Audio"), help_text=_("Un archivo listo (.opus, .ogg, .mp3 o .m4a) hasta 1 MB.")
    )
    segundos = blocks.IntegerBlock(label=_("Duración en segundos"), min_value=1, max_value=600)
    transcripcion = _rico(_("Lo que dice el audio"), _("Todo el texto, para quien no puede escuchar. Obligatorio."))
    audio_alterno = DocumentChooserBlock(
        label=_("El mismo audio en otro formato"),
        required=False,
        help_text=_("Para celulares que no abren el primero: si aquel es .opus, aquí va .m4a."),
    )

    class Meta:
        icon = "media"
        label = _("Audio")
        label_format = "{titulo}"
        description = _("Una explicación para escuchar, de hasta 3 minutos, con su texto.")
        template = "kuska/cursos/pasos/audio.html"
        preview_template = VISTA
        form_layout = BlockGroup(
            ["titulo", "audio", "segundos", "transcripcion"],
            settings=["audio_alterno"],
        )
        preview_value = {
            "titulo": _("Escuche a una presidenta de ronda"),
            "audio": None,
            "segundos": 120,
            "transcripcion": _("<p>«Yo llamo, acompaño y anoto la hora. Eso es lo que nos toca».</p>"),
            "audio_alterno": None,
        }

    def clean(self, value: Any) -> Any:
        limpio = super().clean(value)
        faltas = {campo: falta_al_elegir(limpio.get(campo)) for campo in ("audio", "audio_alterno")}
        if errores := {campo: ValidationError(falta) for campo, falta in faltas.items() if falta}:
            raise StructBlockValidationError(block_errors=errores)
        return limpio


class PensarBlock(blocks.StructBlock):
    titulo = _titulo()
    pregunta = _rico(_("Pregunta"), _("Para pensar. No se califica ni se guarda."))
    explicacion = _rico(_("Explicación"), _("Queda plegada. Explique por qué, sin regañar."))

    class Meta:
        icon = "help"
        label = _("Para pensar")
        label_format = "{titulo}"
        description = _("Una pregunta breve con la explicación plegada. Nunca cuenta para la nota.")
        template = "kuska/cursos/pasos/pensar.html"
        preview_template = VISTA
        preview_value = {
            "titulo": _("Piénselo un momento"),
            "pregunta": _("<p>¿Qué haría su institución si hoy llega una persona a pedir ayuda?</p>"),
            "explicacion": _("<p>Escuchar, no juzgar y avisar: en ese orden.</p>"),
        }


class OpcionBlock(blocks.StructBlock):
    texto = blocks.CharBlock(label=_("Opción"), max_length=200, help_text=_("Lo que una persona haría o diría."))
    correcta = blocks.BooleanBlock(label=_("Es correcta"), required=False)
    explicacion = blocks.TextBlock(
        label=_("Por qué"), help_text=_("Qué pasa si se elige. Explique la correcta y también las demás, sin regañar.")
    )

    class Meta:
        label = _("Opción")
        label_format = "{texto}"


class DecidaBlock(blocks.StructBlock):
    """A case to be decided before its answer is read. It is never marked (decision 35)."""

    titulo = _titulo()
    caso = _rico(_("Caso"), _("Hasta 60 palabras. Nombres de pila inventados y sin detalles que duelan."))
    pregunta = blocks.CharBlock(
        label=_("Qué haría usted"), max_length=200, help_text=_("La decisión, en una línea: «¿Qué le responde?».")
    )
    tipo = blocks.ChoiceBlock(
        choices=decida.tipos,
        default=decida.TIPO,
        label=_("Cómo se responde"),
        help_text=_("Con «Ordenar», escriba las opciones en el orden correcto: se muestran en otro."),
    )
    opciones = blocks.ListBlock(
        OpcionBlock(),
        label=_("Opciones"),
        min_num=2,
        help_text=_("Que dos parezcan proteger y la norma deje una sola en pie. Ninguna se delata por ser más amable."),
    )
    articulo = SnippetChooserBlock(
        "kuska_cursos.Articulo", label=_("Artículo"), help_text=_("La norma en que se apoya la regla.")
    )
    regla = _rico(_("La regla"), _("Lo que queda después de decidir, en dos o tres oraciones."))

    class Meta:
        icon = "success"
        label = _("Decida")
        label_format = "{titulo}"
        description = _("Un caso breve que se decide con un toque, antes de leer la respuesta. No lleva nota.")
        template = "kuska/cursos/pasos/decida.html"
        preview_template = VISTA
        form_layout = BlockGroup(["titulo", "caso", "pregunta", "tipo", "opciones", "articulo", "regla"])
        preview_value = {
            "titulo": _("Un papel en la posta"),
            "caso": _("<p>Carmen llega a la posta de Pumahuasi. Pide que nadie se entere de lo que le pasó.</p>"),
            "pregunta": _("¿Qué le dice primero?"),
            "tipo": decida.TIPO,
            "opciones": [
                {
                    "texto": _("Que aquí la atienden ya, y que le explicarán cada paso antes de darlo."),
                    "correcta": True,
                    "explicacion": _("La atención no espera, y decidir con información es su derecho."),
                },
                {
                    "texto": _("Que para cuidarla no se anotará nada de lo que cuente."),
                    "correcta": False,
                    "explicacion": _("Suena a cuidado y la deja sin prueba: la atención se registra con reserva."),
                },
            ],
            "regla": _("<p>Se atiende, se registra con reserva y se explica cada paso.</p>"),
        }

    def get_preview_value(self) -> Any:
        articulo = apps.get_model("kuska_cursos", "Articulo").objects.order_by("pk").first()
        return self.normalize({**self.meta.preview_value, "articulo": articulo})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``viva``: a person is going to be asked, so nothing of the answer is here."""
        contexto = super().get_context(value, parent_context)
        return {**contexto, "cita": value["articulo"].cita if value.get("articulo") else ""}


class ResumenBlock(blocks.StructBlock):
    titulo = _titulo()
    lineas = blocks.ListBlock(blocks.CharBlock(label=_("Línea"), max_length=160), label=_("Líneas"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Resumen")
        label_format = "{titulo}"
        description = _("Lo que hay que recordar, en pocas líneas. Cierra la lección.")
        template = "kuska/cursos/pasos/resumen.html"
        preview_template = VISTA
        preview_value = {
            "titulo": _("Lo que hay que recordar"),
            "lineas": [_("Escuche sin juzgar."), _("Avise a la comisaría."), _("Acompañe hasta que lleguen.")],
        }


class PasosBlock(blocks.StreamBlock):
    decida = DecidaBlock()
    texto = TextoBlock()
    caso = CasoBlock()
    cita = CitaBlock()
    imagen = ImagenBlock()
    audio = AudioBlock()
    pensar = PensarBlock()
    resumen = ResumenBlock()

    class Meta:
        label = _("Pasos")


PALABRA = re.compile(r"\w+")
SEGUNDOS_POR_PREGUNTA = 40
DE_MAQUINA = {"tipo"}  # fields that nobody reads
CON_PREGUNTA = {decida.CLAVE, "caso", "pensar"}


def textos_de(valor: Any) -> Iterator[str]:
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, dict):
        for dentro in valor.values():
            yield from textos_de(dentro)
    elif isinstance(valor, list):
        for dentro in valor:
            yield from textos_de(dentro.get("value") if isinstance(dentro, dict) and "value" in dentro else dentro)


def textos_del_paso(paso: dict) -> list[str]:
    """Texts of a step as they are kept, without its tags, from the raw stream: no block is built."""
    propios = {campo: valor for campo, valor in paso["value"].items() if campo not in DE_MAQUINA}
    return [strip_tags(texto.replace("</p>", " </p>").replace("</li>", " </li>")) for texto in textos_de(propios)]


def contar_palabras(pasos: Iterable[dict]) -> int:
    """Words a person reads in these steps."""
    return sum(len(PALABRA.findall(texto)) for paso in pasos for texto in textos_del_paso(paso))


def segundos_de_pensar(pasos: Iterable[dict]) -> int:
    """Seconds a person takes to think the questions of these steps over, before unfolding what is answered."""
    return SEGUNDOS_POR_PREGUNTA * sum(paso["type"] in CON_PREGUNTA for paso in pasos)


def segundos_de_audio(pasos: Iterable[dict]) -> int:
    """Seconds a person listens in these steps."""
    return sum(int(paso["value"].get("segundos") or 0) for paso in pasos if paso["type"] == "audio")
