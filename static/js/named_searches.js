// Labels the fields that Select2 makes for screen readers, and gives its button between list items the role of one.
const labelOf = (element) => {
  const select = element.closest(".related-widget-wrapper, .form-row")?.querySelector("select");
  return select && document.querySelector(`label[for="${select.id}"]`);
};
const nameSearch = (search) => {
  search.setAttribute("aria-label", `Search: ${labelOf(search)?.textContent.replace(":", "").trim() || "choices"}`);
};
const nameChoice = (choice) => {
  const label = labelOf(choice);
  if (!label || choice.dataset.named) return;
  label.id ||= `${label.htmlFor}-label`;
  choice.dataset.named = "yes";
  choice.querySelector("[role=textbox]")?.setAttribute("aria-labelledby", label.id);
  choice.setAttribute("aria-labelledby", `${label.id} ${choice.getAttribute("aria-labelledby")}`);
};
const nameAll = () => {
  document.querySelectorAll(".select2-search__field:not([aria-label])").forEach(nameSearch);
  document.querySelectorAll(".select2-selection--single").forEach(nameChoice);
  document.querySelectorAll("ul > .select2-selection__clear").forEach((button) => button.setAttribute("role", "listitem"));
};

new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
