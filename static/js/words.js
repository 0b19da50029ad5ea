"use strict";
// How a button changes its words, and where the page says what the buttons cannot.
window.clickcall = (() => {
  /** Put other words on a button, beside its icon; the returned function puts the old ones back. */
  function relabel(button, words) {
    const before = [...button.childNodes];
    const labels = ["aria-label", "title"].map((name) => [name, button.getAttribute(name)]);
    const icons = before.filter((node) => node.localName === "svg");
    const bare = button.classList.contains("callbtn-icon") || button.classList.contains("btn-icon");
    button.replaceChildren(...icons, ...(bare ? [] : [words]));
    labels.forEach(([name, old]) => old !== null && button.setAttribute(name, words));
    return () => {
      button.replaceChildren(...before);
      labels.forEach(([name, old]) => old !== null && button.setAttribute(name, old));
    };
  }

  /** Say a state and its second line in the live region under the top bar; nothing = be silent.
      The look is one of the call's: "is-live", "is-unknown" or none. */
  function say(state = "", detail = "", look = "") {
    const region = document.getElementById("press-words");
    if (!region) return;
    const strong = document.createElement("strong");
    strong.textContent = state;
    region.className = `press-words ${look}`.trim();
    region.replaceChildren(...(state ? [strong, ` · ${detail}`] : []));
  }

  /** Say why the server has turned a request away: in its own words (X-Says), else in these. */
  function turnedAway(xhr, state, detail) {
    const own = xhr.getResponseHeader("X-Says");
    say(...(own ? JSON.parse(own) : [state, detail]), "is-unknown");
  }

  /** Tell a screen reader alone. */
  function whisper(words) {
    const line = document.createElement("span");
    line.className = "visually-hidden";
    line.textContent = words;
    document.getElementById("toasts")?.append(line);
    setTimeout(() => line.remove(), 2000);
  }

  return { relabel, say, turnedAway, whisper };
})();
