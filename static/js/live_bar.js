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

  // The row of whoever is called says what the bar says: "not called yet" beside a line that is open would be wrong.
  function tellTheRow() {
    const bar = document.querySelector("#livebar[data-row]");
    const row = bar && document.getElementById(bar.dataset.row);
    const cell = row?.querySelector("[data-last-call]");
    if (!cell) return;
    const pill = document.createElement("span");
    pill.className = `pill ${bar.dataset.pill}`;
    const icon = bar.querySelector(".sig .icon")?.cloneNode(true);
    icon?.classList.remove("icon-lg");
    pill.append(...[icon, bar.dataset.words].filter(Boolean));
    cell.replaceChildren(pill);
    document.querySelectorAll("tr.is-current").forEach((other) => other.classList.remove("is-current"));
    row.classList.toggle("is-current", bar.classList.contains("is-live"));
  }
  ["htmx:afterSettle", "htmx:oobAfterSwap"].forEach((name) => document.addEventListener(name, tellTheRow));

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
  // A page out of the browser's history was drawn before the call: its bar is taken from a new one. Where the new one
  // has no bar, whoever saw the page has signed out: it is not for the next one at the same machine.
  async function renew() {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("livebar-slot");
    const slot = document.getElementById("livebar-slot");
    if (slot && !fresh && answer.redirected) location.replace(answer.url);
    if (answer.redirected || !fresh || !slot || slot.contains(document.activeElement)) return;
    slot.replaceChildren(...fresh.childNodes);
    htmx.process(slot);
  }

  window.addEventListener("pageshow", (event) => {
    const came = performance.getEntriesByType("navigation")[0]?.type;
    if (event.persisted || came === "back_forward") renew();
  });
  document.addEventListener("visibilitychange", poll);
  setInterval(poll, POLL_MS);
})();
