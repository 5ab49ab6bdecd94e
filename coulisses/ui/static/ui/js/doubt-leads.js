import { Stream } from "./stream.js";

const KINDS = ["lead.offered", "lead.developed", "lead.kept", "lead.put_by"];
const REST = 1500; // milliseconds between two looks, and as many at most by chance: not all at once

// Lets new leads and their answers in, without taking away what somebody is writing.
class DoubtLeads extends HTMLElement {
  connectedCallback() {
    this.stream = new Stream(this.getAttribute("src"), {
      kinds: KINDS,
      cursor: this.getAttribute("cursor"),
      position: Number(this.getAttribute("position")),
      tell: (message) => this.hear(message),
    });
    this.stream.open();
  }

  disconnectedCallback() {
    this.stream?.close();
    clearTimeout(this.look);
  }

  hear({ type, data }) {
    const isOurs = KINDS.includes(type) && data.includes(`data-cue="${this.getAttribute("cue")}"`);
    if (!isOurs && type !== "reset") return;
    clearTimeout(this.look);
    this.look = setTimeout(() => this.refresh(), REST * Math.random());
  }

  async refresh() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = this.querySelector("[data-leads]");
    for (const fresh of page.querySelectorAll("[data-leads] > li")) this.put(list, document.adoptNode(fresh));
    if (list.children.length) this.querySelector("[data-none]")?.remove();
  }

  put(list, fresh) {
    const old = document.getElementById(fresh.id);
    if (!old) list.append(fresh);
    else if (!isWritten(old)) old.replaceWith(fresh);
  }
}

function isWritten(item) {
  return item.contains(document.activeElement) || [...item.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue);
}

customElements.define("doubt-leads", DoubtLeads);
