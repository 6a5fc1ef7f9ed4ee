"""The review as a bench: a row is mended in its place, and the list waits for other days and other people."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from instancias import padron
from instancias.models import FilaDePadron, ImportacionDePadron, Membresia, Persona
from instancias.padron.planes import renglones
from instancias.padron.revision import banco
from instancias.politica import AlcanceEfectivo
from marco.errores import ErrorDeDominio
from tests import gente
from tests.instancias.hojas import TITULOS, fila, hoja

pytestmark = pytest.mark.usefixtures("provincia")
PROVINCIA = AlcanceEfectivo(("1006",))
JUAN = {"DNI": "40000202", "Nombres": "Juan", "Apellidos": "Tello", "Asiento": "IDC-07"}


def revisar(*filas, alcance=PROVINCIA, titulos=TITULOS) -> ImportacionDePadron:
    contenido = hoja(*filas, titulos=titulos)
    return padron.revisar(
        nombre="lista.xlsx", contenido=contenido, esquema="inei", alcance=alcance, por=None, ahora=timezone.now()
    )


def filas(importacion) -> list[FilaDePadron]:
    return list(importacion.filas.order_by("orden"))


def corregir(cual: FilaDePadron, *, version: int | None = None, alcance=PROVINCIA, **valores: str) -> FilaDePadron:
    return banco.corregir_fila(
        importacion_id=cual.importacion_id,
        fila_id=cual.pk,
        version=cual.version if version is None else version,
        valores=valores,
        alcance=alcance,
        ahora=timezone.now(),
    )


def dejar(cual: FilaDePadron, *, fuera: bool = True) -> FilaDePadron:
    return banco.dejar_fila(
        importacion_id=cual.importacion_id,
        fila_id=cual.pk,
        version=cual.version,
        fuera=fuera,
        alcance=PROVINCIA,
        ahora=timezone.now(),
    )


def confirmar(importacion) -> dict[str, int]:
    return padron.confirmar(importacion_id=importacion.pk, alcance=PROVINCIA, ahora=timezone.now())


def test_a_cell_mended_is_understood_and_planned_again():
    importacion = revisar(fila(Distrito="Luyand"))
    (mala,) = filas(importacion)
    assert mala.accion == "rechazar" and mala.problemas[0]["campo"] == "distrito"
    buena = corregir(mala, distrito="Luyando")
    assert (buena.accion, buena.problemas, buena.version) == ("crear", [], 1)
    assert confirmar(importacion)["crear"] == 1
    assert Persona.objects.get().documento == "40000101"


def test_the_rows_that_depend_on_a_mended_one_are_planned_again():
    otra_de_juan = fila(**JUAN | {"Nombres": "Juana", "Asiento": "IDC-08"})
    importacion = revisar(fila(), fila(DNI="40000202", Nombres="Juan", Apellidos="Tello"), otra_de_juan)
    rosa, juan, _juana = filas(importacion)
    # Juan meets Rosa in his seat, so the other row of his document meets nobody.
    assert [f.accion for f in filas(importacion)] == ["crear", "rechazar", "crear"]
    corregir(rosa, asiento="IDC-11")
    # His row is good now: the one after it has his document with another name.
    assert [f.accion for f in filas(importacion)] == ["crear", "crear", "rechazar"]
    juan.refresh_from_db()
    assert juan.version == 0, "a row that nobody edited is still the one that others are looking at"


def test_what_is_good_is_saved_and_the_rest_waits():
    importacion = revisar(fila(), fila(**JUAN | {"Distrito": "Marte"}))
    assert confirmar(importacion) == {"crear": 1, "cambiar": 0, "igual": 0, "rechazar": 1}
    importacion.refresh_from_db()
    assert importacion.estado == "por_revisar"
    guardada, queda = filas(importacion)
    assert (guardada.estado, guardada.cruda, guardada.leida) == ("guardada", {}, {})
    assert queda.estado == "por_revisar" and queda.cruda["nombres"] == "Juan"
    corregir(queda, distrito="Luyando")
    assert confirmar(importacion) == {"crear": 1, "cambiar": 0, "igual": 0, "rechazar": 0}
    importacion.refresh_from_db()
    assert (importacion.estado, importacion.resumen["crear"]) == ("confirmada", 2)


def test_a_second_click_does_not_save_what_the_first_one_refused():
    """A name that contradicts an earlier row of the list is not a correction of it once that row is saved."""
    importacion = revisar(fila(), fila(Nombres="Rosa María", Asiento="IDC-07"))
    assert confirmar(importacion)["rechazar"] == 1
    assert confirmar(importacion) == {"crear": 0, "cambiar": 0, "igual": 0, "rechazar": 1}
    assert Persona.objects.get().nombres == "Rosa"
    assert Membresia.objects.count() == 1


def test_a_row_left_out_gives_its_seat_to_the_next_and_may_be_taken_back():
    importacion = revisar(fila(), fila(**JUAN | {"Asiento": "IDC-03"}))
    rosa, juan = filas(importacion)
    assert juan.accion == "rechazar"
    rosa = dejar(rosa)
    juan.refresh_from_db()
    assert juan.accion == "crear"
    dejar(rosa, fuera=False)
    juan.refresh_from_db()
    assert juan.accion == "rechazar"


def test_rows_left_out_are_forgotten_when_the_list_is_done():
    importacion = revisar(fila(), fila(**JUAN))
    dejar(filas(importacion)[1])
    assert confirmar(importacion)["crear"] == 1
    assert [f.estado for f in filas(importacion)] == ["guardada"]
    assert not Persona.objects.filter(documento="40000202").exists()


def test_two_people_on_one_row_the_second_is_told_and_nothing_is_overwritten():
    importacion = revisar(fila(Distrito="Luyand"))
    (vista,) = filas(importacion)
    corregir(vista, distrito="Luyando")
    with pytest.raises(ErrorDeDominio) as error:
        corregir(vista, distrito="Pucayacu")
    assert error.value.codigo == "fila_cambiada"
    assert "Lo que usted escribió no se guardó: Distrito «Pucayacu»" in error.value.mensaje
    vista.refresh_from_db()
    assert vista.cruda["distrito"] == "Luyando"


def test_a_row_already_saved_is_not_mended():
    importacion = revisar(fila(), fila(**JUAN | {"Distrito": "Marte"}))
    rosa = filas(importacion)[0]
    confirmar(importacion)
    with pytest.raises(ErrorDeDominio) as error:
        corregir(rosa, nombres="Otra")
    assert error.value.codigo == "fila_cambiada"


def test_only_whoever_covers_the_whole_list_mends_it():
    (mala,) = filas(revisar(fila(Distrito="Luyand")))
    with pytest.raises(ErrorDeDominio) as error:
        corregir(mala, alcance=AlcanceEfectivo(("100605",)), distrito="Luyando")
    assert error.value.codigo == "fuera_de_alcance"


def test_a_warning_is_accepted_as_it_is_and_an_error_is_not():
    importacion = revisar(fila())
    (una,) = filas(importacion)
    aviso = {"campo": "nombres", "texto": "¿Es la misma?", "codigo": "posible_repetida", "propuestas": [], "leido": ""}
    leida = una.leida | {"problemas": [aviso]}
    assert renglones.sin_aceptados(renglones.FilaLeida.de_json(leida), []).problemas
    assert not renglones.sin_aceptados(renglones.FilaLeida.de_json(leida), ["posible_repetida"]).problemas
    datos = {"importacion_id": importacion.pk, "fila_id": una.pk, "version": 0}
    datos |= {"alcance": PROVINCIA, "ahora": timezone.now()}
    assert banco.aceptar_aviso(codigo="posible_repetida", **datos).aceptados == ["posible_repetida"]
    with pytest.raises(ErrorDeDominio) as error:
        banco.aceptar_aviso(codigo="asiento_ocupado", **datos | {"version": 1})
    assert error.value.codigo == "no_se_acepta"


SIN_CERO = "documento.dni_sin_cero"


def sin_cero(n: int) -> list[str]:
    asientos = ["IDC-03", "IDC-04", "IDC-07"]
    return fila(DNI=f"510010{n}", Nombres=["Rosa", "Juan", "Elsa"][n], Apellidos=["Quispe", "Soto", "Vela"][n],
                Asiento=asientos[n])  # fmt: skip


def tomar(importacion, vistas, motivo=SIN_CERO) -> int:
    return banco.aplicar_propuestas(
        importacion_id=importacion.pk, motivo=motivo, vistas=vistas, alcance=PROVINCIA, ahora=timezone.now()
    )


def test_what_is_proposed_in_many_rows_is_taken_at_once_by_who_saw_them():
    importacion = revisar(*map(sin_cero, range(3)), fila(DNI="40000210", Apellidos="Huam?n", Asiento="IDC-11"))
    una, otra, tercera, con_nombre = filas(importacion)
    corregir(tercera, nombres="Elsa María")  # somebody else is at it: their row is left as they left it
    assert tomar(importacion, {f.pk: f.version for f in (una, otra, tercera, con_nombre)}) == 2
    assert [f.documento for f in filas(importacion)] == ["05100100", "05100101", "5100102", "40000210"]
    assert [f.accion for f in filas(importacion)] == ["crear", "crear", "rechazar", "rechazar"]
    assert tomar(importacion, {con_nombre.pk: 0}, "apellidos.no_es_nombre") == 1
    assert filas(importacion)[3].leida["apellidos"] == "Huamán"


def test_an_empty_seat_beside_its_institution_is_taken_in_all_its_rows_and_a_doubtful_one_in_none():
    sin_asiento = {"Asiento": "", "Calidad": "titular"}
    dichas = ["Comisaría de Naranjillo", "Subprefectura distrital", "Representante de la comunidad", ""]
    filas_sin = [
        fila(DNI=f"4000021{n}", Apellidos=f"Vela {'ABCD'[n]}", Institución=dicha, **sin_asiento)
        for n, dicha in enumerate(dichas)
    ]
    importacion = revisar(*filas_sin)
    assert {f.motivos for f in filas(importacion)} == {",asiento.falta,"}
    assert tomar(importacion, {f.pk: 0 for f in filas(importacion)}, "asiento.falta") == 2
    vistas = [(f.accion, f.tipo) for f in filas(importacion)]
    assert vistas == [("crear", "IDC-03"), ("crear", "IDC-02"), ("rechazar", ""), ("rechazar", "")]


def test_what_may_be_several_things_is_never_taken_at_once():
    importacion = revisar(fila(Asiento="Representante de la comunidad"), fila(**JUAN | {"Distrito": "Luyndo"}))
    dudosa, otra = filas(importacion)
    for motivo in ("asiento.asiento_dudoso", "distrito.distrito_desconocido", "", "nada", "documento.posible_repetida"):
        assert tomar(importacion, {dudosa.pk: 0, otra.pk: 0}, motivo) == 0
    assert [f.version for f in filas(importacion)] == [0, 0]


class TestPantalla:
    @pytest.fixture
    def cem(self, entrar):
        return entrar(gente.crear_coordinacion("cem-p", "1006", first_name="Carla", last_name="Soto"))

    def subir(self, cem, *lineas) -> str:
        archivo = SimpleUploadedFile("lista.xlsx", hoja(*lineas))
        return cem.post("/panel/importar", {"archivo": archivo, "esquema": "inei"}).url

    @pytest.mark.un_motor
    def test_the_problem_is_beside_its_cell_and_is_mended_there(self, cem):
        url = self.subir(cem, fila(), fila(**JUAN | {"Distrito": "Luyand"}))
        texto = cem.get(url).content.decode()
        assert re.search(r'name="c-distrito"[^>]* value="Luyand"[^>]* aria-invalid="true"', texto)
        assert "Guardar 1 fila; queda 1 por resolver" in texto
        mala = FilaDePadron.objects.get(accion="rechazar")
        datos = {"version": mala.version, "c-distrito": "Luyando", "ver": "rechazar"}
        respuesta = cem.post(f"{url}/fila/{mala.pk}", datos)
        assert respuesta.url == f"{url}?ver=rechazar#fila-{mala.pk}"
        assert "La fila 3 ya se puede guardar" in cem.get(respuesta.url).content.decode()
        assert "Guardar 2 filas" in cem.get(url).content.decode()

    @pytest.mark.un_motor
    def test_a_proposal_is_one_tap(self, cem):
        url = self.subir(cem, fila(Distrito="Luyand"))
        mala = FilaDePadron.objects.get()
        cem.post(f"{url}/fila/{mala.pk}", {"version": 0, "c-distrito": "Luyand", "poner": "distrito=Luyando"})
        mala.refresh_from_db()
        assert mala.accion == "crear"

    @pytest.mark.un_motor
    def test_rows_are_counted_and_filtered_by_kind_of_problem(self, cem):
        ocupado = fila(**JUAN | {"Asiento": "IDC-03"})
        url = self.subir(cem, fila(), ocupado, fila(DNI="4000", Asiento="IDC-11"), fila(DNI="40", Asiento="IDC-07"))
        texto = cem.get(url).content.decode()
        assert "Asiento dado dos veces: 1" in texto and "DNI con números de más o de menos: 2" in texto
        con_dni = cem.get(f"{url}?motivo=documento.dni_de_otro_largo").content.decode()
        assert con_dni.count('id="fila-') == 2

    @pytest.mark.un_motor
    def test_every_cell_of_a_row_opens_for_editing(self, cem):
        url = self.subir(cem, fila())
        una = FilaDePadron.objects.get()
        assert 'name="c-nombres"' not in cem.get(url).content.decode()
        assert 'name="c-nombres"' in cem.get(f"{url}?fila={una.pk}").content.decode()

    def test_the_rows_with_a_problem_leave_as_a_sheet_that_can_come_back(self, cem):
        mala = fila(**JUAN | {"DNI": "04000202", "Distrito": "Luyand", "Institución": "=1+1"})
        url = self.subir(cem, fila(), mala)
        archivo = cem.get(f"{url}/por-resolver.xlsx").content
        titulos, valores = list(load_workbook(io.BytesIO(archivo)).active.values)
        leida = dict(zip(titulos, valores, strict=True))
        assert leida["DNI"] == "04000202" and leida["Motivo"]
        assert leida["Institución"].startswith("'=")
        vuelta = cem.post("/panel/importar", {"archivo": SimpleUploadedFile("x.xlsx", archivo), "esquema": "inei"})
        assert vuelta.status_code == 302

    @pytest.mark.un_motor
    def test_a_colleague_of_the_same_territory_goes_on_another_day(self, cem, entrar):
        url = self.subir(cem, fila(Distrito="Luyand"))
        colega = entrar(gente.crear_coordinacion("colega", "1006"))
        abiertas = colega.get("/panel/importar").content.decode()
        assert "De Carla Soto. Queda 1 fila." in abiertas and url in abiertas
        mala = FilaDePadron.objects.get()
        colega.post(f"{url}/fila/{mala.pk}", {"version": 0, "c-distrito": "Luyando"})
        assert "La lista se guardó" in colega.post(f"{url}/confirmar", follow=True).content.decode()

    @pytest.mark.un_motor
    def test_somebody_of_a_part_of_the_territory_does_not_see_it(self, cem, entrar):
        url = self.subir(cem, fila(Distrito="Luyand"))
        mala = FilaDePadron.objects.get()
        ajena = entrar(gente.crear_coordinacion("ajena", "100605"))
        assert "lista.xlsx" not in ajena.get("/panel/importar").content.decode()
        assert ajena.get(url).status_code == 404
        assert ajena.get(f"{url}/por-resolver.xlsx").status_code == 404
        assert ajena.post(f"{url}/fila/{mala.pk}", {"version": 0, "c-distrito": "Luyando"}).status_code == 404

    @pytest.mark.un_motor
    def test_a_row_of_another_list_is_not_reached_through_this_one(self, cem):
        url, otra = self.subir(cem, fila(Distrito="Luyand")), self.subir(cem, fila())
        mala = FilaDePadron.objects.get(accion="rechazar")
        assert cem.post(f"{otra}/fila/{mala.pk}", {"version": 0, "c-distrito": "Luyando"}).status_code == 404
        assert url != otra

    def test_a_page_of_the_bench_costs_the_same_with_a_hundred_rows(self, cem, presupuesto):
        url = self.subir(cem, *[fila(DNI=f"{n}", Apellidos=f"Tello {n}") for n in range(100, 220)])
        cem.get(url)
        with presupuesto(14):
            assert cem.get(url).content.decode().count('id="fila-') == 100

    @pytest.mark.un_motor
    def test_the_rows_of_one_kind_of_problem_are_mended_with_one_touch(self, entrar):
        cem = entrar(gente.crear_coordinacion("cem-p2", "1006"))
        importacion = revisar(*map(sin_cero, range(3)))
        url = f"/panel/importar/{importacion.pk}"
        primera = cem.get(url).content.decode()
        assert "Tomar lo propuesto" not in primera
        assert f'href="?motivo={SIN_CERO}"' in primera  # also where it is the only kind there is
        pagina = cem.get(f"{url}?motivo={SIN_CERO}").content.decode()
        assert "Tomar lo propuesto en estas 3 filas" in pagina
        vistas = re.findall(r'name="vista" value="([0-9:]+)"', pagina)
        hecho = cem.post(f"{url}/propuestas", {"motivo": SIN_CERO, "vista": [*vistas, "x", "1:2:3"]}, follow=True)
        assert "Se corrigieron 3 filas." in hecho.content.decode()
        assert {f.documento for f in filas(importacion)} == {"05100100", "05100101", "05100102"}
