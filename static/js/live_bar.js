"use strict";
// The live bar asks for itself every 2 s while a call lives and somebody looks: <section id="livebar" data-live
// hx-get="…" hx-trigger="poll" hx-ext="morph" hx-swap="morph">. 204 = unchanged, 286 = over, ask no more.
// What comes late is asked for seldom: data-live="20" means every 20 s.
(() => {
  const POLL_MS = 2000;
  const asked = new WeakMap(); // element that is asked about seldom -> when it was asked for last, or came

  // What a person is typing is never overwritten: not in the focused field, not in anything marked data-keep, unless
  // what it was kept for has come: data-released within.
  const isKept = (old) => old.dataset?.keep !== undefined && !old.querySelector("[data-released]");
  Idiomorph.defaults.ignoreActiveValue = true;
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (old, fresh) => !(isKept(old) && old.id === fresh.id);

  function isDue(it) {
    const every = Number(it.dataset.live) * 1000;
    if (!every) return true;
    if (!asked.has(it)) asked.set(it, Date.now());
    if (Date.now() - asked.get(it) < every) return false;
    asked.set(it, Date.now());
    return true;
  }

  function poll() {
    if (document.visibilityState !== "visible") return;
    const live = [...document.querySelectorAll("[data-live]:not(.htmx-request)")];
    live.filter(isDue).forEach((it) => htmx.trigger(it, "poll"));
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status === 286) event.detail.elt.removeAttribute("data-live");
  });
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL_MS);
})();
