// One line for who comes for the first time. Only this browser remembers that they came.
class FirstVisit extends HTMLElement {
  connectedCallback() {
    try {
      const isKnown = localStorage.getItem("been") && !sessionStorage.getItem("been");
      if (isKnown || sessionStorage.getItem("been") === "put away") return;
      localStorage.setItem("been", "1");
      sessionStorage.setItem("been", "reads");
    } catch {
      return; // a browser that keeps nothing would greet for ever
    }
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => {
      sessionStorage.setItem("been", "put away");
      this.hidden = true;
    });
  }
}

customElements.define("first-visit", FirstVisit);
