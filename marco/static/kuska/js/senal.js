/* What is done on a page is kept on this phone first, under its own identifier, and goes to the server by itself.
   Texts come from data- attributes. For other scripts:
     kuska.cola.poner(clase, lugar, campos, asunto)  promise of an identifier; what waits of that asunto unsent gives way
     kuska.cola.enviar()       send now what waits; kuska.cola.luego(): in a while, or with a few more
     kuska.cola.esperan()      promise of what waits of this person: [{id, clase, asunto, campos}]
     kuska.cola.quitar(prueba, en) promise: what waits and passes a test is forgotten, or was received (en)
     document, event "k-cola"  {id, asunto, estado: "celular"|"camino"|"ocupada"|"entrar"|"recibido"|"no", texto, mensaje, sigue}
     kuska.decir(tipo, datos)  talk to the service worker: a promise of its answer, or of nothing
   What waits is of one person (their mark): it stays until its owner is back. */
(function () {
  "use strict";
  var doc = document, chip = doc.querySelector("[data-k-senal]");
  var kuska = window.kuska = window.kuska || {};
  if (!chip) { return; }
  var textos = chip.dataset, marcas = (textos.marcas || "").split(" ").filter(Boolean);
  var activo = null, LOTE = 30, JUNTAS = 20, OCIO = 60000, PACIENCIA = 20000, TOPE = 300;
  function nada() {}
  function azar(hasta) { return Math.random() * hasta; }
  function lleno(texto, con) { return (texto || "").replace("%s", con); }

  kuska.decir = function (tipo, datos) {
    var sw = navigator.serviceWorker && (navigator.serviceWorker.controller || activo);
    if (!sw) { return Promise.resolve(); }
    return new Promise(function (listo) {
      var canal = new MessageChannel();
      canal.port1.onmessage = function (ev) { listo(ev.data); };
      setTimeout(listo, 5000);
      sw.postMessage(Object.assign({ tipo: tipo }, datos), [canal.port2]);
    });
  };
  /* On one's own phone only. */
  if (textos.trabajador && navigator.serviceWorker) {
    addEventListener("load", function () {
      var solo = !navigator.serviceWorker.controller;
      navigator.serviceWorker.register(textos.trabajador).then(function () { return navigator.serviceWorker.ready; }).then(function (r) {
        /* The next step comes ahead; and this page, when the worker was not here yet to keep it. */
        var sigue = doc.querySelector("[data-k-sigue]");
        activo = r.active;
        if (!navigator.onLine) { return; }
        if (solo) { kuska.decir("traer", { urls: [location.pathname], vista: true }); }
        if (sigue) { kuska.decir("traer", { urls: [sigue.dataset.kSigue] }); }
      }).catch(nada);
    });
  }

  /* --- What is kept */
  var base = null, sirve = null, sabidos = {};  /* kept here and not received, that this page knows */
  function abrir() {
    base = base || new Promise(function (listo, falla) {
      var pedido = indexedDB.open("kuska", 1);
      pedido.onupgradeneeded = function () { pedido.result.createObjectStore("paquetes", { keyPath: "orden", autoIncrement: true }); };
      pedido.onsuccess = function () {
        pedido.result.onversionchange = function () { pedido.result.close(); base = null; };
        pedido.result.onclose = function () { base = null; setTimeout(reponer, 1000); };
        listo(pedido.result);
      };
      pedido.onerror = pedido.onblocked = function (ev) { base = null; falla(ev); };
    });
    return base;
  }
  /* One transaction over what this person has here, in order. */
  function repasar(modo, con, fin) {
    return abrir().then(function (db) {
      return new Promise(function (listo, falla) {
        var trans = db.transaction("paquetes", modo, { durability: "strict" }), caja = trans.objectStore("paquetes"), suyos = [];
        trans.oncomplete = function () { listo(suyos); };
        trans.onabort = trans.onerror = function () { falla(trans.error); };
        caja.openCursor().onsuccess = function (ev) {
          var c = ev.target.result;
          if (!c) { if (fin) { fin(caja); } return; }
          if (marcas.indexOf(c.value.marca) >= 0) { suyos.push(c.value); if (con) { con(c, c.value); } }
          c.continue();
        };
      });
    });
  }
  /* What is not here any more is kept again, but for what gave way. */
  function reponer() {
    var hay = {}, faltan;
    repasar("readwrite", function (c, p) { hay[p.id] = hay[p.asunto] = 1; }, function (caja) {
      faltan = Object.values(sabidos).filter(function (p) { return !hay[p.id]; });
      faltan.forEach(function (p) {
        if (p.asunto && hay[p.asunto]) { delete sabidos[p.id]; return; }
        p = Object.assign({}, p);
        delete p.orden;
        caja.add(p);
      });
    }).then(function () {
      Object.values(sabidos).forEach(function (p) { contar(p, "celular", textos.celular); });
      if (faltan.length) { decir("borrado", textos.borrado); cola.luego(); }
    }).catch(function () {  /* they are still known */
      Object.values(sabidos).forEach(function (p) { contar(p, "no", textos.noGuarda); });
      setTimeout(reponer, PACIENCIA);
    });
  }
  /* What went, all the tabs know. */
  var otras = window.BroadcastChannel && new BroadcastChannel("k-cola");
  function cuales(todos) { return todos.map(function (p) { return p.id; }); }
  function soltar(ids) { ids.forEach(function (id) { delete sabidos[id]; }); }
  function olvidar(ids) { soltar(ids); if (otras && ids.length) { otras.postMessage(ids); } }
  if (otras) { otras.onmessage = function (ev) { soltar(ev.data); }; }
  function identificador() {
    var b = crypto.getRandomValues(new Uint8Array(16)), s = "";
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    for (var i = 0; i < 16; i++) { s += (i > 3 && i < 11 && i % 2 === 0 ? "-" : "") + (256 + b[i]).toString(16).slice(1); }
    return s;
  }
  function contar(p, estado, texto, dice) {
    if (estado === "camino" && sabidos[p.id]) { sabidos[p.id].veces = p.veces || 1; }
    doc.dispatchEvent(new CustomEvent("k-cola", { detail: Object.assign({}, dice, { id: p.id, asunto: p.asunto, estado: estado, texto: texto }) }));
  }

  var cola = kuska.cola = {};
  cola.poner = function (clase, lugar, campos, asunto) {
    var nuevo = { id: identificador(), marca: marcas[0], clase: clase, lugar: lugar, campos: campos, asunto: asunto, veces: 0 };
    var ultimo = null, quitados = [];
    /* What was sent once may be there already: it stays, and goes first. The same said again is the same. */
    return repasar("readwrite", function (c, p) {
      if (!asunto || p.asunto !== asunto || p.no || p.hecho) { return; }
      ultimo = p.veces ? p : null;
      if (!p.veces) { quitados.push(p.id); c.delete(); }
    }, function (caja) {
      if (ultimo && JSON.stringify(ultimo.campos) === JSON.stringify(campos)) { nuevo = ultimo; } else { caja.add(nuevo); }
    }).then(function () {
      olvidar(quitados);
      sabidos[nuevo.id] = nuevo;
      contar(nuevo, "celular", textos.celular);
      return nuevo.id;
    });
  };
  cola.esperan = function () { return repasar("readonly").then(function (todos) { return todos.filter(function (p) { return !p.no && !p.hecho; }); }); };
  cola.quitar = function (prueba, en) {
    var ids = cuales(Object.values(sabidos).filter(prueba));
    soltar(ids);
    return repasar("readwrite", function (c, p) { if (!p.hecho && prueba(p)) { ids.push(p.id); hecho(c, p, en); } }).then(function () { olvidar(ids); });
  };
  /* Received at that hour of the server: on one's own phone it stays until a copy of the server has it (sw/confirmado.js). */
  function hecho(c, p, en) {
    if (!en || !textos.trabajador) { c.delete(); return; }
    p.hecho = [+en, Date.now()];
    c.update(p);
  }

  /* --- On its way */
  var yendo = null, fallas = 0, reloj = 0, desde = 0, ajenas = [];
  cola.enviar = function () {
    clearTimeout(reloj);
    desde = 0;
    if (!yendo) { ajenas = []; }
    yendo = yendo || turno(vuelta).then(otra, otra);
    function otra() { yendo = null; }
    return yendo;
  };
  cola.luego = function () {
    desde = desde || Date.now();
    clearTimeout(reloj);
    reloj = setTimeout(cola.enviar, Math.max(Math.min(OCIO, desde + 3 * OCIO - Date.now()), 0));
    return cola.esperan().then(function (todos) { if (todos.length >= JUNTAS) { cola.enviar(); } });
  };
  /* Tabs take turns; without that, what is sent twice is received once all the same. */
  function turno(hacer) { return navigator.locks ? navigator.locks.request("k-cola", hacer) : hacer(); }
  function vuelta() {
    return cola.esperan().then(function (todos) {
      /* What is under a mark that was refused waits: the rest goes. */
      todos = todos.filter(function (p) { return ajenas.indexOf(p.marca) < 0; });
      /* What failed with others goes alone and after them. */
      var juntos = todos.filter(function (p) { return !p.aparte; }).slice(0, LOTE);
      var solos = todos.filter(function (p) { return p.aparte; }).sort(function (a, b) { return a.veces - b.veces; });
      var lote = juntos.length ? juntos.filter(function (p) { return p.marca === juntos[0].marca; }) : solos.slice(0, 1);
      if (!lote.length) {
        if (!ajenas.length && textos.estado !== "ok" && textos.estado !== "sin") { decir(""); }
        return false;
      }
      var ids = cuales(lote);
      return repasar("readwrite", function (c, p) {
        if (ids.indexOf(p.id) >= 0 && navigator.onLine) { p.veces += 1; c.update(p); }
      }).then(function () { return llevar(lote); }).then(function (bien) { return bien && vuelta(); });
    });
  }
  function llevar(lote) {
    var corte = new AbortController(), alarma = setTimeout(function () { corte.abort(); }, PACIENCIA);
    var cuerpo = JSON.stringify({ marca: lote[0].marca, paquetes: lote.map(function (p) {
      return { id: p.id, clase: p.clase, lugar: p.lugar, campos: p.campos };
    }) });
    lote.forEach(function (p) { contar(p, "camino", textos.camino); });
    if (navigator.onLine) { decir("camino", textos.camino); }
    return fetch(textos.paquetes, {
      method: "POST", body: cuerpo, credentials: "same-origin", signal: corte.signal, keepalive: cuerpo.length < 60000,
      headers: { "Content-Type": "application/json", Accept: "application/json" }
    }).then(function (r) {
      var espera = +r.headers.get("Retry-After");
      if (r.status === 401 || r.redirected) { return quedan(lote, "entrar", textos.entrar); }
      if (r.status === 409) {
        ajenas.push(lote[0].marca);
        quedan(lote, "celular", textos.celular);
        return true;
      }
      if (r.status === 400 || r.status === 413) {
        if (lote.length > 1) { return alguno(lote); }
        /* Only the aula refuses for good. */
        return r.json().then(function (j) { if (!j.codigo) { throw j; } return alguno(lote, true); });
      }
      if (r.status === 500 && !lote[0].aparte) { return alguno(lote).then(function () { return esperar(lote, "ocupada"); }); }
      if (!r.ok) { return esperar(lote, r.status >= 500 || r.status === 429 ? "ocupada" : "celular", espera); }
      return r.json().then(function (j) { return anotar(lote, j); });
    }).catch(function () { return esperar(lote, "celular"); }).then(function (bien) { clearTimeout(alarma); return bien; });
  }
  /* What the server said of each one: received and gone from here, or not applied and why. */
  function anotar(lote, dice) {
    var de = {};
    dice.recibidos.forEach(function (uno) { de[uno.id] = uno; });
    olvidar(Object.keys(de));
    return repasar("readwrite", function (c, p) {
      var uno = de[p.id];
      if (!uno) { return; }
      if (uno.aplicado) { hecho(c, p, dice.en); } else { p.no = uno.mensaje; c.update(p); }
    }).then(function () {
      var algunos = lote.filter(function (p) { return de[p.id]; }), adonde, bien, boton = doc.querySelector("[data-k-al-dia]");
      fallas = 0;
      algunos.forEach(function (p) {
        var uno = de[p.id];
        bien = bien || uno.aplicado;
        if (uno.ver) { adonde = uno; }
        contar(p, uno.aplicado ? "recibido" : "no", uno.aplicado ? lleno(textos.recibido, uno.hora) : uno.mensaje, uno);
      });
      if (algunos.length) {
        decir("ok", bien && lleno(textos.recibido, dice.hora), adonde);
        if (boton) { boton.href = boton.dataset.kAlDia; }  /* it was drawn before this came */
      }
      mostrarLosNo();
      return algunos.length === lote.length;
    });
  }
  /* Something of the lot cannot be read, or makes the server fail. */
  function alguno(lote, no) {
    var ids = cuales(lote);
    return repasar("readwrite", function (c, p) {
      if (ids.indexOf(p.id) < 0) { return; }
      if (no) { p.no = textos.ilegible; } else { p.aparte = 1; }
      c.update(p);
    }).then(function () { mostrarLosNo(); return true; });
  }
  function quedan(lote, estado, texto) {
    lote.forEach(function (p) { contar(p, estado, texto); });
    decir(estado, texto);
    return false;
  }
  /* Longer each time, and never all the phones at once. */
  function esperar(lote, estado, pide) {
    fallas += 1;
    var medio = Math.min(TOPE, 4 * Math.pow(2, fallas)) / 2;
    var segundos = Math.ceil(Math.max(pide || 0, medio) + azar(medio));
    clearTimeout(reloj);
    reloj = setTimeout(cola.enviar, segundos * 1000);
    return quedan(lote, estado, estado === "ocupada" ? lleno(textos.ocupada, segundos) : textos.celular);
  }

  /* --- What is said: the live region is always there; only its text changes. */
  function decir(estado, texto, adonde) {
    if (textos.estado === "borrado" && estado !== "entrar") { return; }  /* until a touch */
    textos.estado = estado;
    chip.textContent = texto || "";
    if (estado === "entrar") { adonde = { sigue: textos.puerta + "?next=" + encodeURIComponent(location.pathname), ver: textos.entre }; }
    if (adonde) {
      chip.append(" ", doc.createElement("a"));
      chip.lastChild.href = adonde.sigue;
      chip.lastChild.textContent = adonde.ver;
    } else if (estado === "ok") { setTimeout(function () { if (textos.estado === "ok") { decir(""); } }, 8000); }
  }
  function senal() {
    if (navigator.onLine) { return; }
    if (sirve === false) { decir("sin", textos.noGuarda); return; }
    cola.esperan().then(function (todos) {
      if (!navigator.onLine) { decir("sin", todos.length ? textos.sin + " " + lleno(textos.cuantas, todos.length) : textos.sin); }
    }, function () { decir("sin", textos.noGuarda); });
  }
  function mostrarLosNo() {
    repasar("readonly").then(function (todos) {
      var no = todos.filter(function (p) { return p.no; }), caja = doc.querySelector("[data-k-no]");
      if (!caja) { return; }
      var lista = caja.querySelector("ul");
      lista.textContent = "";
      no.map(function (p) { return p.no; }).filter(function (m, i, todas) { return todas.indexOf(m) === i; }).forEach(function (m) {
        lista.appendChild(doc.createElement("li")).textContent = m;
      });
      caja.hidden = !no.length;
    }).catch(nada);
  }
  doc.addEventListener("click", function (ev) {
    if (textos.estado === "borrado") { textos.estado = ""; }
    if (!ev.target.closest("[data-k-entendido]")) { return; }
    cola.quitar(function (p) { return p.no; }).then(mostrarLosNo);
  });

  addEventListener("offline", senal);
  addEventListener("online", function () {
    if (textos.estado === "sin") { decir("ok", textos.con); }
    fallas = 0;
    reloj = setTimeout(cola.enviar, azar(4000));
  });
  /* A form that carries all of it is on its way (kuska.cola.callar). */
  function alIrse() { if (sirve && !cola.callar) { cola.enviar(); } }
  doc.addEventListener("visibilitychange", alIrse);
  addEventListener("pagehide", alIrse);
  addEventListener("pageshow", function () { cola.callar = false; if (sirve) { cola.enviar(); } });
  if (marcas.length) {
    cola.lista = cola.esperan().then(function (todos) {
      sirve = true;
      todos.forEach(function (p) { sabidos[p.id] = p; });
    }, function () { sirve = false; });
    cola.lista.then(function () {
      senal();
      mostrarLosNo();
      if (sirve) { reloj = setTimeout(cola.enviar, 500 + azar(1000)); }
    });
  } else {
    sirve = false;
    cola.lista = Promise.resolve();
    senal();
  }

  /* --- Forms kept before they go: data-k-paquete, the kind; data-k-lugar, its place. */
  function pares(forma, boton) {
    var datos = [];
    new FormData(forma).forEach(function (valor, nombre) {
      if (nombre !== "csrfmiddlewaretoken" && typeof valor === "string") { datos.push([nombre, valor]); }
    });
    if (boton && boton.name) { datos.push([boton.name, boton.value]); }
    return datos;
  }
  cola.lugar = function (forma) { return forma.dataset.kLugar.split("/").map(Number); };
  cola.pares = pares;
  function asunto(forma) {
    var este = forma.elements.este || forma.elements.pregunta;
    return [forma.dataset.kPaquete, forma.dataset.kLugar, este ? este.value : "", (forma.elements.intento || este || forma).value].join(" ");
  }
  /* What answers nothing is told so by the server, as without this file. */
  function completa(datos, forma) {
    var suyos = datos.filter(function (par) { return /^p\d/.test(par[0]); }), dice = function (par) { return par[1] !== ""; };
    return !forma.querySelector("fieldset") || (suyos.some(dice) && (!forma.querySelector("[data-k-todos]") || suyos.every(dice)));
  }
  function estado(forma, texto) {
    var donde = forma.querySelector("[data-k-estado]");
    if (donde) { donde.textContent = texto; }
  }
  function enEspera(forma, texto) {
    estado(forma, texto);
    doc.querySelectorAll("[data-k-si-queda]").forEach(function (una) { una.hidden = false; });
  }
  /* What was decided, drawn again with why. */
  function enSuLugar(forma, url) {
    return fetch(url.split("#")[0], { credentials: "same-origin" }).then(function (r) { return r.ok ? r.text() : Promise.reject(); }).then(function (html) {
      var main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
      if (!main || !main.querySelector(forma.dataset.kEnSuLugar)) { return Promise.reject(); }
      doc.querySelector("main").replaceWith(doc.adoptNode(main));
      var dicho = main.querySelector("[data-k-dicho]") || main.querySelector(forma.dataset.kEnSuLugar + " fieldset");
      if (dicho) { dicho.focus(); }
      try { history.replaceState(null, "", url.split("#")[0]); } catch (e) { /* only comfort */ }
      return repintar();
    });
  }
  function llego(forma, sigue) {
    var url = sigue || forma.dataset.kSigue || location.pathname;
    if (forma.dataset.kEnSuLugar) { enSuLugar(forma, url).catch(function () { location.assign(url); }); } else { location.assign(url); }
  }
  /* Not received yet: one may go on, if the next page is here. */
  function quedo(forma, texto) {
    var sigue = forma.dataset.kSigue;
    forma.dataset.kQueda = 1;
    enEspera(forma, texto);
    if (!sigue || forma.dataset.kEnSuLugar) { return; }
    kuska.decir("hay", { urls: [sigue] }).then(function (hay) {
      if (hay && hay[0]) { location.assign(sigue); } else if (textos.estado !== "entrar") { decir("sin", textos.sinPaso); }
    });
  }
  doc.addEventListener("submit", function (ev) {
    var forma = ev.target, boton = ev.submitter, clase = forma.dataset.kPaquete;
    if (!clase || ev.defaultPrevented || !sirve || !completa(pares(forma, boton), forma)) { return; }
    ev.preventDefault();
    if (forma.dataset.kVa) { return; }
    forma.dataset.kVa = 1;
    if (boton) { boton.setAttribute("aria-busy", "true"); }
    function libre() { delete forma.dataset.kVa; if (boton) { boton.removeAttribute("aria-busy"); } }
    cola.poner(clase, cola.lugar(forma), pares(forma, boton), asunto(forma)).then(function (id) {
      var visto = false, limite = setTimeout(function () { ver({ id: id, estado: "celular", texto: textos.celular }); }, 8000);
      function ver(dice) {
        if (dice.id !== id || dice.estado === "camino") { return; }
        var final = dice.estado === "recibido" || dice.estado === "no";
        if (final) { doc.removeEventListener("k-cola", oir); }
        clearTimeout(limite);
        if (!visto || final) { libre(); }
        if (dice.estado === "recibido" && dice.mensaje) { estado(forma, dice.mensaje); return; }
        if (dice.estado === "recibido" && doc.contains(forma)) { llego(forma, dice.sigue); return; }
        if (dice.estado === "no") { estado(forma, dice.texto); return; }
        if (!visto) { visto = true; quedo(forma, dice.texto); } else { estado(forma, dice.texto); }
      }
      function oir(e) { ver(e.detail); }
      doc.addEventListener("k-cola", oir);
      cola.enviar();
    }, function () {
      libre();
      if (!navigator.onLine) { decir("sin", textos.noGuarda); return; }
      /* Nothing can be kept here: it goes as any form does. */
      if (boton && boton.name) {
        var dicho = doc.createElement("input");
        dicho.type = "hidden";
        dicho.name = boton.name;
        dicho.value = boton.value;
        forma.appendChild(dicho);
      }
      forma.submit();
    });
  });
  /* What still waits is said so again. */
  function repintar() {
    return cola.lista.then(function () { return sirve ? cola.esperan() : []; }).then(function (todos) {
      doc.querySelectorAll("form[data-k-en-su-lugar]").forEach(function (forma) {
        todos.filter(function (p) { return p.asunto === asunto(forma); }).forEach(function (p) {
          enEspera(forma, textos.celular);
          doc.addEventListener("k-cola", function (e) { if (e.detail.id === p.id && e.detail.estado === "recibido" && doc.contains(forma)) { llego(forma, e.detail.sigue); } });
        });
      });
    }).catch(nada);
  }
  repintar();
})();
