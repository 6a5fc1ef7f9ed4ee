"""How the questions of two versions are compared: each one with itself, its rows inside, and only what changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.admin.compare import ChildObjectComparison, ChildRelationComparison, diff_text

from cursos.comparaciones import lo_que_dice

from .clases import ClaseDePregunta

DE_MAQUINA = {"clave"}
LO_QUE_LA_NOMBRA = {"texto"}  # said also when it is the same, so that it is known which one changed


def _nombre(comparacion: Any) -> str:
    return getattr(getattr(comparacion, "field", None), "name", "")


class Fila(ChildObjectComparison):
    """``se_movio``: how many places it went down among those that stayed, whatever number the editor gave it."""

    se_movio = 0

    def get_position_change(self) -> int:
        return self.se_movio

    def get_field_comparisons(self) -> list[Any]:
        todas = [una for una in super().get_field_comparisons() if _nombre(una) not in DE_MAQUINA]
        if self.is_addition() or self.is_deletion() or self.obj_a is self.obj_b:
            return [una for una in todas if not una.is_field or una.val_b not in ("", None)]
        return [una for una in todas if una.has_changed() or _nombre(una) in LO_QUE_LA_NOMBRA]

    def html(self) -> SafeString:
        campos = ((una.field_label(), una.htmldiff()) for una in self.get_field_comparisons())
        return format_html(
            '<dl class="comparison__list">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", campos)
        )


class Filas(ChildRelationComparison):
    def __init__(self, field: Any, field_comparisons: Any, obj_a: Any, obj_b: Any, label: str = "") -> None:
        super().__init__(field, field_comparisons, obj_a, obj_b, label)
        self.de_una_sola = obj_a is obj_b  # those of what one version has and the other does not

    def field_label(self) -> str:
        return capfirst(self.label)

    def get_mapping(self, objs_a: list[Any], objs_b: list[Any]) -> Any:
        """By their own key: rows of a draft have no number, and those of files were made again."""
        lugares = {una.clave: n for n, una in enumerate(objs_b)}
        alla = {n: lugares[una.clave] for n, una in enumerate(objs_a) if una.clave in lugares}
        aca = {b: a for a, b in alla.items()}
        quitadas = [n for n in range(len(objs_a)) if n not in alla]
        return alla, aca, [n for n in lugares.values() if n not in aca], quitadas

    def get_child_comparison(self, obj_a: Any, obj_b: Any) -> Fila:
        return Fila(self.field.related_model, self.field_comparisons, obj_a, obj_b)

    def get_child_comparisons(self) -> list[Fila]:
        antes, ahora = list(self.val_a.all()), list(self.val_b.all())
        alla, aca, _nuevas, quitadas = self.get_mapping(antes, ahora)
        lugar_de_antes = {a: n for n, a in enumerate(sorted(alla))}
        lugar_de_ahora = {b: n for n, b in enumerate(sorted(aca))}
        filas = []
        for b, una in enumerate(ahora):
            fila = self.get_child_comparison(antes[aca[b]] if b in aca else None, una)
            if b in aca:
                fila.se_movio = lugar_de_ahora[b] - lugar_de_antes[aca[b]]
            filas.append(fila)
        filas += [self.get_child_comparison(antes[a], None) for a in quitadas]
        return [una for una in filas if self.de_una_sola or self._cambio(una)]

    @staticmethod
    def _cambio(fila: Fila) -> bool:
        return bool(fila.is_addition() or fila.is_deletion() or fila.se_movio or fila.has_changed())

    def has_changed(self) -> bool:
        return not self.de_una_sola and bool(self.get_child_comparisons())

    def htmldiff(self) -> SafeString:
        """What Wagtail writes of the rows of a page, for the rows of one of its rows."""
        marcas = {(True, False): "addition", (False, True): "deletion"}
        filas = (
            (marcas.get((bool(una.is_addition()), bool(una.is_deletion())), ""), una.html())
            for una in self.get_child_comparisons()
        )
        return format_html_join("", '<div class="comparison__child-object {}">{}</div>', filas)


class ComparaFilas:
    """Of a panel of rows: with these comparisons in place of those of Wagtail."""

    def get_comparison(self) -> list[Any]:
        suyas: Any = super()
        return [partial(Filas, *una.args, **una.keywords) for una in suyas.get_comparison()]


class CampoDeClase:
    """A field that only one kind has, kept beside those of the question."""

    is_field, is_child_relation = True, False

    def __init__(self, clase: ClaseDePregunta[Any], nombre: str, etiqueta: Any, obj_a: Any, obj_b: Any) -> None:
        self.etiqueta = etiqueta
        self.val_a, self.val_b = (
            lo_que_dice(str(clase.iniciales(una.datos).get(nombre) or "")) if una.tipo == clase.clave else ""
            for una in (obj_a, obj_b)
        )

    def field_label(self) -> str:
        return str(self.etiqueta)

    def has_changed(self) -> bool:
        return bool(self.val_a != self.val_b)

    def htmldiff(self) -> str:
        diferencia: str = diff_text(self.val_a, self.val_b).to_html()
        return diferencia


def de_cada_clase(clases: Any) -> list[Any]:
    return [
        partial(CampoDeClase, clase, nombre, campo.label)
        for clase in clases
        for nombre, campo in clase.campos().items()
    ]
