// Writes an address while a name is being typed, until the address is changed by hand.
const PAIRS = [["title", "slug"], ["name", "studio_slug"]];
const LETTERS = { "’": "-", ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
const LONGEST = 50;

const slug = (name) => name.toLowerCase().replace(/[’ßæœøđðłþı]/g, (one) => LETTERS[one])
  .normalize("NFKD").replace(/[^\x00-\x7f]/g, "").replace(/[^a-z0-9]+/g, "-")
  .replace(/^-+|-+$/g, "").slice(0, LONGEST).replace(/-+$/, "");

class SlugFrom extends HTMLElement {
  connectedCallback() {
    const fields = this.querySelector("form").elements;
    for (const [from, to] of PAIRS) {
      const name = fields.namedItem(from), address = fields.namedItem(to);
      // Only shown, never sent: the house finds one that is free, which the browser cannot know.
      name.addEventListener("input", () => { address.placeholder = slug(name.value); });
      if (name.value) address.placeholder = slug(name.value);
    }
  }
}

customElements.define("slug-from", SlugFrom);
