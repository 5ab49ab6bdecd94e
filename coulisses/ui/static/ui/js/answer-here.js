// What waits for a word is answered where it is listed: opened, the field is there to be typed in.
class AnswerHere extends HTMLElement {
  connectedCallback() {
    const [details, field] = [this.querySelector("details"), this.querySelector("textarea")];
    details.addEventListener("toggle", () => details.open && field.focus());
  }
}

customElements.define("answer-here", AnswerHere);
