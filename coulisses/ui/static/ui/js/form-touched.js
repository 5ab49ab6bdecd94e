// Asks the house for the hour at which somebody first touches a form: pages that all share hold none.
class FormTouched extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.field = this.querySelector("[name=touched]");
    this.touch = () => this.ask();
    this.form.addEventListener("focusin", this.touch, { once: true });
    if (this.form.contains(document.activeElement)) this.ask(); // on a slow line they began before this was here
  }

  disconnectedCallback() {
    this.form.removeEventListener("focusin", this.touch);
  }

  async ask() {
    if (this.field.value) return;
    const answer = await fetch(this.getAttribute("src")).catch(() => null);
    if (answer?.ok) this.field.value = (await answer.text()).trim();
  }
}

customElements.define("form-touched", FormTouched);
