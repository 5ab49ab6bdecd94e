import { areOff } from "./house-keys.js";
import { step } from "./stepping.js";

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
    else step(this.querySelectorAll(".entry, .frame"), event.key === "j" ? 1 : -1);
  }
}

customElements.define("entry-keys", EntryKeys);
