// What was said of a place leads there: the sound is heard from that second, the line or picture seen.
import { image, part, uncover } from "./marks.js";

export function lead(event) {
  const link = event.target.closest(".spot a");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  const said = link?.closest(".say");
  const place = said && part(said.dataset.cue, Number(said.dataset.file));
  if (!place || !isPlain) return;
  event.preventDefault();
  const { second, line } = link.dataset;
  if (line) return show(place.querySelectorAll("pre > span:not(.where)")[line - 1] ?? place);
  const picture = said.dataset.x ? image(place) : null;
  if (picture) uncover(picture, said.dataset.x);
  show(picture ?? place);
  const sound = second && place.querySelector("sound-lanes[ready]");
  if (!sound) return;
  sound.draw(Number(second));
  sound.play();
}

function show(what) {
  for (const one of document.querySelectorAll(".is-meant")) one.classList.remove("is-meant");
  what.classList.add("is-meant");
  what.scrollIntoView({ block: "center" });
}
