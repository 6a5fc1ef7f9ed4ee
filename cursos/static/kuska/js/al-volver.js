/* Back to a page that the browser kept whole: what it counts may have changed since. It is asked for again, and what it
   says now goes in its place. Without signal it stays; if the session ended, the door is shown. */
addEventListener("pageshow", function (ev) {
  "use strict";
  if (!ev.persisted || !navigator.onLine) { return; }
  fetch(location.href, { credentials: "same-origin" }).then(function (r) {
    if (r.redirected) { location.reload(); }
    return r.ok && !r.redirected ? r.text() : "";
  }).then(function (html) {
    var hoy = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    var antes = document.querySelector("main");
    if (hoy && hoy.textContent !== antes.textContent) { antes.replaceWith(document.adoptNode(hoy)); }
  }).catch(function () { /* it stays as it was */ });
});
