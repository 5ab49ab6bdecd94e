// Offers the browser's own time zone where none was chosen yet.
class ZoneHere extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (list.value === "" && [...list.options].some((one) => one.value === zone)) list.value = zone;
  }
}

customElements.define("zone-here", ZoneHere);
