// Where guidelines and policies disagree: points one below the other, each with what its sources say.

function guidelineConflictsView(data, panel) {
  const points = data.guideline_conflicts;
  if (!points.length) return null;
  return el(
    "section",
    { class: "box guideline-conflicts", id: "guideline-conflicts", tabindex: "-1", "aria-labelledby": "guideline-conflicts-title" },
    el("h2", { id: "guideline-conflicts-title" }, "Where guidelines and policies disagree"),
    el("p", { class: "where lead" }, "Shown side by side, none weighed against another."),
    points.map((point, place) => pointView(point, place === 0 || points.length <= 2, panel)),
  );
}

function pointView(point, isOpen, panel) {
  return el(
    "details",
    { class: "point", open: isOpen },
    el("summary", {}, el("h3", {}, point.point), el("span", { class: "where" }, plural(point.sides.length, "source"))),
    el("ul", {}, point.sides.map((side) => sideView(side, panel))),
  );
}

function sideView(side, panel) {
  const source = button(`Source: ${side.publisher}, ${side.title}`, { class: "tag", "aria-haspopup": "dialog", "aria-expanded": "false" }, icon("source"), "source");
  source.addEventListener("click", () => panel.openPassage(side.passage, source, "What this source says"));
  return el(
    "li",
    {},
    el("strong", {}, side.publisher),
    ` (${side.kind}): ${side.says}. `,
    el("q", {}, side.quote),
    " ",
    source,
    el("p", { class: "remarks" }, [side.title, side.basis].filter(Boolean).join("; ")),
  );
}
