// Tells a returning visitor in a few lines what is new. Only this browser remembers how far was read;
// for as long as a tab is open the lines stay, until they are put away.
class SinceLast extends HTMLElement {
  connectedCallback() {
    this.key = `read ${this.getAttribute("project")}`;
    this.position = Number(this.getAttribute("position"));
    this.hear = ({ detail }) => { if (!document.hidden) this.note(detail.position); };
    document.addEventListener("told", this.hear);
    try {
      this.tell();
    } catch {
      // A browser that keeps nothing has no last time.
    }
  }

  disconnectedCallback() {
    document.removeEventListener("told", this.hear);
  }

  async tell() {
    const read = Number(sessionStorage.getItem(this.key) ?? localStorage.getItem(this.key));
    this.note(this.position);
    if (!read || read >= this.position) return;
    sessionStorage.setItem(this.key, read);
    const answer = await fetch(`${this.getAttribute("src")}${read}/lines`, { credentials: "same-origin" }).catch(() => null);
    const lines = answer?.ok ? (await answer.text()).trim() : "";
    if (lines) this.show(lines);
  }

  show(lines) {
    this.innerHTML = lines;
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "reach", textContent: this.getAttribute("label"),
    });
    button.addEventListener("click", () => {
      sessionStorage.setItem(this.key, this.position);
      this.replaceChildren();
    });
    this.querySelector("section").append(button);
  }

  note(position) {
    try {
      if (position > Number(localStorage.getItem(this.key))) localStorage.setItem(this.key, position);
    } catch {
      // Nothing is kept here.
    }
  }
}

customElements.define("since-last", SinceLast);
