"use strict";
// Somebody is there: whoever holds a contact of the queue (<section data-lease="address">) says so with any key or
// pointer, at most once a minute. Without one the contact goes back after five minutes.
(() => {
  const EVERY_MS = 60000;
  let said = Date.now(); // the page came a moment ago, and with it a lease

  function alive() {
    const panel = document.querySelector("[data-lease]");
    if (!panel || Date.now() - said < EVERY_MS) return;
    said = Date.now();
    htmx.ajax("POST", panel.dataset.lease, { source: panel, swap: "none" }).catch(() => {});
  }

  ["keydown", "pointerdown", "input"].forEach((name) => document.addEventListener(name, alive));
})();
