"use strict";
// Everything by keyboard. Keys are known by their place (event.code), so that a Russian layout does the same.
//   single keys, while something in the page is marked data-single-keys:  / search · j k rows · c call · ? the list of keys,
//   and whatever names its own key: <button data-key="1">, data-key="n", data-key="Enter" (that one ends what a digit began);
//   they do nothing in a field, with another key, held down, or while a dialog or a menu is open.
//   everywhere: Ctrl+Shift+H hangs up, Escape leaves a field or puts a question away, ↓ leads from the search to the rows.
(() => {
  const ROWS = "main .dtable > tbody > tr:not(.row-guard), main .list > li";
  const CALL = ".press .callbtn, .press .btn-call";
  const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog, :popover-open";
  const ENTERED = "a[href], button, summary, input, select, textarea";
  let begun = false; // a digit was the last key: Enter ends what it began, wherever the focus is

  const seen = (element) => element.getClientRects().length > 0;
  const handle = (row) => row.querySelector("a.name") ?? row.querySelector("a[href], button");
  const first = (selector, within = document) => [...within.querySelectorAll(selector)].find(seen);

  function search() {
    const field = first("[data-search]");
    field?.focus();
    field?.select();
    return field;
  }

  // To the next row behind the focus, or to the last one before it.
  function move(step) {
    const here = document.activeElement;
    const side = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const rows = [...document.querySelectorAll(ROWS)].filter((row) => seen(row) && handle(row));
    const beyond = here === document.body
      ? rows
      : rows.filter((row) => !row.contains(here) && here.compareDocumentPosition(row) & side);
    const row = step > 0 ? beyond[0] : beyond.at(-1);
    if (!row) return undefined;
    handle(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    return row;
  }

  // The row that has the focus, else the page's own button. A question is answered by its buttons alone.
  function call() {
    const here = document.activeElement;
    const inPage = here === document.body || here.closest("main");
    if (!inPage || here.closest("[data-dismissable]")) return undefined;
    const row = here.closest(ROWS);
    return press(row ? first(CALL, row) : ofThePage());
  }

  // A grey one says why.
  function ofThePage() {
    const grey = [...document.querySelectorAll("main .press > .is-blocked")];
    return first("main :is([data-call-form], .press) .btn-xl") ?? grey.find((it) => seen(it) && !it.closest(ROWS));
  }

  function press(button) {
    button?.click();
    return button;
  }

  function keys() {
    const dialog = document.getElementById("keys");
    dialog?.showModal();
    return dialog;
  }

  // KeyN, Digit1, Numpad1, NumpadEnter: "n", "1", "1", "Enter"
  const named = (code) => code.replace(/^(Key|Digit|Numpad)(?=.)/, "").replace(/^[A-Z]$/, (letter) => letter.toLowerCase());
  const keyed = (name) => first(`[data-key="${CSS.escape(name)}"]`);

  function ending(event) {
    return begun || !event.target.closest(ENTERED) ? press(keyed("Enter")) : undefined;
  }

  function does(event) {
    const name = named(event.code);
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return keys();
    if (event.key === "/" || event.code === "Slash") return search();
    if (event.shiftKey) return undefined;
    if (name === "Enter") return ending(event);
    const own = { j: () => move(1), k: () => move(-1), c: call }[name];
    return press(keyed(name)) ?? own?.();
  }

  function single(event) {
    const arrow = /^Numpad\d$/.test(event.code) && !/^\d$/.test(event.key); // Num Lock is off
    const apart = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat;
    if (apart || arrow || !document.querySelector("[data-single-keys]")) return;
    if (event.target.closest(FIELD) || document.querySelector("dialog[open]")) return;
    if (does(event)) event.preventDefault();
    begun = /^(Digit|Numpad)\d$/.test(event.code);
  }

  function hangUp(event) {
    const form = document.getElementById("bar-hang-up");
    if (!form) return;
    event.preventDefault();
    if (!event.repeat && !form.classList.contains("htmx-request")) form.requestSubmit();
  }

  function leave(event) {
    const question = event.target.closest("[data-dismissable]");
    if (question) return first("[data-dismiss]", question)?.click();
    if (!event.target.closest("textarea, input")) return undefined;
    if (event.target.type === "search") event.preventDefault(); // or the browser would empty it
    return event.target.blur();
  }

  document.addEventListener("keydown", (event) => {
    const held = event.repeat && /Enter$/.test(event.code) && event.target.closest("button, [data-call-form]");
    if (held) return event.preventDefault(); // or it would press what the first press brought
    if (event.defaultPrevented) return undefined;
    const chord = event.ctrlKey && event.shiftKey && !event.altKey && !event.metaKey;
    if (chord && event.code === "KeyH") return hangUp(event);
    if (event.code === "Escape") return leave(event);
    if (event.code !== "ArrowDown" || !event.target.closest("[data-search]")) return single(event);
    return move(1) && event.preventDefault();
  });
  document.addEventListener("pointerdown", () => { begun = false; });
})();
