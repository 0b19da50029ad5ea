"use strict";
// The live bar asks for itself every 2 s while a call lives and somebody looks: <section id="livebar" data-live
// hx-get="…" hx-trigger="poll" hx-ext="morph" hx-swap="morph">. 204 = unchanged, 286 = over, ask no more.
(() => {
  const POLL_MS = 2000;

  // What a person is typing is never overwritten: not in the focused field, not in anything marked data-keep.
  Idiomorph.defaults.ignoreActiveValue = true;
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (old, fresh) =>
    !(old.dataset?.keep !== undefined && old.id === fresh.id);

  function poll() {
    if (document.visibilityState !== "visible") return;
    document.querySelectorAll("[data-live]:not(.htmx-request)").forEach((it) => htmx.trigger(it, "poll"));
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status === 286) event.detail.elt.removeAttribute("data-live");
  });
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL_MS);
})();
