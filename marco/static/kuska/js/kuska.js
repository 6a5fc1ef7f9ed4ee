/* Comfort only: every page works without this file. No words live here; texts come from data- attributes. */
(function () {
  "use strict";
  var doc = document;
  var raiz = doc.documentElement;
  var uno = function (sel) { return doc.querySelector(sel); };
  var cada = function (sel, fn) { Array.prototype.forEach.call(doc.querySelectorAll(sel), fn); };

  /* «Salir rápido». The session cookie is out of reach, so two others tell the server on the next request, whenever
     that is. The neutral page is written in place: it needs no signal, and Back finds nothing under it. */
  var forma = uno("[data-k-salida]");
  var datos = forma && forma.dataset;
  var canal = null;
  function hay(galleta) { return ("; " + doc.cookie).indexOf("; " + galleta + "=") >= 0; }
  function anotar(galleta, valor, segundos) {
    doc.cookie = galleta + "=" + valor + ";path=/;samesite=lax;max-age=" + segundos + (galleta.charAt(0) === "_" ? ";secure" : "");
  }
  function mostrarElTiempo() {
    doc.title = datos.titulo;
    cada("link, meta[name=theme-color]", function (e) { e.remove(); });
    raiz.removeAttribute("class");
    doc.body.textContent = "";
    ["titulo", "texto"].forEach(function (cual, i) {
      doc.body.appendChild(doc.createElement(i ? "p" : "h1")).textContent = datos[cual];
    });
    try { history.replaceState(null, "", datos.sinSenal); } catch (e) { /* leaving matters more */ }
  }
  function cerrar() { return fetch(forma.action, { method: "POST", keepalive: true, credentials: "same-origin" }); }
  function nada() {}
  function irse() { location.replace(datos.destino); }
  /* The pages that this phone kept go as well, wherever the worker is; answers that were not sent wait for their owner. */
  function olvidar() {
    return caches.keys().then(function (todas) {
      todas.forEach(function (una) { if (/^k-(p-|estado)/.test(una)) { caches.delete(una); } });
    });
  }
  function salir() {
    anotar(datos.salida, 1, 31536000);
    anotar(datos.abierta, "", 0);
    if (window.caches) { olvidar().catch(nada); }
    mostrarElTiempo();
    /* With signal, on to the page of the settings; without it this one stays, and the sign-out follows when it can. */
    addEventListener("online", function () { cerrar().catch(nada); });
    try { cerrar().then(irse, nada); } catch (e) { irse(); }
  }
  function salirDeTodas() {
    if (canal) { canal.postMessage(1); }
    salir();
  }
  if (forma) {
    forma.addEventListener("submit", function (ev) { ev.preventDefault(); salirDeTodas(); });
    try {
      canal = new BroadcastChannel("k-salida");
      canal.onmessage = salir;
    } catch (e) { /* the other tabs find out when they are looked at */ }

    /* Seen again, by Back or in another tab, after the session was ended: nothing of it is shown. */
    var abierta = hay(datos.abierta);
    /* Once a sitting, the neutral page goes to the cache of the phone: it opens without signal. */
    if (abierta) {
      addEventListener("load", function () {
        try {
          if (sessionStorage.kTiempo) { return; }
          sessionStorage.kTiempo = 1;
        } catch (e) { /* asked for each time */ }
        fetch(datos.sinSenal).catch(nada);
      });
    }
    var mirar = function () {
      if (!doc.contains(forma)) { return; }
      if (hay(datos.salida)) { salir(); } else if (abierta && !hay(datos.abierta)) {
        raiz.classList.add("k-cubierto");
        location.reload();
      }
    };
    addEventListener("pageshow", function (ev) { if (ev.persisted) { mirar(); } });
    doc.addEventListener("visibilitychange", function () { if (!doc.hidden) { mirar(); } });

    /* Shift three times, with a physical keyboard only: a touch keyboard sends no `code` and misfires. */
    var fisico = matchMedia("(any-pointer: fine) and (any-hover: hover)").matches;
    var veces = 0, ultima = 0;
    if (fisico) {
      addEventListener("keydown", function (ev) {
        if (ev.repeat) { return; }
        if (ev.code !== "ShiftLeft" && ev.code !== "ShiftRight") { veces = 0; return; }
        var ahora = Date.now();
        veces = ahora - ultima > 5000 ? 1 : veces + 1;
        ultima = ahora;
        if (veces === 3) { salirDeTodas(); }
      });
    }
  }

  /* The answer of a POST can be loaded again, without sending it twice. The long forms of the staff are left alone. */
  var hecho = uno("[data-k-direccion]");
  if (hecho && !uno(".k-nav")) {
    try { history.replaceState(null, "", hecho.dataset.kDireccion + location.hash); } catch (e) { /* only comfort */ }
  }

  /* What works once is sent once: an impatient finger would find it used up by its own first touch. */
  cada("[data-k-una-vez]", function (una) {
    var enviada = false;
    una.addEventListener("submit", function (ev) {
      if (enviada) { ev.preventDefault(); }
      enviada = true;
    });
    addEventListener("pageshow", function () { enviada = false; });
  });

  /* A personal link tells its sender that it is being looked at: once, and only from a page on the screen. */
  cada("[data-k-abierto]", function (una) {
    var dicho = false;
    function decir() {
      if (dicho || doc.visibilityState !== "visible") { return; }
      dicho = true;
      fetch(una.dataset.kAbierto, { method: "POST", body: new FormData(una), credentials: "same-origin" }).catch(nada);
    }
    doc.addEventListener("visibilitychange", decir);
    decir();
  });

  /* «Mostrar» on a key field. */
  cada("[data-k-mostrar]", function (boton) {
    var campo = doc.getElementById(boton.dataset.kMostrar);
    boton.hidden = false;
    boton.addEventListener("click", function () {
      var ver = campo.type === "password";
      campo.type = ver ? "text" : "password";
      boton.textContent = ver ? boton.dataset.ocultar : boton.dataset.mostrar;
      boton.setAttribute("aria-pressed", String(ver));
      campo.focus();
    });
    /* Never leave the key readable for the browser to remember as plain text. */
    campo.form.addEventListener("submit", function () { campo.type = "password"; });
  });

  /* «Usar letras» changes the keyboard in place of asking for the page again. */
  cada("[data-k-letras]", function (enlace) {
    var campo = doc.getElementById(enlace.dataset.kLetras);
    enlace.addEventListener("click", function (ev) {
      ev.preventDefault();
      campo.inputMode = campo.inputMode === "numeric" ? "text" : "numeric";
      enlace.textContent = campo.inputMode === "numeric" ? enlace.dataset.letras : enlace.dataset.numeros;
      campo.focus();
    });
  });

  /* Copy and print buttons; hidden until this file runs. */
  cada("[data-k-copiar]", function (boton) {
    if (!navigator.clipboard) { return; }
    boton.hidden = false;
    boton.addEventListener("click", function () {
      var fuente = uno(boton.dataset.kCopiar);
      navigator.clipboard.writeText((fuente.value || fuente.textContent).trim()).then(function () {
        boton.textContent = boton.dataset.hecho;
      });
    });
  });
  cada("[data-k-imprimir]", function (boton) {
    boton.hidden = false;
    boton.addEventListener("click", function () { print(); });
  });
})();
