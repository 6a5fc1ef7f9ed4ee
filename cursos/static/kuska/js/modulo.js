/* A module on this phone: to save it, to see what is saved, to bring it up to date and to remove it. What is saved goes
   in caches of its person (kuska/sw/nucleo.js): the service worker gives it back without signal, and throws it away when
   somebody leaves. No words live here; texts come from data- attributes. */
(function () {
  "use strict";
  var doc = document, FORMATO = 1;
  var chip = doc.querySelector("[data-k-senal]");
  var marca = chip && (chip.dataset.marcas || "").split(" ")[0];
  var forma = doc.querySelector("[data-k-guardar]"), lista = doc.querySelector("[data-k-guardados]");
  var puede = marca && window.caches && navigator.serviceWorker;

  function decir(donde, texto) { donde.querySelector("[data-k-estado]").textContent = texto || ""; }
  function prefijo(curso, modulo) { return "k-p-" + marca + "-m-" + (curso ? curso + "-" + modulo + "-" : ""); }
  function nombres(inicio) {
    return caches.keys().then(function (todos) { return todos.filter(function (n) { return n.indexOf(inicio) === 0; }); });
  }
  function quitar(inicio, menos) {
    return nombres(inicio).then(function (suyos) {
      return Promise.all(suyos.map(function (n) { return n === menos ? null : caches.delete(n); }));
    });
  }
  /* What says which module a cache holds is written last: one without it was cut half way, and is nothing. */
  function leer(nombre) {
    return caches.open(nombre).then(function (c) { return c.match("/" + nombre); }).then(function (r) { return r && r.json(); });
  }
  function guardados() {
    return nombres(prefijo()).then(function (suyos) {
      return Promise.all(suyos.map(function (n) {
        return Promise.all([leer(n), caches.open(n).then(function (c) { return c.keys(); })]).then(function (sabe) {
          var m = sabe[0], hay = sabe[1].map(function (pedido) { return new URL(pedido.url).pathname; });
          if (!m) { return m; }
          m.nombre = n;
          m.indice = m.indice.filter(function (fila) { return hay.indexOf(fila.url) >= 0; });
          return m;
        });
      }));
    }).then(function (todos) { return todos.filter(Boolean); });
  }
  /* A practice is answered once: to practise again, it begins again with signal. */
  function soltar(inicio) {
    return nombres(prefijo()).then(function (suyos) {
      return Promise.all(suyos.map(function (n) {
        return caches.open(n).then(function (c) {
          return c.keys().then(function (pedidos) {
            return Promise.all(pedidos.map(function (pedido) {
              return (new URL(pedido.url).pathname + "/").indexOf(inicio + "/") === 0 ? c.delete(pedido) : null;
            }));
          });
        });
      }));
    });
  }

  function armar(contenido, pagina) {
    var otras = pagina.respuestas || {};
    var cuerpo = pagina.cuerpo + Object.keys(otras).map(function (clave) {
      return '<template data-k-respuesta="' + clave.replace(/[&"<]/g, "") + '">' + otras[clave] + "</template>";
    }).join("");
    return contenido.marco.split("@@titulo@@").join(pagina.titulo).split("@@cuerpo@@").join(cuerpo);
  }
  function poner(contenido, direccion) {
    var inicio = prefijo(contenido.curso, contenido.modulo), nombre = inicio + contenido.version + "-" + Date.now();
    var cabeceras = { "Content-Type": "text/html; charset=utf-8" };
    return caches.open(nombre).then(function (c) {
      return contenido.paginas.reduce(function (antes, pagina) {
        var html = armar(contenido, pagina);
        return [pagina.url].concat(pagina.tambien || []).reduce(function (previa, url) {
          return previa.then(function () { return c.put(url, new Response(html, { headers: cabeceras })); });
        }, antes);
      }, Promise.resolve()).then(function () {
        /* With the module, so that the drawings and scripts that it needs last as long as it does. */
        return Promise.all(contenido.archivos.map(function (url) {
          return fetch(url).then(function (r) { if (!r.ok) { throw error("viejo"); } return c.put(url, r); });
        }));
      }).then(function () {
        var dicho = { titulo: contenido.titulo, version: contenido.version, hasta: contenido.hasta, guardado: contenido.guardado,
          indice: contenido.indice, direccion: direccion, guardar: direccion.replace(/contenido$/, "celular"), peso: forma.dataset.peso };
        return c.put("/" + nombre, new Response(JSON.stringify(dicho)));
      });
    }).then(function () { return quitar(inicio, nombre); }, function (e) {
      return caches.delete(nombre).then(function () { throw e; });
    });
  }
  function fallo(e) {
    if (e && e.name === "QuotaExceededError") { return "lleno"; }
    if (e && e.name === "SecurityError") { return "noPuede"; }
    return (e && e.motivo) || (navigator.onLine ? "lleno" : "sinSenal");
  }
  function error(motivo) { var e = new Error(motivo); e.motivo = motivo; return e; }
  function pedir(url, opciones) {
    return fetch(url, Object.assign({ credentials: "same-origin", headers: { Accept: "application/json" } }, opciones))
      .catch(function () { throw error("sinSenal"); })
      .then(function (r) {
        if (r.redirected || !r.ok) { throw error("viejo"); }
        return r.text();
      });
  }
  function conTrabajador() {
    var tarde = new Promise(function (_si, no) { setTimeout(function () { no(error("noPuede")); }, 10000); });
    return Promise.race([navigator.serviceWorker.ready, tarde]).catch(function () { throw error("noPuede"); });
  }
  function guardar() {
    var textos = forma.dataset;
    if (!puede) { decir(forma, textos.noPuede); return Promise.resolve(); }
    decir(forma, textos.guardando);
    return conTrabajador().then(function () {
      if (navigator.storage && navigator.storage.persist) { navigator.storage.persist().catch(function () {}); }
      return pedir(forma.action, { method: "POST", body: new FormData(forma) });
    }).then(function () { return pedir(textos.kGuardar); }).then(function (texto) {
      var contenido;
      try { contenido = JSON.parse(texto); } catch (e) { throw error("viejo"); }
      if (contenido.formato !== FORMATO) { throw error("viejo"); }
      return poner(contenido, textos.kGuardar);
    }).then(function () {
      return window.kuska && window.kuska.decir ? window.kuska.decir("traer", { urls: [textos.guardado] }) : null;
    }).then(function () { decir(forma, textos.listo); }, function (e) { decir(forma, textos[fallo(e)]); });
  }
  if (forma) {
    var ocupada = false;
    forma.addEventListener("submit", function (ev) {
      ev.preventDefault();
      if (ocupada) { return; }
      ocupada = true;
      guardar().then(function () { ocupada = false; });
    });
    if (puede) {
      guardados().then(function (todos) {
        todos.forEach(function (uno) {
          if (uno.direccion !== forma.dataset.kGuardar) { return; }
          decir(forma, uno.version === forma.dataset.version ? forma.dataset.ya : forma.dataset.nuevo);
        });
      }).catch(function () {});
    }
  }

  /* --- A page that was saved brings what each answer would lead to: it is shown once the answer is kept here. */
  function despuesDe(forma, boton) {
    var datos = new FormData(forma), dado = boton && /^p\d+$/.test(boton.name || "") ? boton.value : "";
    datos.forEach(function (valor, nombre) { if (!dado && /^p\d+$/.test(nombre)) { dado = valor; } });
    var todas = Array.prototype.slice.call(doc.querySelectorAll("template[data-k-respuesta]"));
    function la(clave) { return todas.filter(function (t) { return t.dataset.kRespuesta === clave; })[0]; }
    return la(dado) || la("");
  }
  function explicar(plantilla, dicho) {
    var nueva = doc.importNode(plantilla.content, true).firstElementChild;
    doc.querySelector("main").replaceWith(nueva);
    if (dicho) {
      var aviso = doc.createElement("p");
      aviso.className = "k-suave";
      aviso.setAttribute("role", "status");
      aviso.textContent = dicho;
      (nueva.querySelector("[data-k-decida]") || nueva).appendChild(aviso);
    }
    var donde = nueva.querySelector("[data-k-dicho]") || nueva.querySelector("h1");
    donde.tabIndex = -1;
    donde.focus();
  }
  doc.addEventListener("submit", function (ev) {
    var forma = ev.target, plantilla = forma.dataset.kPaquete && despuesDe(forma, ev.submitter);
    if (puede && forma.dataset.kPaquete === "envio") {
      soltar(new URL(forma.action).pathname.replace(/\/enviar$/, "")).catch(function () {});
    }
    if (!plantilla || !forma.querySelector("fieldset")) { return; }
    delete forma.dataset.kSigue;
    /* The queue marks the form when what it sends stays on this phone. */
    new MutationObserver(function (_cambios, mira) {
      if (!forma.dataset.kQueda || !doc.contains(forma)) { return; }
      mira.disconnect();
      var estado = forma.querySelector("[data-k-estado]");
      setTimeout(function () { explicar(plantilla, estado && estado.textContent); });
    }).observe(forma, { attributes: true, attributeFilter: ["data-k-queda"] });
  }, true);
  doc.addEventListener("click", function (ev) {
    var ver = ev.target.closest("a[href*='?ver=1']"), plantilla = ver && doc.querySelector("template[data-k-respuesta='']");
    if (!plantilla || navigator.onLine) { return; }
    ev.preventDefault();
    explicar(plantilla, "");
  });

  /* --- «Guardado en este celular» */
  function tarjeta(uno) {
    var textos = lista.dataset;
    var nueva = doc.importNode(doc.querySelector("[data-k-guardado]").content, true).firstElementChild;
    var parte = function (cual) { return nueva.querySelector("[data-k-" + cual + "]"); };
    parte("titulo").textContent = uno.titulo;
    parte("detalle").textContent = textos.desde + " " + uno.guardado + " · " + uno.peso;
    parte("hasta").textContent = uno.hasta ? textos.hasta + " " + uno.hasta + "." : "";
    uno.indice.forEach(function (fila) {
      var enlace = parte("indice").appendChild(doc.createElement("li")).appendChild(doc.createElement("a"));
      enlace.className = "k-enlaces__fila";
      enlace.href = fila.url;
      enlace.textContent = fila.titulo;
    });
    parte("quitar").querySelector("span").textContent = ": " + uno.titulo;
    parte("quitar").addEventListener("click", function () {
      caches.delete(uno.nombre).then(function () { return mostrar(textos.quitado); });
    });
    parte("actualizar").href = uno.guardar;
    lista.appendChild(nueva);
    return nueva;
  }
  function alDia(uno, nueva) {
    return fetch(uno.direccion, { method: "HEAD", credentials: "same-origin" }).then(function (r) {
      if (r.status === 404 || r.status === 410) {
        return caches.delete(uno.nombre).then(function () { return mostrar(lista.dataset.retirado); });
      }
      var marcada = (r.headers.get("ETag") || "").replace(/^W\/|"/g, "");
      if (r.ok && !r.redirected && marcada && marcada !== uno.version) {
        nueva.querySelector("[data-k-version]").textContent = lista.dataset.nueva;
        nueva.querySelector("[data-k-version]").hidden = nueva.querySelector("[data-k-actualizar]").hidden = false;
      }
      return null;
    }).catch(function () {});
  }
  function mostrar(dicho) {
    return guardados().then(function (todos) {
      Array.prototype.forEach.call(lista.querySelectorAll("section"), function (s) { s.remove(); });
      lista.querySelector("[data-k-nada]").hidden = todos.length > 0;
      decir(lista, dicho);
      todos.forEach(function (uno) {
        var nueva = tarjeta(uno);
        if (navigator.onLine) { alDia(uno, nueva); }
      });
    });
  }
  if (lista && puede) { mostrar("").catch(function () {}); }
})();
