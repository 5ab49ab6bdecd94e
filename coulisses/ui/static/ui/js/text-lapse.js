// Plays the versions of a text: each version's own page is asked for what it says in `.version`.
import { Lapse } from "./lapse.js";

const BEFORE = 24; // letters that tell one place of a text from another

class TextLapse extends Lapse {
  pace = { whole: 60000, slowest: 2400, fastest: 700 };

  found() {
    return [...this.querySelectorAll("a[href]")].map((mark) => mark.getAttribute("href")).filter((href) => href.startsWith("?at="));
  }

  async fetched(href) {
    const answer = await fetch(href).catch(() => null);
    if (!answer?.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".version");
  }

  put(page) {
    const fresh = document.adoptNode(page);
    this.closest(".life").querySelector(".version").replaceWith(fresh);
    const [leaf, prose] = [fresh.querySelector(".leaf"), fresh.querySelector(".prose")];
    if (!leaf) return;
    leaf.classList.add("is-playing");
    leaf.replaceChildren(...TextLapse.marked(leaf.textContent, prose?.childNodes ?? []));
    const put = leaf.querySelector("ins");
    if (put) leaf.scrollTop = put.offsetTop - leaf.clientHeight / 3;
  }

  // The text with what was put into it marked: each is found by the words that stand before it.
  static marked(text, nodes) {
    const parts = [];
    let [shown, before] = [0, ""];
    for (const node of nodes) {
      if (node.nodeName === "DEL") continue;
      if (node.nodeName === "INS") {
        const tail = before.split("…").at(-1).slice(-BEFORE);
        const start = text.indexOf(tail + node.textContent, Math.max(0, shown - BEFORE)) + tail.length;
        if (start >= Math.max(shown, tail.length)) {
          parts.push(text.slice(shown, start), Object.assign(document.createElement("ins"), { textContent: node.textContent }));
          shown = start + node.textContent.length;
        }
      }
      before += node.textContent;
    }
    return [...parts, text.slice(shown)];
  }
}

customElements.define("text-lapse", TextLapse);
