// A form sends its empty fields and its defaults too: leave them out, so that the URL is short enough to share.
document.querySelector(".filter").addEventListener("formdata", ({ formData }) => {
  if (!formData.get("q").trim()) formData.delete("q");
  if (formData.get("sort") === "name") formData.delete("sort");
});
