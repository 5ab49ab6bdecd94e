import { isInUse } from "./parts.js";

// The host's console: forms are sent without leaving the page, and what moved is read anew.
const TURN = 400; // milliseconds between two readings
const AGAIN = 4000; // … between two waves of a form that is sent again by itself
const HEARD = ["heard", "moved", "rejoined"];

class HostConsole extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.leave(event));
    this.onHeard = () => this.soon();
    for (const type of HEARD) document.addEventListener(type, this.onHeard);
  }

  disconnectedCallback() {
    for (const type of HEARD) document.removeEventListener(type, this.onHeard);
    clearTimeout(this.turn);
  }

  leave(event) {
    const { target: form, submitter } = event;
    if ("leaves" in form.dataset) return;
    event.preventDefault();
    if (this.sent !== form) this.send(form, submitter, Number(form.dataset.again ?? 0));
  }

  async send(form, button, again) {
    this.sent = form;
    const body = new FormData(form, button);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    this.sent = null;
    if (!answer?.ok) return this.say((await answer?.json().catch(() => null))?.detail ?? this.dataset.wrongWords);
    this.say("");
    this.become(await answer.text(), form.action, button?.value);
    const next = again > 1 && [...this.querySelectorAll("form")].find((one) => one.action === form.action);
    if (next) setTimeout(() => next.isConnected && this.send(next, null, again - 1), AGAIN);
  }

  soon() {
    this.turn ??= setTimeout(() => this.readAnew(), TURN);
  }

  async readAnew() {
    const answer = await fetch(location.href).catch(() => null);
    this.turn = null;
    if (answer?.ok && !this.sent) this.become(await answer.text());
  }

  // What somebody is at stays, unless they have just sent it; what they unfolded stays unfolded.
  become(page, action, value) {
    const made = new DOMParser().parseFromString(page, "text/html");
    for (const part of this.querySelectorAll("[data-part]")) {
      const fresh = made.querySelector(`[data-part="${part.dataset.part}"]`);
      const wasHere = action && part.contains(document.activeElement);
      if (!fresh || (isInUse(part) && !wasHere)) continue;
      if (!wasHere) for (const one of part.querySelectorAll("details[open][id]")) fresh.querySelector(`[id="${one.id}"]`)?.setAttribute("open", "");
      part.replaceWith(document.adoptNode(fresh));
      if (wasHere) this.back(fresh, action, value);
    }
  }

  back(part, action, value) {
    const buttons = [...part.querySelectorAll("button")].filter((one) => one.form.action === action);
    (buttons.find((one) => one.value === value) ?? buttons[0])?.focus({ preventScroll: true });
  }

  say(words) {
    const said = this.querySelector("[data-said]");
    said.textContent = words;
    said.hidden = !words;
  }
}

customElements.define("host-console", HostConsole);
