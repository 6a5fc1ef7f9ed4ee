"""What each understood row would do, held against what is already registered. Reads in sets, writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from marco.textos import normalizar

from ...errores import DocumentoDeOtraPersona, PersonaAjena
from ...identidad import Nombre, puede_ser_la_misma, se_escriben_igual, tildes
from ...models import Asiento, FilaDePadron, Instancia, Persona
from ...politica import AlcanceEfectivo
from ..interpretacion.interpretar import FilaLeida
from ..interpretacion.problemas import Problema
from .estado import Clave, Estado, Vista
from .relevos import asiento_que_releva, rechazar_dos_veces, rechazar_por_dias, relevar, solo_abiertos

Accion = FilaDePadron.Accion


@dataclass
class FilaPlaneada:
    """A row of the review: what will happen and why, in words."""

    leida: FilaLeida
    accion: str = Accion.IGUAL
    detalles: list[str] = field(default_factory=list)
    problemas: list[Problema] = field(default_factory=list)
    asiento: Clave | None = None
    persona_nueva: bool = False
    cambios: dict[str, str] = field(default_factory=dict)
    membresia_nueva: bool = False
    terminan: tuple[int, ...] = ()  # memberships that end the day before, in a list that changes authorities

    def rechazar(
        self, motivo: str, *, campo: str, codigo: str, leido: str = "", propuestas: tuple[str, ...] = ()
    ) -> None:
        """Hold the row, with the sentence beside the cell to mend."""
        self.accion = Accion.RECHAZAR
        self.detalles.append(motivo)
        self.problemas.append(Problema(campo, motivo, codigo, propuestas, leido))


@dataclass(frozen=True)
class Frases:
    """What is said of most rows, in the language of whoever reads."""

    se_registra: str
    institucion: str


def planear(*, filas: list[FilaLeida], alcance: AlcanceEfectivo, estado: Estado) -> list[FilaPlaneada]:
    """Return one planned row for each row read, in the same order. The state learns what they take."""
    estado.conocer_alcance(alcance)
    frases = Frases(_("Se registra la persona."), _("Institución: %(institucion)s."))
    return [_planear_una(leida, estado, alcance, frases) for leida in filas]


def _planear_una(leida: FilaLeida, estado: Estado, alcance: AlcanceEfectivo, frases: Frases) -> FilaPlaneada:
    plan = FilaPlaneada(leida)
    if leida.problemas:
        plan.accion = Accion.RECHAZAR
        plan.detalles.extend(problema.texto for problema in leida.problemas)
        plan.problemas.extend(leida.problemas)
        return plan
    if not alcance.cubre(leida.territorio):
        plan.rechazar(
            _("Ese territorio está fuera de su alcance. Pida a la coordinación provincial que lo registre."),
            campo="distrito",
            codigo="fuera_de_alcance",
        )
        return plan
    persona = estado.personas.get(leida.documento)
    if persona and persona.pk in estado.ajenas:
        plan.rechazar(PersonaAjena().mensaje, campo="documento", codigo="persona_ajena")
        return plan
    anterior = estado.vistas.get(leida.documento)
    if anterior and not se_escriben_igual(_nombre(anterior), _nombre(leida)):
        plan.rechazar(
            _("El DNI %(dni)s ya está en la fila %(fila)d con otro nombre. Revise cuál es el correcto.")
            % {"dni": leida.documento, "fila": anterior.fila},
            campo="documento",
            codigo="dni_con_otro_nombre",
            leido=leida.documento,
        )
        return plan
    instancia = estado.instancias.get(leida.territorio)
    if instancia is None:
        plan.rechazar(
            _("Ese territorio todavía no tiene instancia registrada."), campo="distrito", codigo="sin_instancia"
        )
        return plan
    if instancia.atendida_por_id:
        plan.rechazar(
            _("%(distrito)s no tiene instancia propia: registre el asiento en la instancia provincial.")
            % {"distrito": instancia.territorio},
            campo="distrito",
            codigo="atendida_por_otra",
        )
        return plan
    if not _elegir_asiento(plan, instancia, estado):
        return plan
    _comparar_persona(plan, estado, anterior, frases)
    if plan.accion != Accion.RECHAZAR:
        if plan.terminan:
            # It is never silent: a row that ends somebody is told apart from any other.
            plan.accion = Accion.RELEVAR
        _anotar(plan, estado, frases)
    return plan


def _nombre(quien: FilaLeida | Persona | Vista) -> Nombre:
    return quien.nombres, quien.apellidos


def _elegir_asiento(plan: FilaPlaneada, instancia: Instancia, estado: Estado) -> bool:
    """Choose the seat: the one this person already holds, the number asked for, or the first with room."""
    leida = plan.leida
    tipo = estado.tipos[leida.tipo]
    tope = tipo.tope
    numeros = [leida.numero] if leida.numero else list(range(1, tope + 1))
    libres: list[Clave] = []
    if estado.releva and (clave := asiento_que_releva(plan, numeros, estado, instancia.pk)):
        return relevar(plan, clave, estado)
    for numero in numeros:
        clave = (instancia.pk, tipo.codigo, numero)
        ocupantes = estado.ocupantes(clave, leida)
        if leida.documento in ocupantes.values():
            if ocupantes.get(leida.calidad) == leida.documento:
                plan.asiento = clave
                return True
            plan.rechazar(
                _("Esa persona ya está en el asiento con la otra calidad. Regístrela una sola vez."),
                campo="calidad",
                codigo="con_la_otra_calidad",
            )
            return False
        asiento = estado.asientos.get(clave)
        if asiento and asiento.estado == Asiento.Estado.NO_APLICA:
            continue
        if leida.calidad not in ocupantes:
            libres.append(clave)
    libres = solo_abiertos(libres, leida, estado) if estado.releva else libres
    chocan = {clave: turno for clave in libres if (turno := estado.choca_con(clave, leida))}
    if chocan and len(chocan) == len(libres):
        rechazar_por_dias(plan, next(iter(chocan.values())), estado)
        return False
    libres = [clave for clave in libres if clave not in chocan]
    if not libres:
        _rechazar_sin_lugar(plan, [(instancia.pk, tipo.codigo, numero) for numero in numeros], estado)
        return False
    plan.asiento = _preferir(libres, leida, estado)
    plan.membresia_nueva = True
    return True


def _rechazar_sin_lugar(plan: FilaPlaneada, claves: list[Clave], estado: Estado) -> None:
    """Say who has the seat. Whoever sits there is told before an earlier row: there is a page where they leave it."""
    calidad, tipo = plan.leida.calidad, estado.tipos[plan.leida.tipo]
    ocupadas = [una for una in claves if calidad in estado.ocupantes(una, plan.leida)] or claves
    clave = next((una for una in ocupadas if calidad not in estado.de_la_lista.get(una, {})), None)
    if clave is None:
        return rechazar_dos_veces(plan, ocupadas[0], estado)
    documento = estado.ocupantes(clave, plan.leida).get(calidad, "")
    nombre = estado.nombre_de(documento, si_no=documento)
    frase = _(
        "El asiento %(asiento)s ya tiene %(calidad)s: %(nombre)s. Si lo dejó, toque «Entregar el asiento» en su página."
    )
    if estado.releva:
        frase = _("Hay varios asientos %(asiento)s con %(calidad)s. Escriba el número del asiento que cambia.")
    plan.rechazar(
        frase % {"asiento": tipo.corto, "calidad": calidad, "nombre": nombre},
        campo="asiento",
        codigo="asiento_ocupado",
    )


def _preferir(libres: list[Clave], leida: FilaLeida, estado: Estado) -> Clave:
    """Among free seats of a kind, the one of the same institution; else one without; else the first."""
    sin_institucion = None
    for clave in libres:
        asiento = estado.asientos.get(clave)
        nombre = asiento.institucion if asiento else ""
        if nombre and normalizar(nombre) == normalizar(leida.institucion):
            return clave
        if not nombre and sin_institucion is None:
            sin_institucion = clave
    return sin_institucion or libres[0]


def _comparar_persona(plan: FilaPlaneada, estado: Estado, anterior: Vista | None, frases: Frases) -> None:
    leida = plan.leida
    persona = estado.personas.get(leida.documento)
    conocida = anterior or persona  # as she is after the rows before
    plan.detalles.extend(nota.texto for nota in leida.notas)
    if persona is not None and leida.documento_de_antes:
        frase = _("El documento %(dni)s es de un registro que se unió: se lee como el %(documento)s, de %(nombre)s.")
        datos = {"dni": leida.documento_de_antes, "nombre": persona.nombre_completo, "documento": persona.documento}
        plan.detalles.append(frase % datos)
    celular = _celular_que_se_guarda(plan, persona, estado)
    otro_celular = bool(anterior and anterior.celular and celular not in ("", anterior.celular))
    if anterior and otro_celular:
        plan.detalles.append(
            _("El celular no es el de la fila %(fila)d de la misma persona; se conserva ese.") % {"fila": anterior.fila}
        )
    if conocida is None:
        plan.persona_nueva = True
        plan.accion = Accion.CREAR
        plan.detalles.append(frases.se_registra)
        return
    if persona and not anterior and not _es_la_misma(plan, persona):
        return
    ya_tiene = (anterior.celular if anterior else "") or (persona.celular if persona else "")
    _comparar_datos(plan, conocida, ya_tiene, celular="" if otro_celular else celular)
    if not plan.membresia_nueva and persona is None:
        plan.detalles.append(_("Repite una fila anterior de la lista."))
    elif plan.membresia_nueva:
        plan.detalles.append(
            _("La persona ya está registrada; se le asigna este asiento.")
            if persona
            else _("Se registra otro asiento de la misma persona.")
        )
    if plan.terminan:
        return
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
    if not puede_ser_la_misma(_nombre(persona), _nombre(leida)) and leida.documento_de_antes:
        plan.rechazar(
            DocumentoDeOtraPersona(persona, leida.documento_de_antes).mensaje,
            campo="documento",
            codigo="dni_registrado_con_otro_nombre",
            leido=leida.documento_de_antes,
        )
        return False
    if not puede_ser_la_misma(_nombre(persona), _nombre(leida)):
        plan.rechazar(
            _(
                "Fila %(fila)d: el DNI %(dni)s ya está registrado con otro nombre; se leyó «%(nombre)s». "
                "Revise el número. Si el nombre cambió, corríjalo en la página de la persona."
            )
            % {"fila": leida.fila, "dni": leida.documento, "nombre": f"{leida.nombres} {leida.apellidos}"},
            campo="documento",
            codigo="dni_registrado_con_otro_nombre",
            leido=leida.documento,
        )
        return False
    return True


def _celular_que_se_guarda(plan: FilaPlaneada, persona: Persona | None, estado: Estado) -> str:
    """Return the phone of the row, unless its person answered that none be kept."""
    if plan.leida.celular and persona is not None and persona.pk in estado.sin_aceptar:
        plan.detalles.append(_("No tiene aceptado el aviso de datos: su celular no se guarda."))
        return ""
    return plan.leida.celular


def _comparar_datos(plan: FilaPlaneada, quien: Persona | Vista, ya_tiene: str, *, celular: str) -> None:
    """Note what the row corrects of a known person: the spelling of the name and the phone."""
    leida = plan.leida
    # A sheet typed in capitals or without accents does not undo what somebody wrote well.
    if not se_escriben_igual(_nombre(quien), _nombre(leida)) or tildes(_nombre(leida)) > tildes(_nombre(quien)):
        plan.cambios["nombre"] = " ".join(_nombre(quien))
        plan.detalles.append(
            _("Nombre: «%(antes)s» pasa a «%(ahora)s».")
            % {"antes": plan.cambios["nombre"], "ahora": f"{leida.nombres} {leida.apellidos}"}
        )
    if celular and ya_tiene != celular:
        plan.cambios["celular"] = ya_tiene
        plan.detalles.append(_("Celular: pasa a %(celular)s.") % {"celular": celular})


def _anotar(plan: FilaPlaneada, estado: Estado, frases: Frases) -> None:
    leida = plan.leida
    assert plan.asiento is not None  # noqa: S101 (chosen before)
    asiento = estado.asientos.get(plan.asiento)
    actual = asiento.institucion if asiento else ""
    if leida.institucion and normalizar(actual) != normalizar(leida.institucion):
        if not actual:
            plan.cambios["institucion"] = ""
            if plan.accion == Accion.IGUAL:
                plan.accion = Accion.CAMBIAR
            plan.detalles.append(frases.institucion % {"institucion": leida.institucion})
        else:
            plan.detalles.append(
                _("El asiento ya tiene la institución «%(actual)s»; se conserva.") % {"actual": actual}
            )
    conocida = estado.vistas.get(leida.documento) or estado.personas.get(leida.documento)
    suyo = leida if conocida is None or "nombre" in plan.cambios else conocida
    estado.anotar(plan.asiento, leida, ocupa=plan.membresia_nueva, nombre=_nombre(suyo))
