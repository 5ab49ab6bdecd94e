// Shows notices of a project on this device, when asked to by its button and never before.
class PushNotices extends HTMLElement {
  async connectedCallback() {
    // Only secure pages have these; without a service worker there is nothing to ask for.
    if (!("PushManager" in window && "Notification" in window && navigator.serviceWorker)) return;
    if (!(await this.#worker())) return;
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const isEnd = "end" in event.submitter.dataset;
      (isEnd ? this.#end() : this.#begin()).catch(() => this.#say("failed"));
    });
    const isOn = this.#isKept && Boolean(await this.#subscription());
    // What is shown to one person ends when they leave; whoever is back says again where.
    if (isOn && this.hasAttribute("renew")) await this.#begin(true).catch(() => {});
    this.#turn(isOn);
    this.hidden = false;
  }

  // Of what is one person's, whoever uses this browser next has asked for nothing yet.
  get #name() { return `notices ${this.getAttribute("path")}${this.getAttribute("whose") ?? ""}`; }

  get #isKept() { return localStorage.getItem(this.#name) !== null; }

  async #worker() {
    try {
      await navigator.serviceWorker.register(this.getAttribute("worker"));
      return await navigator.serviceWorker.ready;
    } catch { return null; }
  }

  async #subscription() { return (await this.#worker())?.pushManager.getSubscription(); }

  async #begin(isQuiet = false) {
    if (await Notification.requestPermission() !== "granted") return this.#say("refused");
    const worker = await this.#worker();
    const asked = { userVisibleOnly: true, applicationServerKey: this.getAttribute("key") };
    const made = (await worker.pushManager.subscribe(asked)).toJSON();
    await this.#send("", { endpoint: made.endpoint, public_key: made.keys.p256dh, secret: made.keys.auth });
    localStorage.setItem(this.#name, "");
    this.#turn(true);
    if (!isQuiet) this.#say("begun");
  }

  async #end() {
    const made = await this.#subscription();
    if (made) await this.#send("/end", { endpoint: made.endpoint });
    localStorage.removeItem(this.#name);
    this.#turn(false);
    this.#say("ended");
  }

  async #send(where, said) {
    const form = new FormData(this.querySelector("form"));
    Object.entries(said).forEach(([name, value]) => form.set(name, value));
    const answer = await fetch(this.getAttribute("path") + where, { method: "POST", body: form });
    if (!answer.ok) throw new Error(`${answer.status}`);
  }

  #turn(isOn) {
    this.querySelector("[data-begin]").hidden = isOn;
    this.querySelector("[data-end]").hidden = !isOn;
  }

  #say(what) {
    const line = this.querySelector("[data-said]");
    line.textContent = line.dataset[what];
  }
}

customElements.define("push-notices", PushNotices);
