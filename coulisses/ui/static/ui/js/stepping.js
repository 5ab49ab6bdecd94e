// From one thing to the next down a page, and up again: the focus goes to what can be acted on there.
export function step(things, by) {
  const shown = [...things].filter((one) => one.checkVisibility());
  const here = shown.findIndex((one) => one.contains(document.activeElement));
  const from = here >= 0 ? here : shown.findIndex((one) => one.getBoundingClientRect().top >= 0) - (by > 0 ? 1 : 0);
  const next = shown[Math.max(0, Math.min(shown.length - 1, from + by))];
  const acts = next?.matches("a") ? [next] : [...(next?.querySelectorAll("a, button, summary") ?? [])];
  acts.find((one) => one.checkVisibility())?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "start" });
  return Boolean(next);
}
