// Names of those who wish to be seen, as they come and go. Who is one of them gives a sign now and then,
// for as long as the page is looked at.
const EACH = 20_000; // milliseconds between two signs

class WhoIsHere extends HTMLElement {
  connectedCallback() {
    this.hear = ({ detail }) => detail.here && this.show(detail.here.names);
    this.back = () => this.ask();
    document.addEventListener("moved", this.hear);
    document.addEventListener("rejoined", this.back);
    if (!this.hasAttribute("shown")) return;
    this.timer = setInterval(() => this.stay(), EACH);
    this.stay();
  }

  disconnectedCallback() {
    document.removeEventListener("moved", this.hear);
    document.removeEventListener("rejoined", this.back);
    clearInterval(this.timer);
  }

  stay() {
    if (document.visibilityState === "visible") this.ask({ method: "POST", body: new URLSearchParams({ act: "still" }) });
  }

  async ask(how = {}) {
    const answer = await fetch(this.getAttribute("src"), { ...how, headers: { Accept: "application/json" } }).catch(() => null);
    const said = answer?.ok && (await answer.json().catch(() => null));
    if (said) this.show(said.here.names);
  }

  show(names) {
    const items = names.map((name) => Object.assign(document.createElement("li"), { textContent: name }));
    this.querySelector("ul").replaceChildren(...items);
    this.hidden = !names.length && !this.querySelector("form");
  }
}

customElements.define("who-is-here", WhoIsHere);
