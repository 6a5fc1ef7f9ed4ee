"""The script of axe, that looks at pages as long as our lists without asking twice for what it knows.

Nothing of what it finds changes: only where it keeps what it found out while it looks. Each change names the text of
axe that it takes the place of; a version that writes it otherwise is told at once, and not looked at unchanged.
"""

from __future__ import annotations

from functools import cache

from axe_playwright_python.sync_playwright import Axe

# A page writes few colours, and axe reads each of them again for every element: nearly half of looking at a long list.
UNA_VEZ_CADA_COLOR = """;(() => {
  const Color = axe.commons.color.Color, leer = Color.prototype.parseString, leidos = new Map();
  Color.prototype.parseString = function (texto) {
    const leido = leidos.get(texto);
    if (leido) return Object.assign(this, {r: leido.r, g: leido.g, b: leido.b, alpha: leido.alpha});
    leer.call(this, texto);
    leidos.set(texto, new Color(this));
    return this;
  };
})()"""

# What a colour keeps for itself, axe keeps in tables of weak references, six for each of thousands of colours: the
# browser goes through them each time that it gathers what is left over. On the colour itself they cost nothing.
EN_EL_MISMO = """;class EnElMismo {
  llave = Symbol();
  has(cosa) { return this.llave in cosa; }
  get(cosa) { return cosa[this.llave]; }
  set(cosa, valor) { cosa[this.llave] = valor; return this; }
  add(cosa) { cosa[this.llave] = true; return this; }
}
"""

# And each time that it is read or written, whether it is of a colour was asked first: only a colour does it.
SIN_PREGUNTAR = (
    ("function ve(e,t){return e.get(ye(e,t))}", "function ve(e,t){return e.get(t)}"),
    ("function be(e,t,n){e.set(ye(e,t),n)}", "function be(e,t,n){e.set(t,n)}"),
)

# What a function said of an element, axe looks for among all the elements one by one: a table finds it at once.
RECORDAR = """;function recordar(decir) {
  let dichos = new Map();
  const ultimo = decir.length - 1;
  const saber = ultimo ? function (...cosas) {
    let lugar = dichos;
    for (let n = 0; n < ultimo; n++) {
      if (!lugar.has(cosas[n])) lugar.set(cosas[n], new Map());
      lugar = lugar.get(cosas[n]);
    }
    const cosa = ultimo < 0 ? undefined : cosas[ultimo];
    if (!lugar.has(cosa)) lugar.set(cosa, decir.apply(this, cosas));
    return lugar.get(cosa);
  } : function (cosa) {
    if (!dichos.has(cosa)) dichos.set(cosa, decir.apply(this, arguments));
    return dichos.get(cosa);
  };
  saber.clear = () => { dichos = new Map(); };
  return saber;
}
"""
CAMBIOS = (
    *SIN_PREGUNTAR,
    (
        "(Se=new WeakMap,_e=new WeakMap,Me=new WeakMap,Pe=new WeakMap,Ie=new WeakMap,Be=new WeakMap,je=new WeakSet,",
        "(Se=new EnElMismo,_e=new EnElMismo,Me=new EnElMismo,Pe=new EnElMismo,Ie=new EnElMismo,Be=new EnElMismo,"
        "je=new EnElMismo,",
    ),
    (
        "function(e){return e=(0,so.default)(e),axe._memoizedFns.push(e),e}",
        "function(e){return e=recordar(e),axe._memoizedFns.push(e),e}",
    ),
)


@cache
def guion_de_axe() -> str:
    guion = Axe().axe_script
    for suyo, nuestro in CAMBIOS:
        assert guion.count(suyo) == 1, f"axe ya no lo escribe así; mire qué escribe ahora: {suyo}"
        guion = guion.replace(suyo, nuestro)
    return f"(() => {{{EN_EL_MISMO}{RECORDAR}{guion}}})();{UNA_VEZ_CADA_COLOR}"
