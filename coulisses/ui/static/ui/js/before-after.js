// Lays the second picture over the first, with a range input to draw the curtain between them:
// pointer, keyboard and assistive technology come with the input. `at` is where it begins, in percent.
class BeforeAfter extends HTMLElement {
  connectedCallback() {
    const frame = this.querySelector(".compare");
    if (this.hasAttribute("ready") || !frame?.querySelector(".before") || !frame.querySelector(".after")) return;
    const line = Object.assign(document.createElement("span"), { className: "line" });
    line.ariaHidden = "true";
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: 0, max: 100, step: 1, value: this.getAttribute("at") ?? 50, ariaLabel: this.getAttribute("label") });
    range.addEventListener("input", () => this.draw(range));
    frame.append(line, range);
    this.setAttribute("ready", "");
    this.draw(range);
  }

  draw(range) {
    this.style.setProperty("--at", `${range.value}%`);
    range.setAttribute("aria-valuetext", `${range.value} %`);
  }
}

customElements.define("before-after", BeforeAfter);
