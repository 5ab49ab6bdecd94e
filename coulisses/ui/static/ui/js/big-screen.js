import { inTurn, read } from "./parts.js";

// What a hall looks at. It reads itself anew whenever something came in or moved, shows as much as fits,
// and turns to earlier ideas while nobody throws one.
const TURN = 350; // milliseconds between two readings
const REST = 9000; // … for which ideas are shown before the page turns

class BigScreen extends HTMLElement {
  connectedCallback() {
    this.known = new Set(ideas(this).map((one) => one.dataset.idea));
    this.reading = inTurn(() => this.readAnew(), () => TURN);
    for (const type of ["heard", "moved", "rejoined"]) document.addEventListener(type, () => this.reading.ask());
    addEventListener("resize", () => this.fit());
    this.pages = setInterval(() => this.turnPage(), REST);
    document.fonts.ready.then(() => this.fit());
    // The projector stays on; where that can't be had, the host's machine decides.
    navigator.wakeLock?.request("screen").catch(() => {});
    this.fit();
  }

  async readAnew() {
    const fresh = (await read(location.href, { isKnown: "known" in this.dataset }))?.getElementById("screen");
    if (!fresh) return;
    const changed = fresh.dataset.scene !== this.dataset.scene;
    this.dataset.scene = fresh.dataset.scene;
    this.replaceChildren(...[...fresh.childNodes].map((one) => document.adoptNode(one)));
    const came = ideas(this).filter((one) => !this.known.has(one.dataset.idea));
    for (const one of came) this.known.add(one.dataset.idea);
    if (!changed) for (const one of came) one.classList.add("is-fresh");
    if (came.length || changed) this.from = 0;
    this.fit();
  }

  turnPage() {
    if (this.dataset.scene !== "ideas" || !this.shown) return;
    this.from = (this.from ?? 0) + this.shown;
    if (this.from >= this.querySelectorAll(".hung > li").length) this.from = 0;
    this.fit();
  }

  // From one idea on, as many as fit whole; the first is always there, in letters as large as it can have.
  fit() {
    const list = this.querySelector(".hung");
    const all = list ? [...list.children] : [];
    all.forEach((one, place) => { one.hidden = place < (this.from ?? 0); });
    const open = all.filter((one) => !one.hidden);
    open.forEach((one, place) => one.classList.toggle("is-newest", place === 0));
    const floor = this.querySelector("main")?.getBoundingClientRect().bottom ?? 0;
    this.shown = open.filter((one, place) => place === 0 || !(one.hidden = one.getBoundingClientRect().bottom > floor + 1)).length;
    for (const words of this.querySelectorAll("h1, .places, .is-newest p, .gathered")) shrink(words, floor);
  }
}

function ideas(screen) {
  return [...screen.querySelectorAll("[data-idea]")];
}

function shrink(words, floor) {
  let scale = 1;
  words.style.setProperty("--scale", scale);
  while (scale > 0.5 && words.getBoundingClientRect().bottom > floor + 1) words.style.setProperty("--scale", (scale -= 0.08).toFixed(2));
}

customElements.define("big-screen", BigScreen);
