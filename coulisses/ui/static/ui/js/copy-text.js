// Adds a button that copies what the field inside holds.
class CopyText extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input, textarea");
    field?.addEventListener("focus", () => field.select());
    // Browsers lend the clipboard to secure pages only; elsewhere the text is selected, to be copied by hand.
    if (!field || !navigator.clipboard || this.querySelector("button")) return;
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "button ghost small", textContent: this.getAttribute("label"),
    });
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = this.getAttribute("done");
      setTimeout(() => { button.textContent = this.getAttribute("label"); }, 2000);
    });
    this.append(button);
  }
}

customElements.define("copy-text", CopyText);
