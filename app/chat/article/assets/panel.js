// The panel at the side, on phones a sheet from below: a passage at its quoted words, or the record at its own.

class Panel {
  constructor(data, article) {
    this.data = data;
    this.article = article;
    this.opener = null;
    this.title = el("h2", { class: "panel-title", id: "panel-title", tabindex: "-1" });
    this.body = el("div", { class: "panel-body", tabindex: "0", role: "group", "aria-label": "Text" });
    this.back = button("Previous citation", { class: "quiet", on: { click: () => this.step(-1) } }, icon("previous"));
    this.forth = button("Next citation", { class: "quiet", on: { click: () => this.step(1) } }, icon("next"));
    const shut = button("Close", { class: "quiet", on: { click: () => this.close() } }, icon("close"));
    this.element = el(
      "div",
      { class: "panel", role: "dialog", "aria-labelledby": "panel-title", popover: "manual" },
      el("header", {}, this.title, el("div", { class: "panel-keys" }, this.back, this.forth, shut)),
      this.body,
    );
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || this.place === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.step(step);
  }

  get isOpen() {
    return this.element.matches(":popover-open");
  }

  openCitation(n, opener) {
    const place = this.data.references.findIndex((reference) => reference.n === n);
    if (place < 0) return;
    const reference = this.data.references[place];
    const total = this.data.references.length;
    this.show(`Citation ${n} of ${total}`, passageView(this.data, this.data.passages[reference.passage]), opener, place);
  }

  openPassage(passage, opener, title = "Source of the criterion") {
    this.show(title, passageView(this.data, this.data.passages[passage]), opener);
  }

  openRecord(spans, opener) {
    this.show("The record", recordView(this.data, spans), opener);
  }

  step(by) {
    const reference = this.data.references[this.place + by];
    if (reference) this.openCitation(reference.n, this.opener);
  }

  show(title, content, opener, place = null) {
    this.place = place;
    this.opener = opener;
    this.title.textContent = title;
    this.body.replaceChildren(...content);
    this.back.hidden = this.forth.hidden = place === null;
    this.back.disabled = place === 0;
    this.forth.disabled = place === this.data.references.length - 1;
    if (!this.isOpen) this.element.showPopover();
    this.markOpener();
    this.makeRoom();
    this.title.focus({ preventScroll: true });
    this.scrollToMark();
  }

  scrollToMark() {
    const mark = this.body.querySelector("mark");
    this.body.scrollTop = 0;
    if (mark) {
      const offset = mark.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
      this.body.scrollTop = Math.max(0, offset - this.body.clientHeight / 3);
    }
  }

  markOpener() {
    for (const other of this.article.querySelectorAll("[aria-expanded=true]:is(button)"))
      if (other !== this.opener) other.setAttribute("aria-expanded", "false");
    this.opener?.setAttribute("aria-expanded", "true");
  }

  // The text moves aside as far as the panel would cover it, if enough of it stays readable.
  makeRoom() {
    this.article.style.paddingInlineEnd = "";
    const box = this.article.getBoundingClientRect();
    // Not from where the panel is: it is still sliding in.
    const covered = box.right - (window.innerWidth - this.element.offsetWidth) + 24;
    const beside = covered > 0 && box.width - covered > 360 && window.innerWidth > 800;
    this.article.style.paddingInlineEnd = beside ? `${covered}px` : "";
    if (beside) this.opener?.scrollIntoView({ block: "nearest" });
  }

  close() {
    if (!this.isOpen) return;
    this.element.hidePopover();
    this.article.style.paddingInlineEnd = "";
    this.opener?.setAttribute("aria-expanded", "false");
    this.opener?.focus();
  }
}

function sourceOf(data, passage) {
  return data.sources[passage.source];
}

function passageView(data, passage) {
  const source = sourceOf(data, passage);
  const address = source.url && link(source.url, "Open the original", icon("open"));
  return [
    el("p", { class: "kind" }, source.kind),
    el("h3", {}, source.title),
    el("p", { class: "where" }, [source.publisher, passage.version, passage.window].join(" · ")),
    address && el("p", { class: "original" }, address),
    source.heading && el("h4", {}, source.heading),
    el("p", { class: "text" }, ...markedText(source.text, passage)),
    aboutSource(source, passage),
  ].filter(Boolean);
}

function markedText(text, passage) {
  const mark = (words) => el("mark", {}, words);
  if (text === null || passage.start === null) return text === null ? [mark(passage.quote)] : [text];
  return [text.slice(0, passage.start), mark(text.slice(passage.start, passage.end)), text.slice(passage.end)];
}

function aboutSource(source, passage) {
  const told = [
    ["Last checked", source.last_checked],
    ["Basis", source.basis],
    ["Note", source.basis_note],
    ["Page", passage.page],
  ];
  const known = told.filter(([, value]) => value !== null && value !== undefined);
  return el("dl", { class: "about" }, known.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));
}

function recordView(data, spans) {
  const resting = data.record.facts.filter((fact) => fact.span !== null && spans.includes(fact.span));
  return [
    el("p", { class: "kind" }, "what was given about the case, word for word"),
    el("p", { class: "text" }, recordText(data.record, (within) => within.some((span) => spans.includes(span)))),
    resting.length > 0 && el("h3", {}, "Read from these words"),
    resting.length > 0 && el("ul", {}, resting.map((fact) => el("li", {}, `${fact.label}: ${fact.value} (${fact.support})`))),
  ].filter(Boolean);
}

// Neighbouring stretches under one highlight are one highlight.
function recordText(record, isMarked) {
  const runs = [];
  for (const segment of record.segments) {
    const marked = isMarked(segment.spans);
    if (runs.length && runs.at(-1).marked === marked) runs.at(-1).text += segment.text;
    else runs.push({ marked, text: segment.text });
  }
  return runs.map((run) => (run.marked ? el("mark", {}, run.text) : run.text));
}
