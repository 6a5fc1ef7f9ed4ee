/* The second step with the machine at hand (WebAuthn). It asks the server for a challenge, the machine signs it, and what
   it signed goes in the form that was there already. Without this file there are codes. No words live here. */
(function () {
  "use strict";
  var doc = document;
  if (!window.PublicKeyCredential || !window.fetch || !navigator.credentials) { return; }

  function aBytes(texto) {
    var base = atob(texto.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(base, function (letra) { return letra.charCodeAt(0); });
  }
  function aTexto(bytes) {
    var letras = String.fromCharCode.apply(null, new Uint8Array(bytes));
    return btoa(letras).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function leer(opciones) {
    opciones.challenge = aBytes(opciones.challenge);
    if (opciones.user) { opciones.user.id = aBytes(opciones.user.id); }
    ["allowCredentials", "excludeCredentials"].forEach(function (lista) {
      (opciones[lista] || []).forEach(function (una) { una.id = aBytes(una.id); });
    });
    return { publicKey: opciones };
  }
  function escribir(credencial) {
    var dicho = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (parte) {
      if (credencial.response[parte]) { dicho[parte] = aTexto(credencial.response[parte]); }
    });
    return JSON.stringify({
      id: credencial.id,
      rawId: aTexto(credencial.rawId),
      type: credencial.type,
      authenticatorAttachment: credencial.authenticatorAttachment || undefined,
      clientExtensionResults: {},
      response: dicho
    });
  }
  function pedir(forma, direccion, campo, acto) {
    var fallo = forma.querySelector("[data-k-firma-fallo]");
    fallo.hidden = true;
    var cabeceras = { "X-CSRFToken": forma.querySelector("[name=csrfmiddlewaretoken]").value, Accept: "application/json" };
    fetch(direccion, { method: "POST", headers: cabeceras, credentials: "same-origin" })
      .then(function (respuesta) {
        if (!respuesta.ok) { throw new Error(respuesta.status); }
        return respuesta.json();
      })
      .then(function (opciones) { return navigator.credentials[acto](leer(opciones.publicKey)); })
      .then(function (credencial) {
        doc.getElementById(campo).value = escribir(credencial);
        forma.submit();
      })
      .catch(function () { fallo.hidden = false; });
  }

  var firmar = doc.querySelector("[data-k-firmar]");
  if (firmar) {
    firmar.hidden = false;
    firmar.querySelector("button").addEventListener("click", function () {
      pedir(firmar.closest("form"), firmar.dataset.kFirmar, firmar.dataset.campo, "get");
    });
  }
  var alta = doc.querySelector("form[data-k-alta]");
  if (alta) {
    alta.hidden = false;
    doc.querySelector("[data-k-sin-equipo]").hidden = true;
    alta.addEventListener("submit", function (evento) {
      if (!alta.elements.nombre.value.trim()) { return; }  /* the server says what is missing */
      evento.preventDefault();
      pedir(alta, alta.dataset.kAlta, alta.dataset.campo, "create");
    });
  }
})();
