// A check-yourself question. One browser half, two hosts: a Jupyter widget (render) and a page with no kernel
// (hydrate). It knows the answers, so it needs nobody to mark them; a host that listens is told what was answered.

let made = 0;

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Words between backticks are code; everything else is text, never HTML.
function prose(text) {
  return text.split("`").map((part, place) => (place % 2 ? element("code", {}, part) : part));
}

// Read a number the way people write it: 1,000 or 1 000 or 0,5 or 1e3, with or without its unit.
export function readNumber(text, unit = "") {
  let written = text.trim();
  if (unit && written.toLowerCase().endsWith(unit.toLowerCase())) written = written.slice(0, -unit.length);
  written = written.replace(/[\s\u00a0\u202f'’_%$€£¥]/g, "");
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(written)) written = written.replaceAll(",", "");
  else if (/^[+-]?\d+,\d+$/.test(written)) written = written.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written) : NaN;
}

function near(given, wanted, tolerance) {
  return Math.abs(given - wanted) <= tolerance * (Math.abs(wanted) || 1);
}

// What an answer is answered with: right or wrong, and the words.
function mark(question, given) {
  if (question.choices.length) return question.choices[Number(given)];
  const number = readNumber(given, question.unit);
  if (near(number, question.answer, question.tolerance)) return { right: true, reply: question.reply };
  const known = question.misconceptions.find((one) => near(number, one.answer, question.tolerance));
  return known ?? { right: false, reply: number > question.answer ? "It is too large." : "It is too small." };
}

function show(place, question, answered, tell) {
  const name = `dossier-question-${++made}`;
  // JupyterLab looks for this on the very element that has the focus; without it arrow keys and letters are its own.
  const keys = { "data-lm-suppress-shortcuts": "true" };
  const reply = element("p", { class: "reply", role: "status", "aria-live": "polite" });
  const fieldset = element("fieldset", {}, element("legend", {}, ...prose(question.prompt)));
  let tries = answered?.tries ?? 0;

  let field;
  if (question.choices.length) {
    question.choices.forEach((choice, at) => {
      const button = element("input", { type: "radio", name, value: String(at), ...keys });
      button.checked = answered?.given === String(at);
      fieldset.append(element("label", { class: "choice" }, button, element("span", {}, ...prose(choice.answer))));
    });
  } else {
    field = element("input", { type: "text", inputmode: "decimal", autocomplete: "off", id: name, ...keys });
    field.value = answered?.given ?? "";
    const label = element("label", { for: name }, "Your answer");
    const line = element("div", { class: "number" }, label, field);
    if (question.unit) {
      line.append(element("span", { id: `${name}-unit` }, question.unit));
      field.setAttribute("aria-describedby", `${name}-unit`);
    }
    fieldset.append(line);
  }

  function say(kind, sign, word, text) {
    reply.className = `reply ${kind}`;
    reply.replaceChildren(element("span", { "aria-hidden": "true" }, sign), element("strong", {}, word), " ", ...prose(text));
  }

  function respond(given) {
    const verdict = mark(question, given);
    // The count makes two equal replies in a row two different texts, so that a screen reader says the second.
    const again = tries > 1 ? ` (try ${tries})` : "";
    say(verdict.right ? "right" : "wrong", verdict.right ? "✓ " : "✗ ", verdict.right ? `Right${again}.` : `Not quite${again}.`, verdict.reply);
    return verdict.right;
  }

  const form = element("form", { novalidate: "" }, fieldset, element("button", { type: "submit", ...keys }, "Check"), reply);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = field ? field.value : fieldset.querySelector("input:checked")?.value;
    const unread = field ? Number.isNaN(readNumber(given, question.unit)) : given === undefined;
    field?.setAttribute("aria-invalid", String(unread));
    if (unread) return say("unread", "", field ? "Write a number first," : "Choose an answer first.", field ? "such as 12.5." : "");
    tries += 1;
    tell({ given, right: respond(given), tries });
  });
  if (answered?.tries) respond(answered.given);

  const box = element("div", { class: "dossier-question", ...keys }, form);
  for (const event of ["keydown", "keypress", "keyup"]) box.addEventListener(event, (pressed) => pressed.stopPropagation());
  place.replaceChildren(box);
}

function render({ model, el }) {
  show(el, model.get("question"), model.get("answered"), (answered) => {
    model.set("answered", answered);
    model.save_changes();
  });
}

export function hydrate(page) {
  for (const place of page.querySelectorAll("[data-dossier-question]")) {
    show(place, JSON.parse(place.querySelector("script").textContent), null, () => {});
  }
}

export default { render };
