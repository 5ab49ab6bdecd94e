// Lists the pages that this device has kept, newest first, and looks again when there is a connection.
class LastRead extends HTMLElement {
  async connectedCallback() {
    this.back = () => location.reload();
    addEventListener("online", this.back);
    if (!("caches" in window)) return;
    const read = await caches.open("read");
    const list = this.querySelector("ul");
    for (const one of (await read.keys()).reverse()) {
      const { headers } = await read.match(one);
      if (headers.get("x-kept-as") !== "page") continue;
      const link = Object.assign(document.createElement("a"), { href: one.url });
      link.append(Object.assign(document.createElement("b"), { textContent: decodeURIComponent(headers.get("x-kept-title")) }));
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    this.querySelector("[data-none]").hidden = list.children.length > 0;
  }

  disconnectedCallback() {
    removeEventListener("online", this.back);
  }
}

customElements.define("last-read", LastRead);
