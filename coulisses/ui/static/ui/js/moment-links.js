// A card's link to its moment: followed where there is no script, shared or copied where there is.
// One listener for all cards, those that stream in among them.
const SHOWN = 2000; // milliseconds for which the link says what it did
const isByTouch = matchMedia("(pointer: coarse)");
let voice;

async function pass(link) {
  const url = link.href;
  if (navigator.share && isByTouch.matches) return navigator.share({ url, title: link.dataset.title ?? document.title }).catch(() => {});
  try {
    await navigator.clipboard.writeText(url);
    say(link, link.dataset.done);
  } catch {
    location.assign(url); // not lent after all: the address bar has it then
  }
}

function say(link, words) {
  voice ??= document.body.appendChild(Object.assign(document.createElement("p"), { className: "unseen", role: "status" }));
  voice.textContent = words;
  link.dataset.said = words;
  setTimeout(() => { delete link.dataset.said; voice.textContent = ""; }, SHOWN);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.link[data-done]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  // Browsers lend both to secure pages only; elsewhere the link leads to the moment, which is its address.
  if (!link || !isPlain || !navigator.clipboard) return;
  event.preventDefault();
  pass(link);
});
