import { absolute } from "./times.js";

// A handle for the strip of marks: arrows or pointer choose, a label says what opens, Enter opens it.
class LogScrubber extends HTMLElement {
  connectedCallback() {
    this.strip = this.querySelector(".strip");
    this.marks = [...this.querySelectorAll("a[data-at]")];
    if (!this.strip || !this.marks.length || this.hasAttribute("ready")) return;
    this.handle = Object.assign(document.createElement("span"), { className: "handle" });
    this.peek = Object.assign(document.createElement("a"), { className: "peek", hidden: true, tabIndex: -1 });
    this.append(this.peek);
    this.strip.append(this.handle);
    this.here = Math.max(this.marks.findIndex((mark) => mark.classList.contains("is-now")), -1);
    if (this.here < 0) this.here = this.marks.length - 1;
    Object.assign(this.handle, { role: "slider", tabIndex: 0, ariaLabel: this.getAttribute("label"), ariaValueMin: "1", ariaValueMax: String(this.marks.length) });
    this.setAttribute("ready", "");
    this.place();
    this.listen();
  }

  listen() {
    this.handle.addEventListener("keydown", (event) => this.press(event));
    this.handle.addEventListener("focus", () => this.show(this.handle.matches(":focus-visible")));
    this.handle.addEventListener("blur", () => this.show(false));
    this.strip.addEventListener("pointermove", (event) => this.point(event));
    this.strip.addEventListener("pointerdown", (event) => this.point(event));
    this.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.show(false));
    document.addEventListener("pointerdown", (event) => this.contains(event.target) || this.show(false));
    this.strip.addEventListener("click", (event) => {
      event.preventDefault();
      // A finger sees what it is about to open, and opens it by tapping the label.
      if (event.pointerType !== "touch") this.open();
    });
  }

  press(event) {
    const last = this.marks.length - 1;
    const to = {
      ArrowLeft: this.here - 1, ArrowDown: this.here - 1, ArrowRight: this.here + 1, ArrowUp: this.here + 1,
      Home: 0, End: last, PageUp: this.notable(1), PageDown: this.notable(-1),
    }[event.key];
    if (event.key === "Enter") this.open();
    if (to === undefined) return;
    event.preventDefault();
    this.here = Math.max(0, Math.min(last, to));
    this.place();
    this.show(true);
  }

  notable(by) {
    let at = this.here + by;
    while (this.marks[at] && !this.marks[at].dataset.kind) at += by;
    return at;
  }

  point(event) {
    const box = this.strip.getBoundingClientRect();
    this.go(((event.clientX - box.left) / box.width) * 100);
    this.show(true);
  }

  // To the mark that is nearest to a place, in percent.
  go(at) {
    const far = (mark) => Math.abs(mark.dataset.at - at);
    this.here = this.marks.reduce((best, mark, index) => (far(mark) < far(this.marks[best]) ? index : best), 0);
    this.place();
  }

  place() {
    const mark = this.marks[this.here];
    for (const one of this.marks) one.classList.toggle("is-here", one === mark);
    this.style.setProperty("--at", `${mark.dataset.at}%`);
    this.handle.ariaValueNow = String(this.here + 1);
    this.handle.ariaValueText = this.words(mark);
  }

  words(mark) {
    return [this.when(mark), mark.dataset.label].filter(Boolean).join(", ");
  }

  when({ dataset: { time, when } }) {
    return time ? absolute(new Date(time)) : when;
  }

  show(isShown) {
    this.peek.hidden = !isShown;
    if (!isShown) return;
    const mark = this.marks[this.here];
    const small = Object.assign(document.createElement("small"), { textContent: this.when(mark) });
    const label = Object.assign(document.createElement("span"), { textContent: mark.dataset.label });
    this.peek.href = mark.getAttribute("href");
    this.peek.replaceChildren(small, label);
    if (mark.dataset.picture) this.peek.prepend(Object.assign(new Image(), { src: mark.dataset.picture, alt: "" }));
  }

  // Whoever plays what is marked may go there in a way of its own.
  open() {
    const href = this.marks[this.here].getAttribute("href");
    if (this.dispatchEvent(new CustomEvent("chosen", { bubbles: true, cancelable: true, detail: { href } }))) location.assign(href);
  }
}

customElements.define("log-scrubber", LogScrubber);
