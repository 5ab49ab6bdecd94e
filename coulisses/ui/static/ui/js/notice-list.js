// Whoever follows a notice has read it: the form that says so is sent as one leaves.
class NoticeList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#follow(event));
    this.addEventListener("auxclick", (event) => this.#follow(event));
  }

  #follow(event) {
    const row = event.target.closest("a") && event.target.closest("li");
    const form = row?.querySelector("form[data-read]");
    if (!form) return;
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", keepalive: true }).catch(() => {});
    row.classList.remove("is-new");
    row.querySelector(".tape")?.remove();
    form.remove();
    document.querySelector("notice-bell")?.dispatchEvent(new Event("look"));
  }
}

customElements.define("notice-list", NoticeList);
