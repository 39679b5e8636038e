// What stands first: the state of review, a supposition if there is one, the verdict, and what just changed.

function bannerView(banner) {
  const look = banner.review === "approved" ? "reviewed" : "pending";
  return el("p", { class: `banner ${look}` }, icon("person"), el("span", {}, el("strong", {}, banner.words), " ", banner.detail));
}

function hypothesisView(hypothesis) {
  return el(
    "div",
    { class: "hypothesis", role: "note" },
    el("p", { class: "hypothesis-title" }, icon("warning"), el("strong", {}, "Hypothetical. Not in the record.")),
    el("p", {}, "Supposed: ", hypothesis),
  );
}

function verdictView(data, say) {
  const { verdict } = data;
  const copied = `${verdict.words}. ${verdict.headline}\n${verdict.basis}\n\n${data.banner.words}. ${data.banner.detail}\n`;
  return el(
    "section",
    { class: `verdict ${verdict.status ? lookOf(verdict.status) : "none"}`, "aria-label": "Verdict" },
    verdict.status ? statusMark(verdict.status, verdict.words, "p") : el("p", { class: "status" }, verdict.words),
    el("h2", { class: "headline", id: "headline" }, verdict.headline || data.question),
    verdict.basis && el("p", { class: "basis" }, verdict.basis),
    verdict.headline && el("p", { class: "question" }, el("span", {}, "Question"), " ", data.question),
    verdict.status && copyButton("Copy the verdict", copied, say),
  );
}

function policiesView(data) {
  if (!data.policies.length && !data.set_aside.length) return null;
  return el(
    "section",
    { class: "policies", id: "policies", tabindex: "-1" },
    el("h2", {}, "Policies"),
    el("ul", { class: "policy-list" }, data.policies.map(policyView)),
    data.set_aside.length > 0 &&
      el(
        "details",
        { class: "aside" },
        el("summary", {}, `${plural(data.set_aside.length, "policy", "policies")} that do not apply`),
        bullets(data.set_aside),
      ),
  );
}

function policyView(policy) {
  return el(
    "li",
    {},
    el(
      "div",
      { class: "policy-name" },
      el("h3", {}, policy.payer),
      el("p", {}, policy.title),
      el("p", { class: "where" }, [policy.policy_id, policy.version, policy.window].join(" · ")),
    ),
    el("div", { class: "policy-status" }, statusMark(policy.status, policy.words, "p"), el("p", {}, policy.reason)),
  );
}

function changesView(changes) {
  if (!changes) return null;
  return el(
    "section",
    { class: "box changes", "aria-labelledby": "changes-title" },
    el("h2", { id: "changes-title" }, "What changed"),
    changes.facts.length > 0 && el("ul", { class: "moves" }, changes.facts.map((move) => el("li", {}, moveView(move)))),
    changes.policies.length > 0 &&
      el(
        "ul",
        { class: "moves" },
        changes.policies.map(({ policy, criteria }) =>
          el(
            "li",
            {},
            moveView(policy),
            criteria.length > 0 && el("ul", {}, criteria.map((move) => el("li", {}, moveView(move)))),
          ),
        ),
      ),
  );
}

function moveView(move) {
  const shown = (side, none) => {
    if (!side) return el("span", {}, none);
    return side.status ? statusMark(side.status, side.words) : el("span", { class: "value" }, side.words);
  };
  return [
    el("span", { class: "move-label" }, move.label),
    el(
      "span",
      { class: "move" },
      el("span", { class: "unseen" }, "before: "),
      shown(move.before, "not decided"),
      el("span", { class: "arrow", "aria-hidden": "true" }, "→"),
      el("span", { class: "unseen" }, ", now: "),
      shown(move.after, "not decided"),
    ),
  ];
}
