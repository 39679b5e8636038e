// Criteria one by one, each with its source and the fact used; then the policies side by side.

const FILTERS = [
  { name: "All", holds: () => true },
  { name: "Open", holds: (row) => row.status === "not_documented" },
  { name: "Not met", holds: (row) => row.status === "not_met" },
];

function checklistSection(data, panel) {
  if (!data.checklists.length) return null;
  const policies = data.checklists.map((checklist) => checklistView(data, checklist, panel, data.checklists.length <= 2));
  const told = el("p", { class: "told", role: "status" });
  return el(
    "section",
    { class: "checklists", id: "checklists", tabindex: "-1" },
    el("h2", {}, "Criteria checklist"),
    filterChips(data, policies, told),
    told,
    policies.map((policy) => policy.element),
  );
}

function filterChips(data, policies, told) {
  const chips = FILTERS.map((filter) => {
    const groups = data.checklists.flatMap((checklist) => groupsOf(checklist.rows));
    const count = groups.filter((rows) => rows.some(filter.holds)).length;
    return el("button", { type: "button", class: "chip", "aria-pressed": "false" }, `${filter.name} `, el("span", { class: "count" }, String(count)));
  });
  const choose = (chosen, quiet) => {
    chips.forEach((chip, place) => chip.setAttribute("aria-pressed", String(place === chosen)));
    const shown = policies.map((policy) => policy.filter(FILTERS[chosen].holds, chosen > 0)).filter(Boolean);
    const count = shown.reduce((sum, of) => sum + of, 0);
    if (!quiet) told.textContent = `${plural(count, "criterion", "criteria")} shown, in ${plural(shown.length, "policy", "policies")}.`;
  };
  chips.forEach((chip, place) => chip.addEventListener("click", () => choose(place)));
  choose(0, true);
  return el("div", { class: "chips", role: "group", "aria-label": "Show criteria" }, chips);
}

// A criterion is shown with all its parts if it or one of them is asked for.
function groupsOf(rows) {
  const groups = [];
  for (const row of rows) {
    if (row.depth && groups.length) groups.at(-1).push(row);
    else groups.push([row]);
  }
  return groups;
}

function checklistView(data, checklist, panel, isOpen) {
  const groups = groupsOf(checklist.rows).map((rows) => ({
    rows,
    elements: rows.map((row) => rowView(data, row, panel)),
  }));
  const none = el("p", { class: "none", hidden: true }, "None under this policy.");
  const element = el(
    "details",
    { class: "checklist", open: isOpen, "data-policy": checklist.policy_id },
    el("summary", {}, el("h3", {}, checklist.title), statusMark(checklist.status, checklist.words), countsView(checklist)),
    checklist.would_change.length > 0 && wouldChange(checklist),
    el("ul", { class: "rows" }, groups.flatMap((group) => group.elements)),
    none,
    checklist.notes.map((note) => el("div", { class: "note" }, el("h4", {}, note.lead), bullets(note.items))),
  );
  const filter = (holds, narrowed) => {
    let shown = 0;
    for (const group of groups) {
      const wanted = group.rows.some(holds);
      for (const one of group.elements) one.hidden = !wanted;
      shown += wanted ? 1 : 0;
    }
    none.hidden = shown > 0;
    if (narrowed) element.open = shown > 0;
    return shown;
  };
  return { element, filter };
}

function countsView(checklist) {
  return el("span", { class: "counts" }, checklist.counts.map(({ status, words, count }) =>
    el("span", { class: `tally ${lookOf(status)}` }, el("b", {}, String(count)), ` ${words}`)));
}

function wouldChange(checklist) {
  const lead = checklist.would_change.length > 1 ? "What would change this: any one of" : "What would change this";
  return el("div", { class: "note would-change" }, el("h4", {}, lead), bullets(checklist.would_change));
}

function rowView(data, row, panel) {
  const source = button(`Source: ${row.label}`, { class: "tag", "aria-haspopup": "dialog", "aria-expanded": "false" }, icon("source"), "source");
  source.addEventListener("click", () => panel.openPassage(row.passage, source));
  return el(
    "li",
    { class: `row depth-${row.depth ? 1 : 0}`, "data-criterion": row.id, "data-status": row.status, tabindex: "-1" },
    statusMark(row.status, row.words),
    el(
      "div",
      { class: "row-body" },
      el("p", {}, row.label, " ", source),
      row.remarks.length > 0 && el("p", { class: "remarks" }, row.remarks.join("; ")),
      usedFacts(data, row, panel),
    ),
  );
}

function usedFacts(data, row, panel) {
  const used = row.facts.map((place) => data.record.facts[place]);
  const said = used.map((fact) => el("p", { class: "used" }, `${fact.label}: `, el("span", { class: "value" }, fact.value), " ",
    fact.span !== null && recordButton([fact.span], panel, `“${fact.quote}”`)));
  if (row.status === "not_documented" && row.unknown.length)
    said.push(el("p", { class: "used" }, `Not in the record: ${row.unknown.join("; ")}`));
  return said;
}

function comparisonSection(data) {
  const { comparison } = data;
  if (!comparison) return null;
  const { policies, rows } = comparison;
  const head = el("tr", {}, el("th", { scope: "col" }, "Policy"), policies.map((policy) =>
    el("th", { scope: "col" }, policy.payer, el("span", { class: "where" }, policy.policy_id))));
  const line = (heading, cells) => el("tr", {}, el("th", { scope: "row" }, heading), cells.map((cell) => el("td", {}, cell)));
  return el(
    "section",
    { class: "comparison", id: "comparison", tabindex: "-1" },
    el("h2", {}, "Policies side by side"),
    el("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Policies side by side, scrolls sideways" },
      el("table", {},
        el("thead", {}, head),
        el("tbody", {},
          line("Status", policies.map((policy) => statusMark(policy.status, policy.words))),
          line("Version", policies.map((policy) => [policy.version, el("span", { class: "where" }, policy.window)])),
          rows.map((row) => line(row.heading, row.cells.map(cellView)))))),
  );
}

function cellView(cell) {
  if (!cell.items.length) return el("span", { class: "where" }, "none");
  return [bullets(cell.items), cell.more > 0 && el("p", { class: "where" }, `and ${cell.more} more`)];
}

function disagreementsView(data, panel) {
  if (!data.disagreements.length) return null;
  const reading = (one) => {
    const source = button(`Source: ${one.criterion}`, { class: "tag", "aria-haspopup": "dialog", "aria-expanded": "false" }, icon("source"), "source");
    source.addEventListener("click", () => panel.openPassage(one.passage, source));
    return el("li", {}, statusMark(one.status, one.words), ` ${one.policy}: ${one.criterion} `, source,
      one.remarks.length > 0 && el("p", { class: "remarks" }, one.remarks.join("; ")));
  };
  return el(
    "section",
    { class: "box", "aria-labelledby": "disagreements-title" },
    el("h2", { id: "disagreements-title" }, "Where the policies disagree on this record"),
    data.disagreements.map((one) => [el("h3", {}, one.fact), el("ul", {}, one.readings.map(reading))]),
  );
}
