"use strict";
// Where the focus goes when a part of the page comes, is replaced or is put away: never back to the top.
(() => {
  const came = new WeakMap(); // question -> what had the focus before it
  let last = document.body; // the last place that was no question
  let replaced = ""; // the call button that is being replaced, while it or its question has the focus

  document.addEventListener("focusin", (event) => {
    if (!event.target.closest?.("[data-dismissable]")) last = event.target;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const place = event.detail.target;
    const focused = document.activeElement;
    const asked = focused?.closest("[data-dismissable]");
    if (place.matches?.(".press") && (place.contains(focused) || asked)) replaced = place.id;
    // An answer can name what it replaces besides its target: the question that was open under a row.
    const gone = event.detail.xhr.getResponseHeader("X-Replaces");
    if (gone) document.querySelector(gone)?.remove();
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!replaced || document.activeElement !== document.body) return;
    const place = document.getElementById(replaced);
    (place?.querySelector("button") ?? place)?.focus({ preventScroll: true });
    replaced = "";
  });

  // A question comes into view and takes the focus, but none of its buttons does: a held Enter must not answer it.
  document.addEventListener("htmx:load", (event) => {
    if (!event.target.hasAttribute?.("data-dismissable")) return;
    came.set(event.target, last);
    event.target.focus({ preventScroll: true });
    event.target.scrollIntoView({ block: "center" });
  });

  // <button data-dismiss> puts its toast or question away.
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("button[data-dismiss]")?.closest("[data-toast], [data-dismissable]");
    if (!box) return;
    const had = box.contains(document.activeElement);
    box.remove();
    if (had) came.get(box)?.focus({ preventScroll: true });
  });
})();
