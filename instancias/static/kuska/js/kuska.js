/* Comfort only: every page works without this file. No words live here; texts come from data- attributes. */
(function () {
  "use strict";
  var doc = document;
  var raiz = doc.documentElement;
  var uno = function (sel) { return doc.querySelector(sel); };
  var cada = function (sel, fn) { Array.prototype.forEach.call(doc.querySelectorAll(sel), fn); };

  /* «Salir rápido»: cover first, end the session without waiting, then replace this page so Back skips it. */
  var forma = uno("[data-k-salida]");
  function salir() {
    raiz.classList.add("k-cubierto");
    doc.title = forma.dataset.titulo;
    var enviado = false;
    try { enviado = navigator.sendBeacon(forma.action); } catch (e) { enviado = false; }
    if (!enviado) {
      try { fetch(forma.action, { method: "POST", keepalive: true, credentials: "same-origin" }).catch(function () {}); } catch (e) { /* leaving matters more */ }
    }
    location.replace(navigator.onLine ? forma.dataset.destino : forma.dataset.sinSenal);
  }
  if (forma) {
    forma.addEventListener("submit", function (ev) { ev.preventDefault(); salir(); });
    addEventListener("pageshow", function (ev) {
      var estaba = raiz.classList.contains("k-cubierto");
      raiz.classList.remove("k-cubierto");
      if (ev.persisted && estaba) { location.reload(); }
    });

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
        if (veces === 3) { salir(); }
      });
    }
  }

  /* Signal chip: the live region is always there; only its text changes. */
  var chip = uno("[data-k-senal]");
  function senal(vuelve) {
    if (!navigator.onLine) {
      chip.textContent = chip.dataset.sin;
      chip.dataset.estado = "sin";
    } else if (chip.dataset.estado === "sin" && vuelve) {
      chip.textContent = chip.dataset.con;
      chip.dataset.estado = "ok";
      setTimeout(function () { if (chip.dataset.estado === "ok") { chip.textContent = ""; } }, 6000);
    }
  }
  if (chip) {
    addEventListener("offline", function () { senal(false); });
    addEventListener("online", function () { senal(true); });
    senal(false);
  }

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
