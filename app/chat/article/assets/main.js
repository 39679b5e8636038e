// Called by the page for each change of the data or of the theme; does nothing twice.

function isDark(host) {
  const [red, green, blue] = (getComputedStyle(host).backgroundColor.match(/[\d.]+/g) ?? ["255", "255", "255"]).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}

function articleView(data, host) {
  const article = el("article", { class: data.hypothesis ? "article supposed" : "article", lang: "en", "aria-labelledby": "headline" });
  const told = el("p", { class: "toast", role: "status" });
  let hush = 0;
  const say = (words) => {
    told.textContent = words;
    clearTimeout(hush);
    hush = setTimeout(() => (told.textContent = ""), 4000);
  };
  const panel = new Panel(data, article);
  article.append(...articleParts(data, panel, say));
  host.replaceChildren(article, panel.element, told);
  return panel;
}

function articleParts(data, panel, say) {
  const sections = data.sections.map((section) => ({ section, element: sectionView(data, section, panel, say) }));
  const focused = sections.some(({ section }) => !section.open) ? sections.filter(({ section }) => section.open) : [];
  const rest = sections.filter((one) => !focused.includes(one));
  const [policies, checklists, comparison] = [policiesView(data), checklistSection(data, panel), comparisonSection(data)];
  const [record, references] = [recordSection(data), referencesView(data, panel)];
  const contents = contentsView(data, [
    ...sections.map(({ section, element }) => ({ name: section.heading, target: element })),
    { name: "Checklist", target: checklists },
    { name: "Side by side", target: comparison },
    { name: "The case", target: record },
    { name: "References", target: references },
  ]);
  return [
    bannerView(data.banner),
    data.hypothesis && hypothesisView(data.hypothesis),
    verdictView(data, say),
    changesView(data.changes),
    conflictsView(data, panel),
    contents,
    focused.map(({ element }) => element),
    policies,
    disagreementsView(data, panel),
    guidelineConflictsView(data, panel),
    rest.map(({ element }) => element),
    checklists,
    comparison,
    record,
    references,
    data.limitations.length > 0 &&
      el("details", { class: "section", open: true }, el("summary", {}, el("h2", {}, "Limitations")), bullets(data.limitations)),
    el("footer", {}, data.footer.map((words) => el("p", {}, words))),
  ].flat().filter(Boolean);
}

// On paper everything stands open; afterwards it is as it was.
function printing(host) {
  let closed = [];
  const before = () => {
    closed = [...host.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  };
  const after = () => {
    for (const one of closed) one.open = false;
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}

const shown = new WeakMap();

export default function ({ data, parentElement }) {
  let state = shown.get(parentElement);
  if (!state) {
    const host = el("div", { class: "host" });
    parentElement.append(host);
    state = { host, data: null, panel: null, stop: printing(host) };
    shown.set(parentElement, state);
    host.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !state.panel?.isOpen) return;
      event.stopPropagation();
      state.panel.close();
    });
  }
  state.host.dataset.theme = isDark(state.host) ? "dark" : "light";
  if (JSON.stringify(data) !== state.data) {
    state.data = JSON.stringify(data);
    state.panel = articleView(data, state.host);
  }
  return () => {
    state.stop();
    state.host.remove();
    shown.delete(parentElement);
  };
}
