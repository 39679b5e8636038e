// What is copied comes with its sources from the server; here it only finds its way to the clipboard.

async function copy(text, say) {
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    done = copiedByHand(text);
  }
  say(done ? "Copied, with its sources." : "The browser did not allow copying.");
}

// Where a page is served without TLS there is no clipboard to write to; a selection can still be copied.
function copiedByHand(text) {
  const back = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
  const area = el("textarea", { readonly: true, "aria-hidden": "true", style: "position:fixed;opacity:0" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  back?.focus({ preventScroll: true });
  return done;
}

function copyButton(label, text, say) {
  return button(label, { class: "quiet copy", on: { click: () => copy(text, say) } }, icon("copy"));
}
