"""What each understood row would do, held against what is already registered. Reads in sets, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace

from django.utils.translation import gettext as _

from ...errores import PersonaAjena
from ...models import Asiento, Instancia, Institucion, Membresia, Persona, TipoDeAsiento
from ...politica import AlcanceEfectivo
from ..identidad import Nombre, puede_ser_la_misma, se_escriben_igual, tildes
from .interpretacion import FilaLeida
from .lectura import normalizar


class Accion:
    CREAR = "crear"
    CAMBIAR = "cambiar"
    IGUAL = "igual"
    RECHAZAR = "rechazar"


@dataclass
class FilaPlaneada:
    """A row of the review: what will happen and why, in words."""

    leida: FilaLeida
    accion: str = Accion.IGUAL
    detalles: list[str] = field(default_factory=list)
    asiento: tuple[int, str, int] | None = None
    persona_nueva: bool = False
    cambios: dict[str, str] = field(default_factory=dict)
    membresia_nueva: bool = False

    def rechazar(self, motivo: str) -> None:
        self.accion = Accion.RECHAZAR
        self.detalles.append(motivo)

    def como_json(self) -> dict:
        return asdict(self)


class Estado:
    """What the database says about the people, tables and seats of a sheet. A fixed number of statements."""

    def __init__(self, filas: Iterable[FilaLeida]) -> None:
        filas = list(filas)
        documentos = {f.documento for f in filas if f.documento}
        self.personas = {
            p.documento: p
            for p in Persona.objects.filter(documento__in=documentos, tipo_de_documento=Persona.Documento.DNI)
        }
        # Those of them to whom whoever uploads the sheet may give no seat.
        self.ajenas: set[int] = set()
        territorios = {f.territorio for f in filas if f.territorio}
        self.instancias: dict[str, Instancia] = {
            i.territorio_id: i
            for i in Instancia.objects.filter(territorio_id__in=territorios).select_related(
                "territorio", "atendida_por"
            )
        }
        self.tipos = {t.codigo: t for t in TipoDeAsiento.objects.all()}
        propias = [i.pk for i in self.instancias.values()]
        self.asientos = {
            (a.instancia_id, a.tipo.codigo, a.numero): a
            for a in Asiento.objects.filter(instancia_id__in=propias).select_related("tipo", "institucion")
        }
        # Who sits where: seat key → quality → document. Rows of the sheet are added as they are planned.
        self.ocupados: dict[tuple[int, str, int], dict[str, str]] = {}
        self.nombres: dict[str, str] = {}
        # The same, for those whose last day is known: quality, document and that day.
        self.con_fin: dict[tuple[int, str, int], list[tuple[str, str, str]]] = {}
        de_estas = Membresia.objects.sin_terminar().filter(asiento__instancia_id__in=propias)
        for m in de_estas.select_related("persona", "asiento__tipo"):
            clave = (m.asiento.instancia_id, m.asiento.tipo.codigo, m.asiento.numero)
            if m.hasta:
                fin = (m.calidad, m.persona.documento, m.hasta.isoformat())
                self.con_fin.setdefault(clave, []).append(fin)
            else:
                self.ocupados.setdefault(clave, {})[m.calidad] = m.persona.documento
            self.nombres[m.persona.documento] = m.persona.nombre_discreto

    def ocupantes(self, clave: tuple[int, str, int], leida: FilaLeida) -> dict[str, str]:
        """Who holds a seat on some day from the first one of the row on; of several, the person of the row itself."""
        con_fin = [(calidad, quien) for calidad, quien, hasta in self.con_fin.get(clave, ()) if hasta >= leida.desde]
        propios = {calidad: quien for calidad, quien in con_fin if quien == leida.documento}
        return dict(con_fin) | self.ocupados.get(clave, {}) | propios


def planear(*, filas: list[FilaLeida], alcance: AlcanceEfectivo, estado: Estado | None = None) -> list[FilaPlaneada]:
    """Return one planned row for each row read, in the same order."""
    estado = estado or Estado(filas)
    estado.ajenas = alcance.ajenas(estado.personas.values())
    vistos: dict[str, FilaLeida] = {}
    return [_planear_una(leida, estado, alcance, vistos) for leida in filas]


def _planear_una(
    leida: FilaLeida, estado: Estado, alcance: AlcanceEfectivo, vistos: dict[str, FilaLeida]
) -> FilaPlaneada:
    plan = FilaPlaneada(leida)
    if leida.problemas:
        plan.accion = Accion.RECHAZAR
        plan.detalles.extend(leida.problemas)
        return plan
    if not alcance.cubre(leida.territorio):
        plan.rechazar(_("Ese territorio está fuera de su alcance. Pida a la coordinación provincial que lo registre."))
        return plan
    persona = estado.personas.get(leida.documento)
    if persona and persona.pk in estado.ajenas:
        plan.rechazar(PersonaAjena().mensaje)
        return plan
    anterior = vistos.get(leida.documento)
    if anterior and not se_escriben_igual(_nombre(anterior), _nombre(leida)):
        plan.rechazar(
            _("El DNI %(dni)s ya está en la fila %(fila)d con otro nombre. Revise cuál es el correcto.")
            % {"dni": leida.documento, "fila": anterior.fila}
        )
        return plan
    instancia = estado.instancias.get(leida.territorio)
    if instancia is None:
        plan.rechazar(_("Ese territorio todavía no tiene instancia registrada."))
        return plan
    if instancia.atendida_por_id:
        plan.rechazar(
            _("%(distrito)s no tiene instancia propia: registre el asiento en la instancia provincial.")
            % {"distrito": instancia.territorio}
        )
        return plan
    if not _elegir_asiento(plan, instancia, estado):
        return plan
    _comparar_persona(plan, estado, anterior)
    if plan.accion != Accion.RECHAZAR:
        _anotar(plan, estado)
        primera = anterior or leida
        vistos[leida.documento] = replace(primera, celular=primera.celular or leida.celular)
    return plan


def _nombre(quien: FilaLeida | Persona) -> Nombre:
    return quien.nombres, quien.apellidos


def _elegir_asiento(plan: FilaPlaneada, instancia: Instancia, estado: Estado) -> bool:
    """Choose the seat: the one this person already holds, the number asked for, or the first with room."""
    leida = plan.leida
    tipo = estado.tipos[leida.tipo]
    tope = tipo.tope
    numeros = [leida.numero] if leida.numero else list(range(1, tope + 1))
    libres = []
    for numero in numeros:
        clave = (instancia.pk, tipo.codigo, numero)
        ocupantes = estado.ocupantes(clave, leida)
        if leida.documento in ocupantes.values():
            if ocupantes.get(leida.calidad) == leida.documento:
                plan.asiento = clave
                return True
            plan.rechazar(_("Esa persona ya está en el asiento con la otra calidad. Regístrela una sola vez."))
            return False
        asiento = estado.asientos.get(clave)
        if asiento and asiento.estado == Asiento.Estado.NO_APLICA:
            continue
        if leida.calidad not in ocupantes:
            libres.append(clave)
    if not libres:
        documento = estado.ocupantes((instancia.pk, tipo.codigo, numeros[0]), leida).get(leida.calidad, "")
        nombre = estado.nombres.get(documento, documento).rstrip(".")
        plan.rechazar(
            _("El asiento %(asiento)s ya tiene %(calidad)s: %(nombre)s. Registre primero su cese.")
            % {"asiento": tipo.corto, "calidad": leida.calidad, "nombre": nombre}
        )
        return False
    plan.asiento = _preferir(libres, leida, estado)
    plan.membresia_nueva = True
    return True


def _preferir(libres: list[tuple[int, str, int]], leida: FilaLeida, estado: Estado) -> tuple[int, str, int]:
    """Among free seats of a kind, the one of the same institution; else one without; else the first."""
    sin_institucion = None
    for clave in libres:
        asiento = estado.asientos.get(clave)
        nombre = asiento.institucion.nombre if asiento and asiento.institucion else ""
        if nombre and normalizar(nombre) == normalizar(leida.institucion):
            return clave
        if not nombre and sin_institucion is None:
            sin_institucion = clave
    return sin_institucion or libres[0]


def _comparar_persona(plan: FilaPlaneada, estado: Estado, anterior: FilaLeida | None) -> None:
    leida = plan.leida
    persona = estado.personas.get(leida.documento)
    plan.detalles.extend(leida.notas)
    otro_celular = bool(anterior and anterior.celular and leida.celular not in ("", anterior.celular))
    if anterior and otro_celular:
        plan.detalles.append(
            _("El celular no es el de la fila %(fila)d de la misma persona; se conserva ese.") % {"fila": anterior.fila}
        )
    if persona is None and not plan.membresia_nueva:
        plan.detalles.append(_("Repite una fila anterior de la lista."))
        return
    if persona is None:
        plan.persona_nueva = anterior is None
        plan.accion = Accion.CREAR
        plan.detalles.append(
            _("Se registra otro asiento de la misma persona.") if anterior else _("Se registra la persona.")
        )
        return
    if not _es_la_misma(plan, persona):
        return
    _comparar_datos(plan, persona, celular="" if otro_celular else leida.celular)
    if plan.membresia_nueva:
        plan.detalles.append(_("La persona ya está registrada; se le asigna este asiento."))
    if plan.cambios:
        # A known person whose data change is never only a new row: it is counted where somebody looks for changes.
        plan.accion = Accion.CAMBIAR
    elif plan.membresia_nueva:
        plan.accion = Accion.CREAR


def _es_la_misma(plan: FilaPlaneada, persona: Persona) -> bool:
    """Refuse a row whose document is registered for somebody else. The other name is never told."""
    leida = plan.leida
    if se_escriben_igual(_nombre(persona), _nombre(leida)):
        return True
    if not puede_ser_la_misma(_nombre(persona), _nombre(leida)):
        plan.rechazar(
            _(
                "Fila %(fila)d: el DNI %(dni)s ya está registrado con otro nombre; se leyó «%(nombre)s». "
                "Revise el número. Si el nombre cambió, corríjalo en la página de la persona."
            )
            % {"fila": leida.fila, "dni": leida.documento, "nombre": f"{leida.nombres} {leida.apellidos}"}
        )
        return False
    return True


def _comparar_datos(plan: FilaPlaneada, persona: Persona, *, celular: str) -> None:
    """Note what the row corrects of a known person: the spelling of the name and the phone."""
    leida = plan.leida
    # A sheet typed in capitals or without accents does not undo what somebody wrote well.
    if not se_escriben_igual(_nombre(persona), _nombre(leida)) or tildes(_nombre(leida)) > tildes(_nombre(persona)):
        plan.cambios["nombre"] = persona.nombre_completo
        plan.detalles.append(
            _("Nombre: «%(antes)s» pasa a «%(ahora)s».")
            % {"antes": persona.nombre_completo, "ahora": f"{leida.nombres} {leida.apellidos}"}
        )
    if celular and persona.celular != celular:
        plan.cambios["celular"] = persona.celular
        plan.detalles.append(_("Celular: pasa a %(celular)s.") % {"celular": celular})


def _anotar(plan: FilaPlaneada, estado: Estado) -> None:
    leida = plan.leida
    assert plan.asiento is not None  # noqa: S101 (chosen before)
    if plan.membresia_nueva:
        estado.ocupados.setdefault(plan.asiento, {})[leida.calidad] = leida.documento
    estado.nombres.setdefault(leida.documento, f"{leida.nombres.split()[0]} {leida.apellidos[:1].upper()}.")
    asiento = estado.asientos.get(plan.asiento)
    actual = asiento.institucion.nombre if asiento and asiento.institucion else ""
    if leida.institucion and normalizar(actual) != normalizar(leida.institucion):
        if not actual:
            plan.cambios["institucion"] = ""
            if plan.accion == Accion.IGUAL:
                plan.accion = Accion.CAMBIAR
            plan.detalles.append(_("Institución: %(institucion)s.") % {"institucion": leida.institucion})
        else:
            plan.detalles.append(
                _("El asiento ya tiene la institución «%(actual)s»; se conserva.") % {"actual": actual}
            )


def instituciones_por_nombre() -> dict[str, Institucion]:
    """Return every institution by its comparable name. One statement."""
    return {normalizar(i.nombre): i for i in Institucion.objects.all()}
