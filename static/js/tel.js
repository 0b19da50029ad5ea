"use strict";
// <div data-tel> with <button data-tel-address="https://…/dial?number=%s">: phone links of other pages open here.
(() => {
  const button = document.querySelector("[data-tel-address]");
  if (!button) return;
  const part = (name) => button.closest("[data-tel]").querySelector(`[data-tel-${name}]`);

  function cannot() {
    button.hidden = true;
    part("asked").hidden = true;
    part("cannot").hidden = false;
  }

  if (!navigator.registerProtocolHandler) cannot();
  button.addEventListener("click", () => {
    try {
      navigator.registerProtocolHandler("tel", button.dataset.telAddress);
      part("asked").hidden = false;
    } catch {
      cannot();
    }
  });
})();
