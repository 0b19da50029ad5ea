"use strict";
// Clocks that run in the browser on the server's time.
//   data-clock-from="<ISO or epoch ms>"   counts up: 2:14, 1:02:14
//   data-clock-to="…"                     counts down to 0:00, and says "clock:over" once it is there
// The tab's title follows the live bar: data-title="Talking {clock} · Ivan Petrov".
(() => {
  const ownTitle = document.title;
  let ahead = 0; // server's clock minus ours, in ms

  function learn(serverTime, ownTime, tolerance) {
    if (Math.abs(serverTime - ownTime - ahead) > tolerance) ahead = serverTime - ownTime;
  }

  function instant(text) {
    return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  }

  function shown(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const rest = String(seconds % 60).padStart(2, "0");
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  }

  function write(element, ms) {
    const text = shown(ms);
    if (!Number.isNaN(ms) && element.textContent !== text) element.textContent = text;
  }

  function down(element, ms) {
    write(element, ms + 999);
    if (ms > 0 || Number.isNaN(ms) || element.dataset.clockOver !== undefined) return;
    element.dataset.clockOver = "";
    element.dispatchEvent(new CustomEvent("clock:over", { bubbles: true }));
  }

  function title() {
    const bar = document.querySelector("#livebar[data-title]");
    const clock = bar?.querySelector("[data-clock-from]")?.textContent ?? "";
    const text = bar ? bar.dataset.title.replace("{clock}", clock) : ownTitle;
    if (document.title !== text) document.title = text;
  }

  function tick() {
    const now = Date.now() + ahead;
    document.querySelectorAll("[data-clock-from]").forEach((it) => write(it, now - instant(it.dataset.clockFrom)));
    document.querySelectorAll("[data-clock-to]").forEach((it) => down(it, instant(it.dataset.clockTo) - now));
    title();
  }

  const stamp = document.querySelector('meta[name="server-time"]');
  const page = performance.getEntriesByType("navigation")[0];
  const sinceStamp = page ? Math.max(0, performance.now() - page.responseStart) : 0;
  if (stamp) learn(Number(stamp.content) * 1000, Date.now() - sinceStamp, 0);
  // A page out of the browser's cache carries an old stamp: any later answer corrects it (`Date` has whole seconds).
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const date = Date.parse(event.detail.xhr.getResponseHeader("Date"));
    if (date) learn(date + 500, Date.now(), 2000);
  });
  document.addEventListener("htmx:afterSwap", tick);
  setInterval(tick, 500);
  tick();
})();
