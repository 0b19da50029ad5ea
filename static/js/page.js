"use strict";
// Small things that a page asks for by an attribute.
(() => {
  // <button command="show-modal|close" commandfor="id">, where the browser does not know it yet.
  function command(button) {
    const dialog = document.getElementById(button.getAttribute("commandfor"));
    const wish = button.getAttribute("command");
    if (wish === "show-modal" && !dialog.open) dialog.showModal();
    if (wish === "close") dialog.close();
  }

  // <button data-copy="text" data-copied="Copied">
  async function copy(button) {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      copyByHand(button.dataset.copy);
    }
    if (!button.dataset.copied || button.hasAttribute("data-busy")) return;
    button.setAttribute("data-busy", "");
    const restore = clickcall.relabel(button, button.dataset.copied);
    clickcall.whisper(button.dataset.copied);
    setTimeout(() => {
      restore();
      button.removeAttribute("data-busy");
    }, 2000);
  }

  // The clipboard is closed to pages that came over plain http, as they do inside a company.
  function copyByHand(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    const focused = document.activeElement;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    focused?.focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button) return;
    if (button.hasAttribute("data-copy")) copy(button);
    if (button.hasAttribute("commandfor") && !("commandForElement" in button)) command(button);
  });

  // <button data-types="7" data-into="id">: the keys of the dial pad.
  document.addEventListener("click", (event) => {
    const key = event.target.closest?.("[data-types]");
    const field = key && document.getElementById(key.dataset.into);
    if (!field) return;
    field.value = key.dataset.types === "⌫" ? field.value.slice(0, -1) : field.value + key.dataset.types;
  });

  // What was pressed did not get through. Calls and notes know better themselves what that means.
  function lost(event) {
    const { elt, requestConfig, xhr } = event.detail;
    const words = document.getElementById("press-words")?.dataset;
    if (!words || requestConfig?.verb !== "post") return;
    if (elt.matches("[data-lease], [data-note]") || elt.closest("[data-call-form]")) return;
    if (xhr.status >= 400 && xhr.status < 500) clickcall.turnedAway(xhr, words.undone, words.stale);
    else clickcall.say(words.unanswered, words.look, "is-unknown");
  }
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, lost));

  // <form data-autosubmit>: a filter applies as soon as it is chosen.
  document.addEventListener("change", ({ target }) => {
    if (target.type === "date" && target.value && target.value < "1900") return; // 0002: the year is being typed
    target.closest("form[data-autosubmit]")?.requestSubmit();
  });
})();
