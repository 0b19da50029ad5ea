"use strict";
// One press of a call button, one request. The form is marked `data-call-form` and says in
//   data-state-url     where the state of its external_id can be asked,
//   data-give-up-ms    how long to wait for the answer before asking there (default 20 s),
//   data-text-pressed, -slow, -checking, -unknown, -lost, -offline, -apart, -unsent, -again, -stale
//                      its own words (default: those of #press-words).
// A button that has to wait for points stands in <… data-paused>, with what takes its place in a <template>.
// Whatever is swapped in comes from the server: the answer and the state share hx-target and hx-swap.
(() => {
  const SLOW_MS = 3000;
  const ASK_MS = 2000;
  const GIVE_UP_MS = 20000;
  const presses = new Map(); // form -> the press that waits for its answer

  function words(form, key) {
    const own = form.dataset[`text${key[0].toUpperCase()}${key.slice(1)}`];
    return own ?? document.getElementById("press-words")?.dataset[key] ?? "…";
  }

  function press(form, button) {
    const giveUp = Number(form.dataset.giveUpMs) || GIVE_UP_MS;
    presses.set(form, {
      button,
      restore: clickcall.relabel(button, words(form, "pressed")),
      checking: false,
      timers: [
        setTimeout(() => clickcall.say(words(form, "pressed"), words(form, "slow"), "is-live"), SLOW_MS),
        setTimeout(() => check(form), giveUp),
      ],
    });
    button.classList.add("is-pressed");
    button.setAttribute("aria-disabled", "true");
  }

  function forget(form) {
    presses.get(form).timers.forEach(clearTimeout);
    presses.delete(form);
    clickcall.say();
  }

  // The server has answered: the button is as before, unless the answer replaces it. Its external_id is the same.
  function release(form) {
    const { button, restore } = presses.get(form);
    forget(form);
    restore();
    button.classList.remove("is-pressed");
    button.removeAttribute("aria-disabled");
  }

  // No answer that can be trusted. From here on only the state is asked; nothing is sent again.
  function check(form, apart = !navigator.onLine) {
    const pressed = presses.get(form);
    if (!pressed || pressed.checking) return;
    pressed.checking = true;
    pressed.timers.forEach(clearTimeout);
    htmx.trigger(form, "htmx:abort");
    tell(form, apart);
    pressed.timers = [setTimeout(() => ask(form))]; // htmx still holds the request that has just failed
  }

  // Whether somebody is checking, or this browser is apart from the server: then nobody can be asked for now.
  function tell(form, apart) {
    const pressed = presses.get(form);
    if (pressed.apart === apart) return;
    pressed.apart = apart;
    pressed.restore();
    pressed.restore = clickcall.relabel(pressed.button, words(form, apart ? "offline" : "checking"));
    clickcall.say(words(form, apart ? "offline" : "unknown"), words(form, apart ? "apart" : "lost"), "is-unknown");
  }

  function unreached(form) {
    if (presses.get(form)?.checking) tell(form, true);
    else check(form, true);
  }

  // A press that the server does not know may yet come: it is called off by a POST of the same form to the same address.
  async function ask(form) {
    if (!form.isConnected) return forget(form);
    const verb = presses.get(form).unheardOf ? "POST" : "GET";
    await htmx.ajax(verb, form.dataset.stateUrl, { source: form }).catch(() => {});
    const pressed = presses.get(form);
    if (pressed) pressed.timers = [setTimeout(() => ask(form), verb === "GET" && pressed.unheardOf ? 0 : ASK_MS)];
  }

  function answered(form, xhr) {
    if (xhr.status >= 500) return check(form);
    release(form);
    // Turned away before anything was done: somebody signed in anew meanwhile, or may not call any more.
    if (xhr.status >= 400 && xhr.status !== 422) clickcall.turnedAway(xhr, words(form, "unsent"), words(form, "stale"));
    return undefined;
  }

  function stateCame(form, verb, status) {
    if (status !== 200 && status !== 404) return tell(form, false);
    if (status === 404 && verb === "get") {
      presses.get(form).unheardOf = true;
      return tell(form, false);
    }
    release(form);
    // It would not be taken either, whenever it comes: its form is not valid any more.
    if (status === 404) clickcall.say(words(form, "unsent"), words(form, "again"));
    return undefined;
  }

  // Capturing: before htmx, and before the browser sends the form itself.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-call-form]");
    if (!form) return;
    const button = event.submitter ?? form.querySelector("button:not([type=button])");
    if (presses.has(form) || button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else {
      clickcall.say();
      press(form, button);
    }
  }, true);

  document.addEventListener("htmx:configRequest", (event) => {
    if (presses.has(event.target) && event.detail.verb === "get") event.detail.parameters = {};
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { requestConfig, xhr } = event.detail;
    if (!presses.has(event.target)) return;
    if (requestConfig.path === event.target.dataset.stateUrl) stateCame(event.target, requestConfig.verb, xhr.status);
    else answered(event.target, xhr);
  });
  document.addEventListener("htmx:sendError", (event) => unreached(event.target));
  document.addEventListener("htmx:timeout", (event) => check(event.target));
  window.addEventListener("offline", () => [...presses.keys()].forEach(unreached));
  document.addEventListener("clock:over", (event) => {
    const paused = event.target.closest("[data-paused]");
    const fresh = paused?.querySelector("template")?.content.firstElementChild?.cloneNode(true);
    if (!fresh) return;
    const focused = paused.contains(document.activeElement);
    paused.replaceWith(fresh);
    htmx.process(fresh);
    if (focused) (fresh.querySelector("button") ?? fresh).focus();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) [...presses.keys()].forEach(check);
  });
})();
