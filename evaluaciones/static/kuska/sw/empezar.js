/* A piece of the service worker: «Empezar» answers with the questions, and this phone keeps them at their own address. */
K.pedidos.push(function (ev, url) {
  if (ev.request.method !== "POST" || ev.request.mode !== "navigate" || !/\/empezar$/.test(url.pathname)) { return false; }
  ev.respondWith(K.conPagina(ev));
  return true;
});
