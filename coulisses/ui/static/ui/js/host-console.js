import { inTurn, isWritten, read } from "./parts.js";

// The host's console: forms are sent without leaving the page, and what moved is read anew.
const TURN = 400; // milliseconds between two readings
const AGAIN = 4000; // … between two waves of a form that is sent again by itself
const HEARD = ["heard", "moved", "rejoined"];

class HostConsole extends HTMLElement {
  connectedCallback() {
    this.sent = new Set();
    this.acts = 0;
    this.reading = inTurn(() => this.readAnew(), () => TURN);
    this.addEventListener("submit", (event) => this.leave(event));
    this.addEventListener("focusout", () => this.isBehind && this.reading.ask());
    this.onHeard = () => this.reading.ask();
    for (const type of HEARD) document.addEventListener(type, this.onHeard);
  }

  disconnectedCallback() {
    for (const type of HEARD) document.removeEventListener(type, this.onHeard);
    this.reading.end();
  }

  leave(event) {
    const { target: form, submitter } = event;
    if ("leaves" in form.dataset) return;
    event.preventDefault();
    if (!this.sent.has(form)) this.send(form, submitter, Number(form.dataset.again ?? 0));
  }

  async send(form, button, again) {
    const { action } = form, act = (this.acts += 1);
    this.sent.add(form);
    const body = new FormData(form, button);
    const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    const said = await answer?.text().catch(() => null);
    this.sent.delete(form);
    const isLast = act === this.acts;
    this.acts += 1;
    if (!answer?.ok || !said) return this.say(wrong(said) ?? this.dataset.wrongWords);
    this.say("");
    if (isLast) this.become(parsed(said), form, button?.value);
    else this.reading.ask();
    if (again > 1) setTimeout(() => this.wave(action, again - 1), AGAIN);
  }

  // What is sent by itself is looked for then: the console has been read anew meanwhile.
  wave(action, again) {
    const form = [...this.querySelectorAll("form")].find((one) => one.action === action && one.querySelector("button:enabled"));
    if (form) this.send(form, null, again);
  }

  // What was read may be older than what was done since, and nothing moves under a finger that presses.
  async readAnew() {
    const { acts } = this;
    const page = await read(location.href);
    if (acts !== this.acts || this.sent.size || this.matches(":active")) this.reading.ask();
    else if (page) this.become(page);
  }

  // What somebody writes or chooses stays, unless they have just sent it; what they unfolded stays unfolded.
  become(made, form, value) {
    this.isBehind = false;
    for (const part of this.querySelectorAll("[data-part]")) {
      const fresh = made.querySelector(`[data-part="${part.dataset.part}"]`);
      const at = part.contains(document.activeElement) && document.activeElement;
      const isSent = Boolean(form) && part.contains(form);
      const isAt = at && at.matches("input, select, textarea") && !form?.contains(at);
      const isBusy = isAt || (!isSent && isWritten(part));
      this.isBehind ||= isBusy;
      if (!fresh || isBusy) continue;
      if (!isSent) for (const one of part.querySelectorAll("details[open][id]")) fresh.querySelector(`[id="${one.id}"]`)?.setAttribute("open", "");
      part.replaceWith(document.adoptNode(fresh));
      if (at && isSent) this.back(fresh, form.action, value);
      else if (at) focusAgain(at, fresh);
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

// The button, or the fold, that somebody stood at.
function focusAgain(at, part) {
  const marks = (one) => [one.textContent, one.value, one.form?.action, one.closest("[id]")?.id].join();
  [...part.querySelectorAll(at.localName)].find((one) => marks(one) === marks(at))?.focus({ preventScroll: true });
}

function parsed(page) {
  return new DOMParser().parseFromString(page, "text/html");
}

function wrong(said) {
  try {
    return JSON.parse(said).detail;
  } catch {
    return null;
  }
}

customElements.define("host-console", HostConsole);
