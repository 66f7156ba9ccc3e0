// Shows what needs this script, and says in the page what a passkey could not do.
document.querySelectorAll(".account__scripted").forEach((part) => { part.hidden = false; });

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey_problem").hidden = false;
});
