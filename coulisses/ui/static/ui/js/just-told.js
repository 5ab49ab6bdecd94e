// Offers to take back what arrives while the team looks on, for as long as that is possible.
class JustTold extends HTMLElement {
  connectedCallback() {
    this.seconds = Number(this.getAttribute("seconds"));
    this.hear = ({ detail }) => this.offer(detail.position);
    document.addEventListener("told", this.hear);
    for (const item of this.querySelectorAll("li")) this.leave(item, Number(item.dataset.left));
  }

  disconnectedCallback() {
    document.removeEventListener("told", this.hear);
  }

  offer(position) {
    if (this.querySelector(`[data-position="${position}"]`)) return;
    const item = this.querySelector("template").content.firstElementChild.cloneNode(true);
    item.dataset.position = position;
    const form = item.querySelector("form");
    form.action = form.getAttribute("action").replace("/0/", `/${position}/`);
    for (const place of item.querySelectorAll("[data-number]")) place.textContent = position;
    this.querySelector("ul").append(item);
    this.leave(item, this.seconds);
  }

  leave(item, seconds) {
    setTimeout(() => item.remove(), seconds * 1000);
  }
}

customElements.define("just-told", JustTold);
