// Signs in by a passkey, or makes one: fills the form inside with what the authenticator answers.
const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

function asked({ publicKey }, isNew) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (!isNew) return { ...options, allowCredentials: known(publicKey.allowCredentials) };
  return {
    ...options,
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: known(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection,
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    },
  };
}

function answered(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = text(key.response[name]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return JSON.stringify({
    id: key.id, rawId: text(key.rawId), type: key.type, response,
    authenticatorAttachment: key.authenticatorAttachment ?? undefined,
    clientExtensionResults: key.getClientExtensionResults(),
  });
}

class PassKey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    const form = this.querySelector("form");
    this.hidden = form.hidden = false;
    this.querySelector("[data-without]")?.remove();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(form);
    });
  }

  async ask(form) {
    const wrong = form.querySelector("[role=alert][hidden]") ?? form.querySelector("[role=alert]");
    const isNew = this.dataset.do === "create";
    wrong.hidden = true;
    try {
      const publicKey = asked(await this.options(), isNew);
      const how = { publicKey };
      const key = isNew ? await navigator.credentials.create(how) : await navigator.credentials.get(how);
      form.elements.credential.value = answered(key);
      form.submit();
    } catch {
      wrong.hidden = false;
    }
  }

  async options() {
    const inside = this.querySelector("script");
    if (inside) return JSON.parse(inside.textContent);
    const answer = await fetch(this.dataset.from, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }
}

customElements.define("pass-key", PassKey);
