// Shows the pin of the position in a city's form before it is saved, and offers the corrected pair where it is wrong.
const field = (name) => document.querySelector(`#id_${name}`);
const [pasted, latitude, longitude, nation] = ["pasted_position", "latitude", "longitude", "nation"].map(field);

const show = async () => {
  const pair = [latitude.value, longitude.value];
  const text = pasted.value.trim() || (pair.every(Boolean) ? pair.join(", ") : "");
  const place = document.querySelector("#position-shown");
  if (!text) return place.replaceChildren();
  const query = new URLSearchParams({ text, nation: nation.value });
  const answer = await fetch(`${place.dataset.url}?${query}`, { redirect: "error" }).catch(() => null);
  if (!answer?.ok) return place.replaceChildren();
  place.innerHTML = await answer.text();
  const read = place.querySelector("[data-read-latitude]");
  if (pasted.value.trim() && read) take(read.dataset.readLatitude, read.dataset.readLongitude);
};

const take = (north, east) => {
  [latitude.value, longitude.value, pasted.value] = [north, east, ""];
};

if (pasted) {
  for (const input of [pasted, latitude, longitude, nation]) input.addEventListener("change", show);
  document.querySelector("#position-shown").addEventListener("click", ({ target }) => {
    if (!target.dataset.latitude) return;
    take(target.dataset.latitude, target.dataset.longitude);
    show();
  });
  show();
}
