// The case as read: the record's words, the facts, and which words each fact rests on.

function recordSection(data) {
  const { record } = data;
  if (!record.facts.length) return null;
  const text = el("p", { class: "text record-text" }, record.segments.map((segment) =>
    segment.spans.length ? el("span", { class: "ground", "data-spans": segment.spans.join(" ") }, segment.text) : segment.text));
  return el(
    "section",
    { class: "case", id: "case", tabindex: "-1" },
    el("h2", {}, "The case as read"),
    el("div", { class: "case-columns" },
      el("div", { class: "case-text" }, el("h3", {}, "The record"), text),
      el("div", {}, el("h3", {}, "Facts"), el("ul", { class: "facts" }, record.facts.map((fact) => factView(fact, text))))),
  );
}

function factView(fact, text) {
  const said = [
    el("span", { class: "fact-label" }, fact.label),
    el("span", { class: "value" }, fact.value),
    el("span", { class: "support" }, fact.quote ? `“${fact.quote}”, ${fact.support}` : fact.support),
  ];
  if (fact.span === null) return el("li", {}, el("span", { class: "fact" }, said));
  const light = (on) => () => lightUp(text, fact.span, on);
  // A page that scrolls under a resting mouse must not take the light from the fact the keyboard is at.
  const hover = (on) => () => made.closest("ul").querySelector(".fact:focus-visible") ?? lightUp(text, fact.span, on);
  const made = el("button", { type: "button", class: "fact", title: "Show these words in the record",
    on: { mouseenter: hover(true), mouseleave: hover(false), focus: light(true), blur: light(false),
      click: () => lightUp(text, fact.span, true)?.scrollIntoView({ block: "nearest" }) } }, said);
  return el("li", {}, made);
}

// One fact at a time, whether the mouse or the keyboard points to it.
function lightUp(text, span, on) {
  const rests = (ground) => ground.dataset.spans.split(" ").includes(String(span));
  const grounds = [...text.querySelectorAll(".ground")];
  for (const ground of grounds) ground.classList.toggle("lit", on && rests(ground));
  return grounds.find(rests);
}

function conflictsView(data, panel) {
  const { conflicts, facts } = data.record;
  if (!conflicts.length) return null;
  const reading = (fact) => el("li", {}, el("span", { class: "value" }, fact.value), " ",
    fact.quote && el("q", {}, fact.quote), " ", fact.span !== null && recordButton([fact.span], panel));
  return el(
    "section",
    { class: "box warning", "aria-labelledby": "conflicts-title" },
    el("h2", { id: "conflicts-title" }, icon("warning"), "The record contradicts itself"),
    conflicts.map((conflict) => [
      el("p", {}, el("strong", {}, conflict.label), " counts as not documented:"),
      el("ul", {}, conflict.facts.map((place) => reading(facts[place]))),
      el("p", {}, conflict.question),
    ]),
  );
}
