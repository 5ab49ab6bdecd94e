import { image, mark, part, point, uncover, unmark } from "./marks.js";

// Chooses a place in what an entry shows: by a tap on it, or by the fields, which say the same.
class VoicePlace extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.select = this.querySelector("select");
    if (!this.select || this.said) return;
    this.said = Object.assign(document.createElement("p"), { className: "quiet", textContent: this.getAttribute("ready-words"), hidden: true });
    this.querySelector("legend").after(this.said);
    this.addEventListener("input", () => this.draw());
    this.hear = (event) => this.take(event);
    document.addEventListener("click", this.hear, true);
    document.addEventListener("input", this.hear);
    this.form.addEventListener("reset", () => setTimeout(() => this.draw()));
    this.draw();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.hear, true);
    document.removeEventListener("input", this.hear);
    unmark("chosen");
  }

  get cue() {
    return /(\d+)\/say$/.exec(new URL(this.form.action).pathname)?.[1];
  }

  get how() {
    return this.select.selectedOptions[0]?.dataset.how ?? "";
  }

  get shown() {
    return this.select.value ? part(this.cue, Number(this.select.value)) : null;
  }

  field(name) {
    return this.form.elements[`at_${name}`];
  }

  draw() {
    for (const label of this.querySelectorAll("[data-for]")) label.hidden = label.dataset.for !== this.how;
    for (const one of document.querySelectorAll(".is-pointed")) one.classList.remove("is-pointed");
    unmark("chosen");
    const picture = this.how === "point" ? image(this.shown) : null;
    this.said.hidden = !picture;
    if (!picture) return;
    picture.classList.add("is-pointed");
    uncover(picture, this.field("x").value);
    mark(picture, { x: this.field("x").value, y: this.field("y").value, words: "", key: "chosen", isChosen: true });
  }

  take(event) {
    const { shown } = this;
    if (!shown?.contains(event.target)) return;
    if (this.how === "point" && event.type === "click") this.pointed(event);
    else if (this.how === "second" && event.target.type === "range") this.field("second").value = clock(event.target.value);
    else if (this.how === "line" && event.target.matches("pre > span:not(.where)")) {
      this.field("line").value = 1 + [...shown.querySelectorAll("pre > span:not(.where)")].indexOf(event.target);
    }
  }

  pointed(event) {
    const at = point(image(this.shown), event);
    if (!at) return;
    event.preventDefault();
    event.stopPropagation();
    this.field("x").value = at.x;
    this.field("y").value = at.y;
    this.draw();
  }
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

customElements.define("voice-place", VoicePlace);
