import { inTurn, isInUse, read } from "./parts.js";
import { Stream } from "./stream.js";

const OURS = ["lead.offered", "lead.developed", "lead.kept", "lead.put_by"];
const KINDS = [...OURS, "word.hidden", "word.restored", "entry.shredded"]; // those speak of any words
const REST = 1500; // milliseconds between two looks, and as many at most by chance: not all at once

// Lets new leads and their answers in, without taking away what somebody is writing.
class DoubtLeads extends HTMLElement {
  connectedCallback() {
    this.gone = new Set();
    this.reading = inTurn(() => this.refresh(), () => REST * Math.random());
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
    this.reading.end();
  }

  hear({ type, data }) {
    const isOurs = OURS.includes(type) && data.includes(`data-cue="${this.getAttribute("cue")}"`);
    const about = /data-about="(\d+)"/.exec(data ?? "")?.[1];
    const isOfOne = !OURS.includes(type) && about && this.querySelector(`#say-${about}`);
    if (isOfOne && type === "entry.shredded") this.gone.add(about);
    if (!isOurs && !isOfOne && type !== "reset" && type !== "rejoined") return;
    this.reading.ask();
  }

  async refresh() {
    const page = await read(location.href);
    if (!page) return;
    const list = this.querySelector("[data-leads]");
    for (const fresh of page.querySelectorAll("[data-leads] > li")) this.put(list, document.adoptNode(fresh));
    for (const one of this.gone) if (!page.getElementById(`say-${one}`)) document.getElementById(`say-${one}`)?.remove();
    if (list.children.length) this.querySelector("[data-none]")?.remove();
  }

  put(list, fresh) {
    const old = document.getElementById(fresh.id);
    if (!old) list.append(fresh);
    else if (!isInUse(old)) old.replaceWith(fresh);
    else for (const said of fresh.querySelectorAll(".offered")) this.say(said);
  }

  // Beside what somebody writes, words follow alone: what was hidden goes from every screen.
  say(fresh) {
    const old = document.getElementById(fresh.id);
    if (old && !isInUse(old)) old.replaceWith(fresh);
  }
}

customElements.define("doubt-leads", DoubtLeads);
