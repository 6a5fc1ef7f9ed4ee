"""What axe finds, as we lend it: the same as by itself, to the last node of what passed, at both widths."""

from axe_playwright_python.sync_playwright import Axe

from cms.demo.vista import CELULAR, ESCRITORIO
from tests.navegador.guion_de_axe import guion_de_axe

PAGINA = """<!doctype html><html lang="es"><head><title>Una página</title><style>
  body { color: #222; background: #fff; } .velo { background: rgba(0, 40, 80, .9); opacity: .95; }
  .velo, .velo a { color: #fff; }
  @media (min-width: 1000px) { .solo-ancha { color: #bbb; } .velo p { color: rgb(120 150 180); } }
</style></head><body><main><h1>Título</h1><img src="data:,"><p>Texto.</p><p class="solo-ancha">Se lee en el celular.</p>
<div class="velo"><p>Sobre un <a href="#a">velo</a>.</p></div><label>Nombre <input></label><input id="sin-nombre">
<table><tr><th>Una</th><th>Otra</th></tr><tr><td>1</td><td><button style="width:9px;height:9px;padding:0"></button></td>
</tr></table><ul role="listbox"><li role="option">Uno</li></ul></main></body></html>"""
HALLADO = "() => axe.run().then(d => ['violations', 'incomplete', 'passes'].map(k => d[k].map(r => [r.id, r.nodes])))"
MALO = {"image-alt", "label", "color-contrast", "button-name"}


def test_it_finds_the_same(navegador):
    hallado = {}
    hoja = navegador.new_page(viewport=CELULAR)
    for nombre, guion in (("suyo", Axe().axe_script), ("nuestro", guion_de_axe())):
        hoja.set_content(PAGINA)
        hoja.evaluate(guion)
        for ancho in (CELULAR["width"], ESCRITORIO["width"]):
            hoja.set_viewport_size({**CELULAR, "width": ancho})
            hallado[nombre, ancho] = hoja.evaluate(HALLADO)
    hoja.close()
    for ancho in (CELULAR["width"], ESCRITORIO["width"]):
        faltas = {regla for regla, _nodos in hallado["nuestro", ancho][0]}
        assert faltas >= MALO - (set() if ancho == ESCRITORIO["width"] else {"color-contrast"})
        assert ("color-contrast" in faltas) == (ancho == ESCRITORIO["width"])
        assert hallado["nuestro", ancho] == hallado["suyo", ancho]
