// Adds a button that copies the address of the link inside.
class CopyLink extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    // Browsers lend the clipboard to secure pages only; elsewhere the link alone does.
    if (!link || !navigator.clipboard || this.querySelector("button")) return;
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "reach", textContent: this.getAttribute("label"),
    });
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(link.href);
      button.textContent = this.getAttribute("done");
      setTimeout(() => { button.textContent = this.getAttribute("label"); }, 2000);
    });
    this.append(button);
  }
}

customElements.define("copy-link", CopyLink);
