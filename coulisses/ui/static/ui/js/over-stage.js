// Over a stream: whatever moves in the work, in the room or beside them, what is shown is read anew.
const REST = 300; // milliseconds between two readings

class OverStage extends HTMLElement {
  connectedCallback() {
    this.streams = ["work", "room"].map((name) => this.follow(this.getAttribute(name)));
    this.readAt = 0;
  }

  disconnectedCallback() {
    for (const one of this.streams) one.close();
    clearTimeout(this.timer);
  }

  follow(address) {
    const stream = new EventSource(address);
    const kinds = this.getAttribute("kinds").split(" ");
    for (const kind of [...kinds, "moved", "reset", "past", "open"]) stream.addEventListener(kind, () => this.later());
    return stream;
  }

  later() {
    this.timer ??= setTimeout(() => this.read(), Math.max(0, this.readAt + REST - Date.now()));
  }

  async read() {
    this.timer = null;
    this.readAt = Date.now();
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("over");
    const shown = document.getElementById("over");
    if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(document.adoptNode(fresh));
  }
}

customElements.define("over-stage", OverStage);
