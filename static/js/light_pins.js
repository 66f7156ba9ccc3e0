// Pointing at a card, or tabbing into it, lights its pin on the map, and the other way round.
const light = (place, isLit) => {
  for (const element of document.querySelectorAll(`[data-place="${CSS.escape(place)}"]`)) {
    element.classList.toggle("is-lit", isLit);
  }
};

for (const element of document.querySelectorAll("[data-place]")) {
  const { place } = element.dataset;
  element.addEventListener("pointerenter", () => light(place, true));
  element.addEventListener("pointerleave", () => light(place, false));
  element.addEventListener("focusin", () => light(place, true));
  element.addEventListener("focusout", () => light(place, false));
}
