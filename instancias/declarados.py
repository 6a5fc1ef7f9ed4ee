"""What a person may say of themselves: the question, its answers, and the notice that is read before answering."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marco.de_estos import DeEstos

from .models import DatoDeclarado

NO_DICE = "no_dice"  # an answer too: whoever gave it is not asked again, and is counted with who said nothing
Campo = DatoDeclarado.Campo
OPCIONES: dict[str, list[tuple[str, str | Promise]]] = {
    Campo.SEXO: [*DatoDeclarado.Sexo.choices, (NO_DICE, _("Prefiero no decirlo"))],
    Campo.ORIGEN: [*DatoDeclarado.Origen.choices, (NO_DICE, _("Prefiero no decirlo"))],
}
PREGUNTAS: dict[str, str | Promise] = {
    Campo.SEXO: _("¿Cuál es su sexo?"),
    Campo.ORIGEN: _("Por sus costumbres y sus antepasados, usted se siente o considera…"),
}
AVISOS: dict[str, tuple[str | Promise, ...]] = {
    Campo.SEXO: (
        _("Para qué: para contar cuántas mujeres y cuántos hombres se capacitan."),
        _("Quién lo ve: usted y quien acompaña su instancia. En los informes sale contado, en grupos de cinco o más."),
        _("Es voluntario. Si no responde, su curso y su certificado son los mismos."),
        _("Puede cambiarlo o retirarlo cuando quiera, en «Mi cuenta». Al retirarlo, se borra."),
    ),
    Campo.ORIGEN: (
        _("Para qué: para saber si la capacitación llega a todos los pueblos de la provincia."),
        _("Es un dato sensible (Ley 29733). Quién lo ve: solo usted, en esta página. Nadie más lo ve con su nombre."),
        _("En los informes sale únicamente cuántas personas de la provincia respondieron igual, si son cinco o más."),
        _("Es voluntario. Si no responde, su curso y su certificado son los mismos."),
        _("Puede cambiarlo o retirarlo cuando quiera, en «Mi cuenta». Al retirarlo, se borra."),
    ),
}


def valores_de(campo: str) -> set[str]:
    return {valor for valor, _texto in OPCIONES.get(campo, ())}


def aviso_de(campo: str) -> str:
    """The words of the notice, as they are kept with the answer."""
    return "\n".join(str(linea) for linea in AVISOS[campo])


def en_palabras(campo: str, valor: str) -> str:
    return str(dict(OPCIONES[campo]).get(valor, ""))


def lo_declarado(campo: str, persona: str = "pk") -> Coalesce:
    """What each person of the outer question said, or nothing; ``persona`` is the path to its number there.

    Who preferred not to say it and who took it back are as who was never asked.
    """
    dichos: QuerySet = DatoDeclarado.objects.filter(campo=campo, persona=OuterRef(persona)).exclude(valor=NO_DICE)
    return Coalesce(Subquery(dichos.values("valor")[:1]), Value(""))


def declarados_por(persona: int) -> dict[str, str]:
    """What one person said, in words, by detail: for their own pages."""
    dichos: Iterable[tuple[str, str]] = DatoDeclarado.objects.filter(persona=persona).values_list("campo", "valor")
    return {campo: en_palabras(campo, valor) for campo, valor in dichos}


def dichos_de(campo: str, personas: Iterable[int]) -> dict[int, str]:
    """What some people said, by their number; nothing of who did not. One statement."""
    dichos = DatoDeclarado.objects.filter(DeEstos("persona_id", personas), campo=campo).exclude(valor__in=("", NO_DICE))
    return dict(dichos.values_list("persona_id", "valor"))
