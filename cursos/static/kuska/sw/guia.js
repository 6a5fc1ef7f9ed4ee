/* The pocket guide: the same for everybody, so it is no page of a person and outlives whoever leaves. It is here from the
   first day, opened or not, and is asked for again when a week passed. */
(function () {
  var GUIA = new URL("guia", location).pathname, CAJON = "k-guia", SEMANA = 604800000, PACIENCIA = 6000;

  function nada() { return null; }
  function copia(url) { return caches.open(CAJON).then(function (c) { return c.match(url); }).catch(nada); }
  function guardar(url, r) {
    if (!r.ok || r.redirected) { return null; }
    return caches.open(CAJON).then(function (c) { return c.put(url, r); }).catch(nada);
  }
  function traer() {
    return fetch(GUIA, { credentials: "omit" }).then(function (r) { return guardar(GUIA, r); }).catch(nada);
  }
  function ponerAlDia() {
    return copia(GUIA).then(function (r) {
      return r && Math.abs(Date.now() - Date.parse(r.headers.get("Date"))) < SEMANA ? null : traer();
    });
  }
  self.addEventListener("install", function (ev) { ev.waitUntil(traer()); });
  K.pedidos.push(function (ev, url) {
    if (ev.request.mode !== "navigate" || ev.request.method !== "GET") { return false; }
    if (url.pathname !== GUIA && url.pathname.indexOf(GUIA + "/") !== 0) {
      ev.waitUntil(ponerAlDia());
      return false;
    }
    var red = fetch(ev.request).then(function (r) { ev.waitUntil(guardar(url.pathname, r.clone())); return r; }).catch(nada);
    var tarda = new Promise(function (listo) { setTimeout(listo, PACIENCIA); }).then(function () { return copia(url.pathname); });
    ev.respondWith(Promise.race([red, tarda.then(function (r) { return r || red; })]).then(function (r) {
      return r || copia(url.pathname);
    }).then(function (r) { return r || caches.match(K.sinSenal); }).then(function (r) { return r || Response.error(); }));
    return true;
  });
})();
