/* A piece of the service worker: what the server received stays here until a copy has it. Of a server that went back to
   one without it, it waits again (kuska/js/senal.js). It goes with who leaves, and when another person enters.
   The server is asked ten minutes after, and each ten. hecho: [its hour, ours, ours when it was last asked]. */
(function () {
  var UN_RATO = 600000, DURA = 172800000, MARGEN = 120;
  function nada() { return null; }
  function repasar(con) {
    return new Promise(function (listo, falla) {
      var pedido = indexedDB.open("kuska");
      pedido.onupgradeneeded = function () { pedido.transaction.abort(); };  /* there is nothing */
      pedido.onerror = pedido.onblocked = falla;
      pedido.onsuccess = function () {
        var db = pedido.result, hechos = [], trans = db.transaction("paquetes", con ? "readwrite" : "readonly");
        db.onversionchange = function () { db.close(); };
        trans.oncomplete = function () { db.close(); listo(hechos); };
        trans.onabort = trans.onerror = function () { db.close(); falla(); };
        trans.objectStore("paquetes").openCursor().onsuccess = function (ev) {
          var c = ev.target.result;
          if (!c) { return; }
          if (c.value.hecho) { hechos.push(c.value); if (con) { con(c, c.value); } }
          c.continue();
        };
      };
    });
  }
  function olvidar() { return repasar(function (c) { c.delete(); }).catch(nada); }
  function hace(hora) { return Math.abs(Date.now() - hora); }
  function revisar() {
    return Promise.all([repasar(), K.quien()]).then(function (sabe) {
      var marca = sabe[1], hechos = sabe[0].filter(function (p) { return !marca || p.marca === marca; });
      if (hechos.length === sabe[0].length) { return hechos; }
      return repasar(function (c, p) { if (p.marca !== marca) { c.delete(); } }).then(function () { return hechos; });
    }).then(function (hechos) {
      if (!hechos.some(function (p) { return hace(p.hecho[2] || p.hecho[1]) > UN_RATO; })) { return null; }
      return fetch(K.paquetes, { credentials: "same-origin", headers: { Accept: "application/json" } }).then(function (r) {
        return r.ok && !r.redirected ? r.json() : null;
      }).then(function (dice) { return dice && repasar(function (c, p) { decidir(c, p, dice); }); });
    }).catch(nada);
  }
  /* volvio: [hour of the copy, hour at which it was put back]; hasta: all that was received before is in a copy. */
  function decidir(c, p, dice) {
    var en = p.hecho[0], volvio = dice.volvio || [0, 0];
    if (en > volvio[0] - MARGEN && en < volvio[1]) {
      delete p.hecho;
    } else if (en + MARGEN < dice.hasta || hace(p.hecho[1]) > DURA) {
      c.delete();
      return;
    } else { p.hecho[2] = Date.now(); }
    c.update(p);
  }
  K.pedidos.push(function (ev, url) {
    if (ev.request.method === "POST" && K.salidas.indexOf(url.pathname) >= 0) { ev.waitUntil(olvidar()); }
    if (ev.request.method === "GET" && ev.request.mode === "navigate") {
      ev.waitUntil(Promise.resolve(self.cookieStore && cookieStore.get(K.salida)).catch(nada).then(function (g) {
        return g && g.value ? olvidar() : revisar();
      }));
    }
    return false;
  });
})();
