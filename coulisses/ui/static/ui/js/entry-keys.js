import { areOff } from "./house-keys.js";

// j and k: from cue to cue down and up the log, or from an entry's page to its neighbours'.
class EntryKeys extends HTMLElement {
  connectedCallback() {
    this.listener = (event) => this.press(event);
    document.addEventListener("keydown", this.listener);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listener);
  }

  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key !== "j" && event.key !== "k" || areOff() || document.querySelector("dialog[open]")) return;
    const link = this.querySelector(`a[data-key="${event.key}"]`);
    if (link) link.click();
    else this.step(event.key === "j" ? 1 : -1);
  }

  step(by) {
    const cues = [...this.querySelectorAll(".entry, .frame")].filter((cue) => cue.checkVisibility());
    const here = cues.findIndex((cue) => cue.contains(document.activeElement));
    const from = here >= 0 ? here : cues.findIndex((cue) => cue.getBoundingClientRect().top >= 0) - (by > 0 ? 1 : 0);
    const next = cues[Math.max(0, Math.min(cues.length - 1, from + by))];
    (next?.matches("a") ? next : next?.querySelector("a"))?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "start" });
  }
}

customElements.define("entry-keys", EntryKeys);
