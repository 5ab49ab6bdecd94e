// A form without a script of its own leaves once, however often it is tapped; without a connection it
// stays, with what was typed in it, and says so.
const REST = 8000; // milliseconds in which one who taps again means the same
let sent = new Map();

function away(form, button) {
  form.querySelector("[data-away]")?.remove();
  const said = Object.assign(document.createElement("p"), { className: "away", role: "alert", textContent: document.body.dataset.away });
  said.dataset.away = "";
  const acts = button?.closest(".acts");
  if (acts && acts !== form) acts.before(said);
  else form.append(said);
}

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  if (navigator.onLine === false && document.body.dataset.away) {
    event.preventDefault();
    away(form, submitter);
  } else if (sent.get(form) === (submitter ?? form)) event.preventDefault();
  else {
    form.querySelector("[data-away]")?.remove();
    sent.set(form, submitter ?? form);
    setTimeout(() => sent.delete(form), REST);
  }
});

addEventListener("pageshow", () => { sent = new Map(); });
