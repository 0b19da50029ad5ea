"use strict";
// The note of a call is kept while one types: <textarea data-note hx-post="…" hx-trigger="…, retry">.
// What did not reach the server is sent again until it does, at the latest when the page is left; and what was typed
// just before a reload is in the field again, though the new page may have been drawn before it was saved. The field's
// own address keeps it: its form's may do more.
(() => {
  const RETRY_MS = 3000;
  const sent = new WeakMap(); // textarea -> the text of the request that is under way
  const unsaved = new Set();

  const isNote = (element) => element?.matches?.("[data-note]");

  function remember(note) {
    unsaved.add(note);
    sessionStorage.setItem(note.id, note.value);
  }

  function forget(note) {
    unsaved.delete(note);
    sessionStorage.removeItem(note.id);
  }

  // The server knows best what is the same text: nothing is doubled.
  function restore(note) {
    const typed = sessionStorage.getItem(note.id);
    if (typed === null) return;
    if (typed === note.value) return forget(note);
    note.value = typed;
    remember(note);
    htmx.trigger(note, "retry");
  }

  function failed(note) {
    const words = note.form.querySelector("[data-words]");
    if (words) words.textContent = words.dataset.words;
  }

  document.addEventListener("input", (event) => {
    if (!isNote(event.target)) return;
    remember(event.target);
    event.target.form.querySelector(".saved")?.setAttribute("hidden", "");
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isNote(event.detail.elt)) sent.set(event.detail.elt, event.detail.elt.value);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const note = event.detail.elt;
    if (!isNote(note)) return;
    if (!event.detail.successful) failed(note);
    else if (sent.get(note) === note.value) forget(note);
  });
  document.addEventListener("htmx:load", (event) => event.target.querySelectorAll?.("[data-note]").forEach(restore));

  setInterval(() => {
    unsaved.forEach((note) => {
      if (!note.isConnected) unsaved.delete(note);
      else if (note.form.querySelector("[data-words]")?.textContent) htmx.trigger(note, "retry");
    });
  }, RETRY_MS);

  window.addEventListener("pagehide", () => {
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    unsaved.forEach((note) => {
      if (!note.isConnected) return;
      const body = new URLSearchParams(new FormData(note.form));
      fetch(note.getAttribute("hx-post"), { method: "POST", keepalive: true, headers: { ...headers, "HX-Request": "true" }, body });
    });
  });
})();
