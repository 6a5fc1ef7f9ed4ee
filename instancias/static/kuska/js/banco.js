/* Comfort for the bench of a list: a row is mended in its place. Without this file each act loads the page again, at
   the same row. No words live here: what is said comes from the page that the server answers. */
(function () {
  "use strict";
  var doc = document;
  var dicho = doc.createElement("div");
  dicho.className = "k-oculto";
  dicho.setAttribute("role", "status");
  doc.body.appendChild(dicho);

  function texto(pagina) {
    return Array.prototype.map.call(pagina.querySelectorAll("main .k-aviso"), function (uno) {
      return uno.textContent.trim();
    })[0] || "";
  }
  function filas() { return Array.prototype.slice.call(doc.querySelectorAll("tr[id^=fila-]")); }

  /* The same row keeps its place on the screen; if it left the list, the next one takes it. */
  function poner(html, fila) {
    var nueva = new DOMParser().parseFromString(html, "text/html");
    var banco = nueva.querySelector("main");
    if (!banco) { return false; }
    var orden = filas().indexOf(fila);
    var alto = fila.getBoundingClientRect().top;
    var id = fila.id;
    doc.querySelector("main").innerHTML = banco.innerHTML;
    doc.title = nueva.title;
    var sigue = doc.getElementById(id) || filas()[Math.min(orden, filas().length - 1)];
    if (sigue) {
      sigue.focus({ preventScroll: true });
      scrollBy(0, sigue.getBoundingClientRect().top - alto);
    }
    dicho.textContent = texto(nueva);
    return true;
  }

  doc.addEventListener("submit", function (ev) {
    var forma = ev.target;
    if (!forma.matches || !forma.matches("[data-k-banco]") || !window.fetch || !window.DOMParser) { return; }
    var fila = forma.closest("tr");
    if (forma.dataset.kEnviada) { ev.preventDefault(); return; }
    var datos = new FormData(forma);
    if (ev.submitter && ev.submitter.name) { datos.append(ev.submitter.name, ev.submitter.value); }
    ev.preventDefault();
    forma.dataset.kEnviada = "1";
    fetch(forma.action, { method: "POST", body: datos, credentials: "same-origin" }).then(function (respuesta) {
      return respuesta.text().then(function (html) {
        if (!respuesta.ok || !poner(html, fila)) { location.reload(); }
      });
    }).catch(function () {
      /* Without signal the page stays as it is, with what was typed. */
      delete forma.dataset.kEnviada;
      if (navigator.onLine) { location.reload(); }
    });
  });
})();
