// Days and hours where the reader is, said as the house says them.
export function absolute(date) {
  const language = document.documentElement.lang;
  const isFrench = language.startsWith("fr");
  const month = date.toLocaleString(language, { month: "long" });
  const number = isFrench && date.getDate() === 1 ? "1er" : date.getDate();
  const year = date.getFullYear() === new Date().getFullYear() ? "" : ` ${date.getFullYear()}`;
  const [hour, minute] = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0"));
  return `${number} ${month}${year}, ${isFrench ? `${hour}\u00a0h\u00a0${minute}` : `${hour}:${minute}`}`;
}

// What is still to come says its day of the week too: one plans by it.
export function coming(date) {
  return `${date.toLocaleString(document.documentElement.lang, { weekday: "long" })} ${absolute(date)}`;
}

// The same in full, with the zone it is said in.
export function precise(date) {
  return date.toLocaleString(document.documentElement.lang, {
    weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });
}
