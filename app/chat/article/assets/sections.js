// The article itself: sentences, each with what it rests on.


function sectionView(data, section, panel, say) {
  const heading = el("h2", {}, section.heading);
  return el(
    "details",
    { class: "section", id: `section-${section.id}`, open: section.open, tabindex: "-1" },
    el("summary", {}, heading),
    el(
      "div",
      { class: "claims" },
      section.claims.map((claim, place) => claimView(data, claim, section.claims[place - 1], panel, say)),
      el("p", { class: "section-foot" }, copyTextButton(`Copy “${section.heading}” with its sources`, section.copied, say)),
    ),
  );
}

function copyTextButton(label, text, say) {
  return el("button", { type: "button", class: "quiet labelled", on: { click: () => copy(text, say) } }, icon("copy"), label);
}

function claimView(data, claim, before, panel, say) {
  // What the check found on a demand belongs under the demand.
  const finding = claim.checked && before && before.basis === "policy";
  return el(
    "p",
    { class: `claim ${claim.basis}${finding ? " finding" : ""}` },
    citedText(claim.text, claim.citations.map((n) => citationButton(data, n, panel))),
    claim.spans.length > 0 && [" ", recordButton(claim.spans, panel)],
    claim.checked && [" ", checkMark(claim, panel)],
    " ",
    copyButton("Copy this sentence with its sources", claim.copied, say),
  );
}

// Numbers stay on the line of the word before them.
function citedText(text, numbers) {
  if (!numbers.length) return text;
  const last = text.lastIndexOf(" ") + 1;
  return [text.slice(0, last), el("span", { class: "together" }, text.slice(last), numbers.slice(0, 3)), numbers.slice(3)];
}

function citationButton(data, n, panel) {
  const reference = data.references.find((one) => one.n === n);
  const title = reference ? sourceOf(data, data.passages[reference.passage]).title : "";
  const made = button(`Citation ${n}: ${title}`, { class: "citation", "aria-haspopup": "dialog", "aria-expanded": "false" }, String(n));
  made.addEventListener("click", () => panel.openCitation(n, made));
  return made;
}

function recordButton(spans, panel, label = "record") {
  const made = el(
    "button",
    { type: "button", class: "tag record", title: "Show these words in the record", "aria-haspopup": "dialog", "aria-expanded": "false" },
    icon("words"),
    label,
  );
  made.addEventListener("click", () => panel.openRecord(spans, made));
  return made;
}

function checkMark(claim, panel) {
  if (!claim.criteria.length) return el("span", { class: "tag" }, "criteria check");
  const jump = () => {
    const rows = [...panel.article.querySelectorAll("[data-criterion]")];
    jumpTo(rows.find((row) => claim.criteria.includes(row.dataset.criterion) && !row.hidden));
  };
  return el("button", { type: "button", class: "tag", title: "Show the criterion", on: { click: jump } }, "criteria check");
}

function referencesView(data, panel) {
  if (!data.references.length) return null;
  const entry = (reference) => {
    const source = sourceOf(data, data.passages[reference.passage]);
    return el(
      "li",
      { value: reference.n },
      reference.cited,
      " ",
      citedWords(reference, data, panel),
      source.url && [" ", link(source.url, "Original", icon("open"))],
      source.url && el("span", { class: "address" }, source.url),
    );
  };
  return el(
    "section",
    { class: "references", id: "references", tabindex: "-1" },
    el("h2", {}, "References"),
    el("ol", {}, data.references.map(entry)),
  );
}

function citedWords(reference, data, panel) {
  const passage = data.passages[reference.passage];
  const words = reference.said ? "Show the passage" : `“${passage.quote}”`;
  const options = { type: "button", class: reference.said ? "quoted tag" : "quoted words", "aria-haspopup": "dialog", "aria-expanded": "false" };
  const made = el("button", options, words);
  made.addEventListener("click", () => panel.openCitation(reference.n, made));
  return made;
}

function contentsView(data, entries) {
  const items = entries.filter((entry) => entry.target);
  if (items.length < 4) return null;
  return el(
    "nav",
    { class: "contents", "aria-label": "In this article" },
    el("ul", {}, items.map(({ name, target }) =>
      el("li", {}, el("button", { type: "button", on: { click: () => jumpTo(target) } }, name)))),
  );
}
