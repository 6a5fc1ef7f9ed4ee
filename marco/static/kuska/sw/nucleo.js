/* Core of the service worker: reading without signal. The server puts K before it (marco/sin_senal.py). A room adds a
   piece of its own after this one and hooks itself here; no words live in any of them:
     K.pedidos.push(function (ev, url) { return true; })      answers a request before the core; true: it is mine
     K.mensajes.nombre = function (datos) { return promesa; } hears kuska.decir("nombre", datos) of a page; what the
                                                              promise gives goes back to the page
     K.quien()            promise of the mark whose pages may be shown now, "" when nobody's may
     K.de(marca)          how the name of every cache of a person begins: K.olvidar() throws them all away
     K.conPagina(ev)      answer of a form that is a page with an address of its own (Content-Location): kept there
     K.traer(urls, vista) promise: fetches pages of the person that are not here yet, and keeps those that may stay; with
                          vista, of a page that is on the screen
   Nothing personal is ever kept outside caches named so. Who leaves is forgotten by three ways: the POST that ends the
   session, the cookie that a phone without signal writes, and the mark of another person in an answer. */
K.pedidos = [];
K.mensajes = {};
(function () {
  var ESTATICO = "k-estatico", ESTADO = "k-estado", TOPE = 40, PACIENCIA = 6000, RECIENTE = 600000, ANTES = "K-Adelantada";
  var estado = null, epoca = 0;

  function nada() { return null; }
  function leer() {
    if (estado) { return Promise.resolve(estado); }
    return caches.open(ESTADO).then(function (c) { return c.match("/"); }).then(function (r) { return r ? r.json() : {}; })
      .then(function (e) { estado = estado || e; return estado; });
  }
  function escribir(nuevo) {
    estado = nuevo;
    return caches.open(ESTADO).then(function (c) { return c.put("/", new Response(JSON.stringify(nuevo))); });
  }
  /* true, false, or null when this browser does not tell a worker. */
  function galleta(nombre) {
    if (!self.cookieStore) { return Promise.resolve(null); }
    return cookieStore.get(nombre).then(function (g) { return !!(g && g.value); }, nada);
  }

  /* --- Whose */
  K.de = function (marca) { return "k-p-" + marca; };
  K.olvidar = function () {
    epoca += 1;
    return escribir({}).then(function () { return caches.keys(); }).then(function (nombres) {
      return Promise.all(nombres.filter(function (n) { return n.indexOf(K.de("")) === 0; }).map(function (n) { return caches.delete(n); }));
    });
  };
  K.quien = function () {
    return Promise.all([leer(), galleta(K.salida), galleta(K.abierta)]).then(function (sabe) {
      if (!sabe[0].marca) { return ""; }
      if (!sabe[1] && !(sabe[0].abierta && sabe[2] === false)) { return sabe[0].marca; }
      return K.olvidar().then(function () { return ""; });
    });
  };
  function anotar(marca) {
    return Promise.all([leer(), galleta(K.abierta)]).then(function (sabe) {
      var igual = sabe[0].marca === marca, nuevo = { marca: marca, abierta: !!sabe[1] };
      if (igual && sabe[0].abierta === nuevo.abierta) { return null; }
      return Promise.resolve(sabe[0].marca && !igual ? K.olvidar() : null).then(function () { return escribir(nuevo); });
    });
  }

  /* --- Pages of a person */
  function sinAncla(url) { return url.split("#")[0]; }
  function podar(c, tope) {
    return c.keys().then(function (llaves) {
      return Promise.all(llaves.slice(0, Math.max(llaves.length - tope, 0)).map(function (l) { return c.delete(l); }));
    });
  }
  /* An answer of the server: whose it is, and the page, if it may stay. adelantada: it was not asked for by touching. */
  function recibir(url, r, desde, adelantada) {
    var dice = (r.headers.get(K.cabecera) || "").split(" ");
    if (!dice[0] || desde !== epoca) { return Promise.resolve(); }
    return anotar(dice[0]).then(function () {
      if (dice[1] !== K.guardar || r.status !== 200 || r.redirected) { return null; }
      return r.blob().then(function (cuerpo) {
        return K.quien().then(function (marca) { return marca === dice[0] ? poner(marca, url, cuerpo, r.headers, adelantada) : null; });
      });
    }).catch(nada);
  }
  function poner(marca, url, cuerpo, cabeceras, adelantada) {
    var suyas = new Headers(cabeceras);
    suyas.delete(ANTES);
    if (adelantada) { suyas.set(ANTES, Date.now()); }
    return caches.open(K.de(marca)).then(function (c) {
      return c.delete(sinAncla(url)).then(function () {
        return c.put(sinAncla(url), new Response(cuerpo, { status: 200, headers: suyas }));
      }).then(function () { return podar(c, TOPE); });
    });
  }
  /* A copy of an address, in any cache of the person. */
  function copia(url) {
    return K.quien().then(function (marca) {
      if (!marca) { return null; }
      return caches.keys().then(function (nombres) {
        /* What somebody chose to save, before what was only read: its cache has the longer name. */
        return nombres.filter(function (n) { return n.indexOf(K.de(marca)) === 0; }).sort(function (a, b) {
          return b.length - a.length;
        }).reduce(function (antes, n) {
          return antes.then(function (hay) {
            return hay || caches.open(n).then(function (c) { return c.match(sinAncla(url)); });
          });
        }, Promise.resolve(null));
      });
    }).catch(nada);
  }
  K.traer = function (urls, vista) {
    return Promise.all(urls.map(function (url) {
      url = new URL(url, location).href;
      var desde = epoca;
      return copia(url).then(function (hay) {
        if (hay) { return null; }
        return fetch(url, { credentials: "same-origin" }).then(function (r) { return recibir(url, r, desde, !vista); });
      }).catch(nada);
    }));
  };
  K.mensajes.traer = function (datos) { return K.traer(datos.urls, datos.vista); };
  K.mensajes.olvidar = function () { return K.olvidar(); };
  /* Which of some addresses open without signal. */
  K.mensajes.hay = function (datos) {
    return Promise.all(datos.urls.map(function (url) {
      return copia(new URL(url, location).href).then(function (r) { return !!r; });
    }));
  };

  /* --- Without signal, or with too little of it */
  function neutral() {
    return galleta(K.salida).then(function (salio) {
      return caches.open(ESTATICO).then(function (c) { return c.match(salio ? K.tiempo : K.sinSenal); });
    }).then(function (r) { return r || Response.error(); });
  }
  function deLaRed(ev) {
    var desde = epoca, red = fetch(ev.request).then(function (r) {
      ev.waitUntil(recibir(ev.request.url, r.clone(), desde));
      return r;
    });
    var tarda = new Promise(function (listo) { setTimeout(listo, PACIENCIA); }).then(function () {
      return copia(ev.request.url).then(function (c) { return c || red.catch(nada); });
    });
    return Promise.race([red.catch(nada), tarda]).then(function (r) {
      return r || copia(ev.request.url).then(function (c) { return c || neutral(); });
    });
  }
  /* A form whose answer is a page: kept at the address that the answer says (Content-Location). */
  K.conPagina = function (ev) {
    var desde = epoca;
    return fetch(ev.request).then(function (r) {
      var donde = r.headers.get("Content-Location");
      if (donde) { ev.waitUntil(recibir(new URL(donde, location).href, r.clone(), desde)); }
      return r;
    }, neutral);
  };
  /* What was fetched ahead a moment ago is shown once without asking for it again: it would be paid twice. */
  function navegar(ev) {
    return copia(ev.request.url).then(function (c) {
      var cuando = c && +c.headers.get(ANTES);
      if (!cuando || /^(reload|no-cache|no-store)$/.test(ev.request.cache) || Math.abs(Date.now() - cuando) > RECIENTE) { return deLaRed(ev); }
      ev.waitUntil(Promise.all([K.quien(), c.clone().blob()]).then(function (sabe) {
        return sabe[0] && poner(sabe[0], ev.request.url, sabe[1], c.headers);
      }));
      return c;
    });
  }
  function fijo(nombre) { return /\.[0-9a-f]{12}\.\w+$/.test(nombre); }
  function estatico(ev, url) {
    return caches.open(ESTATICO).then(function (c) {
      return c.match(ev.request.url).then(function (hay) {
        if (hay && fijo(url.pathname)) { return hay; }
        return fetch(ev.request).then(function (r) {
          if (r.status === 200) {
            var otra = r.clone();
            ev.waitUntil(c.put(ev.request.url, otra).then(function () { return podar(c, 80); }).catch(nada));
          }
          return r;
        }, function (e) {
          return hay || caches.match(ev.request.url).then(function (otra) { if (otra) { return otra; } throw e; });
        });
      });
    });
  }

  self.addEventListener("install", function (ev) {
    ev.waitUntil(caches.open(ESTATICO).then(function (c) {
      return Promise.all(K.archivos.concat(K.sinSenal, K.tiempo).map(function (url) {
        return fetch(url, { credentials: "omit" }).then(function (r) { return r.ok ? c.put(url, r) : null; }).catch(nada);
      }));
    }).catch(nada).then(function () { return self.skipWaiting(); }));
  });
  self.addEventListener("activate", function (ev) { ev.waitUntil(self.clients.claim()); });
  self.addEventListener("message", function (ev) {
    var oye = K.mensajes[ev.data && ev.data.tipo];
    if (!oye) { return; }
    ev.waitUntil(Promise.resolve(oye(ev.data, ev)).then(function (r) { if (ev.ports[0]) { ev.ports[0].postMessage(r); } }));
  });
  self.addEventListener("fetch", function (ev) {
    var url = new URL(ev.request.url);
    if (url.origin !== location.origin) { return; }
    for (var i = 0; i < K.pedidos.length; i++) { if (K.pedidos[i](ev, url)) { return; } }
    if (ev.request.method === "POST") {
      if (K.salidas.indexOf(url.pathname) >= 0) { ev.waitUntil(K.olvidar()); }
      return;
    }
    if (ev.request.method !== "GET") { return; }
    if (ev.request.mode === "navigate") { ev.respondWith(navegar(ev)); return; }
    if (url.pathname.indexOf(K.estatica) === 0) { ev.respondWith(estatico(ev, url)); }
  });
})();
