"""What PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) ask of a file, as far as it can be read in its structure.

Independent of whoever writes the file: it opens it with pikepdf and says, in sentences, what it does not keep. The
numbers are those of the Matterhorn Protocol 1.1 where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

DE_BLOQUE = {"Document", "DocumentFragment", "Part", "Sect", "Div", "Aside", "NonStruct", "Caption", "BlockQuote"}
DE_TEXTO = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Note", "Formula", "Figure", "Form", "TOC", "TOCI"}
DE_LINEA = {"Span", "Link", "Reference", "Quote", "Code", "Em", "Strong", "Lbl", "Annot", "BibEntry", "Sub"}
DE_LISTA = {"L", "LI", "LBody"}
DE_CUADRO = {"Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"}
NORMALES = DE_BLOQUE | DE_TEXTO | DE_LINEA | DE_LISTA | DE_CUADRO
HIJOS = {
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
}
PINTAN = {"Tj", "TJ", "'", '"', "Do", "sh", "EI", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
ACCIONES = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/SubmitForm"}


@dataclass
class Nodo:
    """An element of structure, with its marks on pages and its text in order."""

    papel: str
    fuente: Any
    hijos: list[Nodo] = field(default_factory=list)
    marcas: list[tuple[int, int]] = field(default_factory=list)
    enlaces: int = 0

    def todos(self) -> Iterator[Nodo]:
        yield self
        for hijo in self.hijos:
            yield from hijo.todos()

    def atributo(self, nombre: str) -> Any:
        hallados = self.fuente.get("/A", [])
        for uno in hallados if isinstance(hallados, pikepdf.Array) else [hallados]:
            if isinstance(uno, pikepdf.Dictionary) and nombre in uno:
                return uno[nombre]
        return None


def faltas(contenido: bytes) -> list[str]:
    """What a file does not keep; nothing when it keeps all that is looked at."""
    with pikepdf.open(BytesIO(contenido)) as pdf:
        arbol = leer_arbol(pdf)
        return [
            *_del_archivo(pdf, contenido),
            *_de_los_metadatos(pdf),
            *_del_color(pdf),
            *_de_las_letras(pdf),
            *_del_catalogo(pdf),
            *(_del_arbol(arbol) if arbol else ["01: no structure tree"]),
            *(_de_lo_marcado(pdf, arbol) if arbol else []),
            *_de_las_anotaciones(pdf, arbol),
        ]


def _del_archivo(pdf: pikepdf.Pdf, contenido: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[4-7][\r\n]+%[\x80-\xff]{4}", contenido):
        yield "6.1.2: the header is not of PDF 1.4 to 1.7 with its four bytes"
    if not contenido.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: something follows the end of the file"
    if "/ID" not in pdf.trailer:
        yield "6.1.3: no identifier of the file"
    if pdf.is_encrypted:
        yield "6.1.3: encrypted"
    for objeto in pdf.objects:
        if isinstance(objeto, pikepdf.Stream):
            yield from _de_un_flujo(objeto)
        if isinstance(objeto, pikepdf.Dictionary | pikepdf.Stream):
            if str(objeto.get("/S", "")) in ACCIONES or "/JS" in objeto:
                yield f"6.5.1: an action {objeto.get('/S')}"
            if objeto.get("/Type") == "/Filespec":
                yield "6.8: a file inside"


def _de_un_flujo(flujo: pikepdf.Stream) -> Iterator[str]:
    filtros = flujo.get("/Filter", pikepdf.Array())
    nombres = {str(uno) for uno in filtros} if isinstance(filtros, pikepdf.Array) else {str(filtros)}
    if {"/LZWDecode", "/Crypt"} & nombres:
        yield f"6.1.7: a stream with {sorted(nombres)}"
    if {"/F", "/FFilter", "/FDecodeParms"} & set(flujo.keys()):
        yield "6.1.7: a stream that is outside of the file"
    if flujo.get("/Type") == "/Metadata" and nombres:
        yield "6.6.2: the metadata are compressed"


def _de_los_metadatos(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as meta:
        if (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) != ("2", "A"):
            yield "6.6.4: it does not say PDF/A-2a"
        if meta.get("{http://www.aiim.org/pdfua/ns/id/}part") != "1":
            yield "06: it does not say PDF/UA-1"
        titulo = str(meta.get("dc:title", ""))
        if not titulo.strip():
            yield "06-003: no title"
        if "/Title" in pdf.docinfo and str(pdf.docinfo.Title) != titulo:
            yield "6.6.2: two titles"
        for clave, nombre in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            if clave in pdf.docinfo and nombre not in meta:
                yield f"6.6.2: {clave} is only in one place"


def _del_color(pdf: pikepdf.Pdf) -> Iterator[str]:
    intenciones = [una for una in pdf.Root.get("/OutputIntents", []) if una.get("/S") == "/GTS_PDFA1"]
    perfiles = [una.get("/DestOutputProfile") for una in intenciones]
    if len(intenciones) != 1 or perfiles[0] is None:
        yield "6.2.3: not one output intent with its profile"
    elif int(perfiles[0].N) != 3 or len(perfiles[0].read_bytes()) < 128:
        yield "6.2.3: its profile is not of red, green and blue"
    for pagina in pdf.pages:
        for operandos, operador in _ordenes(pagina):
            if str(operador) in {"k", "K"} or (str(operador) in {"cs", "CS"} and str(operandos[0]) == "/DeviceCMYK"):
                yield "6.2.4: a colour of four inks without its profile"
                break


def _de_las_letras(pdf: pikepdf.Pdf) -> Iterator[str]:
    letras = [objeto for objeto in pdf.objects if isinstance(objeto, pikepdf.Dictionary)]
    for letra in (una for una in letras if una.get("/Type") == "/Font"):
        nombre = str(letra.get("/BaseFont", "?"))
        if letra.Subtype in ("/CIDFontType0", "/CIDFontType2"):
            if not {"/FontFile2", "/FontFile3"} & set(letra.FontDescriptor.keys()):
                yield f"31-009: {nombre} is not inside"
            if letra.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in letra:
                yield f"31-003: {nombre} does not say which glyph is which"
        elif letra.Subtype == "/Type3":
            yield f"31: {nombre} is drawn"
        else:
            if "/ToUnicode" not in letra:
                yield f"31-027: {nombre} does not say which letters it has"
            elif re.search(rb"<(?:0000|FFFE|FEFF|FFFD)>\s*$", letra.ToUnicode.read_bytes(), re.MULTILINE):
                yield f"31-028: {nombre} has letters that are none"
            if letra.Subtype == "/Type0" and str(letra.Encoding) not in ("/Identity-H", "/Identity-V"):
                yield f"31: {nombre} of an encoding that is not inside"


def _del_catalogo(pdf: pikepdf.Pdf) -> Iterator[str]:
    raiz = pdf.Root
    marcado = raiz.get("/MarkInfo", {})
    if not marcado.get("/Marked") or marcado.get("/Suspects"):
        yield "06-001: it is not marked, or has suspects"
    if not re.fullmatch(r"es(-[A-Z]{2})?", str(raiz.get("/Lang", ""))):
        yield "11-006: it does not say its language"
    if not raiz.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "07-001: its title is not shown"
    if "/AcroForm" in raiz or "/XFA" in raiz:
        yield "6.4: a form"


def leer_arbol(pdf: pikepdf.Pdf) -> Nodo | None:
    raiz = pdf.Root.get("/StructTreeRoot")
    if raiz is None:
        return None
    paginas = {pagina.objgen: numero for numero, pagina in enumerate(pdf.pages)}
    papeles = {str(de): str(a) for de, a in raiz.get("/RoleMap", {}).items()}
    arbol = Nodo("raíz", raiz)
    _leer(raiz.get("/K", []), arbol, paginas, papeles, None)
    return arbol


def _leer(que: Any, padre: Nodo, paginas: dict[Any, int], papeles: dict[str, str], pagina: int | None) -> None:
    if isinstance(que, pikepdf.Array):
        for uno in que:
            _leer(uno, padre, paginas, papeles, pagina)
    elif isinstance(que, int):
        padre.marcas.append((-1 if pagina is None else pagina, int(que)))
    elif isinstance(que, pikepdf.Dictionary):
        if "/Pg" in que:
            pagina = paginas.get(que.Pg.objgen)
        if que.get("/Type") == "/MCR":
            _leer(int(que.MCID), padre, paginas, papeles, pagina)
        elif que.get("/Type") == "/OBJR":
            padre.enlaces += 1
        else:
            papel = str(que.S)
            while papel in papeles:
                papel = papeles.pop(papel) if papeles[papel] == papel else papeles[papel]
            hijo = Nodo(papel.lstrip("/"), que)
            padre.hijos.append(hijo)
            _leer(que.get("/K", []), hijo, paginas, papeles, pagina)


def _del_arbol(arbol: Nodo) -> Iterator[str]:
    if [uno.papel for uno in arbol.hijos] != ["Document"]:
        yield f"the tree begins with {[uno.papel for uno in arbol.hijos]}"
    todos = list(arbol.todos())[1:]
    for nodo in todos:
        yield from _de_un_nodo(nodo)
        if nodo.papel in ("Figure", "Formula"):
            yield from _de_una_figura(nodo)
        if nodo.papel == "Table":
            yield from _de_un_cuadro(nodo)
    yield from _de_los_titulos([int(uno.papel[1]) for uno in todos if re.fullmatch(r"H[1-6]", uno.papel)])


def _de_un_nodo(nodo: Nodo) -> Iterator[str]:
    hijos = {uno.papel for uno in nodo.hijos}
    if nodo.papel not in NORMALES:
        yield f"02-001: {nodo.papel} is of no standard"
    if raros := hijos - HIJOS.get(nodo.papel, NORMALES):
        yield f"09: {nodo.papel} holds {sorted(raros)}"
    if nodo.papel == "TH" and str(nodo.atributo("/Scope")) not in ("/Column", "/Row", "/Both"):
        yield "15-003: a heading of a table that does not say of what"
    if nodo.papel in DE_BLOQUE and (nodo.marcas or hijos & {"Span", "Strong", "Em"}):
        yield f"{nodo.papel} holds text that is of no paragraph"
    if nodo.papel in ("P", "H1", "H2", "H3", "TH") and not any(uno.marcas for uno in nodo.todos()):
        yield f"{nodo.papel} says nothing"


def _de_una_figura(nodo: Nodo) -> Iterator[str]:
    if not str(nodo.fuente.get("/Alt", "")).strip():
        yield f"13-004: a {nodo.papel} without words"
    if nodo.atributo("/BBox") is None:
        yield f"a {nodo.papel} that does not say where it is"


def _de_un_cuadro(cuadro: Nodo) -> Iterator[str]:
    filas = [uno for uno in cuadro.todos() if uno.papel == "TR"]
    anchos = {sum(int(celda.atributo("/ColSpan") or 1) for celda in fila.hijos) for fila in filas}
    if len(anchos) != 1:
        yield f"15: rows of {sorted(anchos)} cells in one table"
    if not filas or not any(celda.papel == "TH" for celda in filas[0].hijos):
        yield "15: a table without headings"


def _de_los_titulos(niveles: list[int]) -> Iterator[str]:
    if not niveles or niveles[0] != 1 or niveles.count(1) != 1:
        yield f"14-002: headings {niveles}"
    for antes, despues in zip(niveles, niveles[1:], strict=False):
        if despues > antes + 1:
            yield f"14-003: from a heading {antes} to a {despues}"


def _ordenes(pagina: Any) -> Iterator[tuple[Any, Any]]:
    yield from ((uno.operands, uno.operator) for uno in pikepdf.parse_content_stream(pagina))


def _de_lo_marcado(pdf: pikepdf.Pdf, arbol: Nodo) -> Iterator[str]:
    """All that is painted is of an element of the tree, once, or is told to be an ornament."""
    del_arbol = [marca for nodo in arbol.todos() for marca in nodo.marcas]
    if len(del_arbol) != len(set(del_arbol)):
        yield "01: a mark is of two elements"
    en_paginas: set[tuple[int, int]] = set()
    for numero, pagina in enumerate(pdf.pages):
        suyas: set[int] = set()
        yield from (f"{falta} (page {numero + 1})" for falta in _de_una_pagina(pagina, suyas))
        en_paginas |= {(numero, marca) for marca in suyas}
        if suyas and "/StructParents" not in pagina:
            yield f"page {numero + 1} does not lead to the tree"
    if sobran := en_paginas - set(del_arbol):
        yield f"01-006: marks of no element: {sorted(sobran)[:5]}"
    if faltan := set(del_arbol) - en_paginas:
        yield f"elements of no mark: {sorted(faltan)[:5]}"
    yield from _de_la_vuelta(pdf, en_paginas)


def _de_una_pagina(pagina: Any, suyas: set[int]) -> Iterator[str]:
    """Adds its marks to ``suyas``."""
    pila: list[str | int] = []
    for operandos, operador in _ordenes(pagina):
        orden = str(operador)
        if orden in ("BDC", "BMC"):
            marca = _marca(pagina, operandos)
            pila.append(str(operandos[0]) if marca is None else marca)
            if marca is not None:
                suyas.add(marca)
                if "/Artifact" in pila:
                    yield "01-001: content inside of an ornament"
        elif orden == "EMC":
            pila.pop()
        elif orden in PINTAN and "/Artifact" not in pila and not any(isinstance(uno, int) for uno in pila):
            yield f"01-005: it paints ({orden}) what is nothing"
    if pila:
        yield "01: a mark that is not closed"


def _marca(pagina: Any, operandos: Any) -> int | None:
    suyo = operandos[1] if len(operandos) > 1 else None
    if isinstance(suyo, pikepdf.Name):
        suyo = pagina.Resources.Properties[str(suyo)]
    return int(suyo.MCID) if isinstance(suyo, pikepdf.Dictionary) and "/MCID" in suyo else None


def _de_la_vuelta(pdf: pikepdf.Pdf, en_paginas: set[tuple[int, int]]) -> Iterator[str]:
    """From a mark of a page one comes to its element."""
    indice = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for numero, pagina in enumerate(pdf.pages):
        suyas = [marca for pag, marca in en_paginas if pag == numero]
        padres = indice.get(int(pagina.get("/StructParents", -1))) if suyas else []
        if padres is None or any(marca >= len(padres) or "/S" not in padres[marca] for marca in suyas):
            yield f"01: from page {numero + 1} one does not come to the tree"


def _de_las_anotaciones(pdf: pikepdf.Pdf, arbol: Nodo | None) -> Iterator[str]:
    anotadas = [una for pagina in pdf.pages for una in pagina.get("/Annots", [])]
    for pagina in pdf.pages:
        if "/Annots" in pagina and str(pagina.get("/Tabs")) != "/S":
            yield "28-008: the order of the keyboard is not that of the structure"
    for una in anotadas:
        if una.Subtype != "/Link":
            yield f"28: a {una.Subtype}"
        if not int(una.get("/F", 0)) & 4:
            yield "6.3.2: an annotation that is not printed"
        if not str(una.get("/Contents", "")).strip():
            yield "28-012: a link without words"
    en_el_arbol = sum(uno.enlaces for uno in arbol.todos()) if arbol else 0
    if en_el_arbol != len(anotadas):
        yield f"28-002: {len(anotadas)} annotations, and {en_el_arbol} in the tree"
