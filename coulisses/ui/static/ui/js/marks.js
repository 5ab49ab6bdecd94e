// Where in an entry's files somebody points: the part of the card, and marks over a picture.
const SVG = "http://www.w3.org/2000/svg";

// The part of an entry's card that shows its file of a number: pictures first, then what changed.
export function part(cue, file) {
  const card = document.getElementById(`cue-${cue}`);
  const pictures = card ? [...card.querySelectorAll(":scope > .pictures > a")] : [];
  const changes = card ? [...card.querySelectorAll(":scope > .changes > .change")] : [];
  return pictures[file] ?? changes[file - pictures.length] ?? card?.querySelector(":scope > .heard");
}

export function image(place) {
  return place?.querySelector(".after img") ?? place?.querySelector("img");
}

// A mark at x and y, in thousandths of a picture. An earlier one of the same key goes.
export function mark(picture, { x, y, words, key, isChosen }) {
  if (!picture) return;
  const [width, height] = [Number(picture.getAttribute("width")), Number(picture.getAttribute("height"))];
  const holder = picture.parentElement;
  const drawing = holder.querySelector(":scope > .marks") ?? holder.appendChild(element("svg", {
    class: "marks", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true",
  }));
  drawing.querySelector(`[data-key="${key}"]`)?.remove();
  const size = Math.max(width, height) / 36;
  const [left, top] = [(x * width) / 1000, (y * height) / 1000];
  const group = element("g", { "data-key": key, class: isChosen ? "is-chosen" : "" });
  const text = element("text", { x: left, y: top, "font-size": size });
  text.textContent = words;
  group.append(element("circle", { cx: left, cy: top, r: size }), text);
  drawing.append(group);
}

// Where the state before lies over a place, its curtain is drawn aside: one sees what is meant.
export function uncover(picture, x) {
  const curtain = picture.closest("before-after")?.querySelector("input[type=range]");
  const aside = Math.max(0, x / 10 - 8);
  if (!curtain || Number(curtain.value) <= aside) return;
  curtain.value = aside;
  curtain.dispatchEvent(new Event("input"));
}

export function unmark(key) {
  for (const one of document.querySelectorAll(`.marks [data-key="${key}"]`)) one.remove();
}

// Where a tap falls in a picture that is drawn whole within its box, in thousandths; null beside it.
export function point(picture, { clientX, clientY }) {
  const box = picture.getBoundingClientRect();
  const [width, height] = [Number(picture.getAttribute("width")), Number(picture.getAttribute("height"))];
  const scale = Math.min(box.width / width, box.height / height);
  const x = (clientX - box.left - (box.width - width * scale) / 2) / (width * scale);
  const y = (clientY - box.top - (box.height - height * scale) / 2) / (height * scale);
  const isWithin = x >= 0 && x <= 1 && y >= 0 && y <= 1;
  return isWithin ? { x: Math.round(1000 * x), y: Math.round(1000 * y) } : null;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
