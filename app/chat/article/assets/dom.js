// Elements are made one by one and words set as text: no string of the data is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  met: "M4.2 8.4l2.6 2.6 5-5.6",
  not_met: "M5 5l6 6M11 5l-6 6",
  not_documented: "M6.1 6.3a1.95 1.95 0 1 1 2.7 1.8c-.6.25-.8.6-.8 1.2M8 11.4v.1",
  not_applicable: "M5 8h6",
  policy_check: "M5 4.5h6M5 8h6M5 11.5h3.5",
  copy: "M6 6h7v7H6zM3 10V3h7",
  open: "M9 3h4v4M13 3L7.5 8.5M11 9.5V13H3V5h3.5",
  close: "M4 4l8 8M12 4l-8 8",
  previous: "M10 3.5L5.5 8l4.5 4.5",
  next: "M6 3.5L10.5 8 6 12.5",
  source: "M3 3h7.5L13 5.5V13H3zM5.5 7h5M5.5 10h5",
  words: "M3.5 9.5c0-3 1-4.5 3-5.5M3.5 9.5h3v3h-3zM9.5 9.5c0-3 1-4.5 3-5.5M9.5 9.5h3v3h-3z",
  person: "M8 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM3 13.5c.6-2.6 2.5-4 5-4s4.400 1.400 5 4",
  warning: "M8 2.500l6 10.800H2zM8 6.500v3M8 11.300v.1",
};

// Statuses of policies and of criteria share five looks; the words beside them tell which it is.
const LOOKS = {
  criteria_met: "met",
  criteria_not_met: "not_met",
  not_covered: "not_met",
  needs_policy_check: "policy_check",
  needs_documentation: "not_documented",
};

function el(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function icon(name, ring = false) {
  const drawn = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }))
    drawn.setAttribute(key, value);
  if (ring) {
    const circle = document.createElementNS(SVG, "circle");
    for (const [key, value] of Object.entries({ cx: 8, cy: 8, r: 7 })) circle.setAttribute(key, String(value));
    drawn.append(circle);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawn.append(path);
  return drawn;
}

function lookOf(status) {
  return Object.hasOwn(LOOKS, status) ? LOOKS[status] : Object.hasOwn(ICONS, status) ? status : "not_applicable";
}

// A status is its icon, its words and its colour, in this order of weight.
function statusMark(status, words, kind = "span") {
  const look = lookOf(status);
  return el(kind, { class: `status ${look}` }, icon(look, true), el("span", {}, words));
}

function button(label, options, ...children) {
  return el("button", { type: "button", "aria-label": label, title: label, ...options }, ...children);
}

function plural(count, one, many) {
  return `${count} ${count === 1 ? one : many ?? one + "s"}`;
}

function bullets(items) {
  return el("ul", {}, items.map((item) => el("li", {}, item)));
}

// Only web addresses become links: whatever else stands where an address should stays text.
function link(address, ...children) {
  let safe = null;
  try {
    const read = new URL(address);
    safe = read.protocol === "https:" || read.protocol === "http:" ? read.href : null;
  } catch {
    safe = null;
  }
  if (safe === null) return el("span", {}, ...children);
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function jumpTo(target) {
  if (!target) return;
  for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  target.scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
}
