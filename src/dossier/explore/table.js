// The browser half of the editable table: native fields in a native table. It knows what each column allows, and nothing of what
// the numbers mean. Python is told when a field is left, or Enter pressed: never half a number.

const SIGN = "✎ ";

function sheet(el, source) {
  const { payload } = source;
  const id = `dossier-table-${++count}`;
  const changeable = payload.columns.filter((column) => column.kind !== "fixed");
  const fields = payload.rows.map(() => []);
  let waiting = 0;

  const status = make("p", { className: "dossier-status", hidden: true, attributes: { role: "status" } });
  const announcement = make("div", { className: "dossier-hidden", attributes: { role: "status" } });
  const code = make("pre", { className: "dossier-code", id: `${id}-code`, hidden: true });
  const resetButton = focusable("button", { type: "button", textContent: "Reset" });
  const codeButton = focusable("button", {
    type: "button",
    textContent: "Copy as code",
    attributes: { "aria-expanded": "false", "aria-controls": `${id}-code` },
  });

  function tell(text) {
    status.hidden = !text;
    if (status.textContent !== text) status.textContent = text;
  }

  // -- one cell
  function field(row, at) {
    const column = changeable[at];
    const original = payload.original[row][at];
    if (original === null) return make("td", { textContent: "no limit" });
    const name = `${column.label}, ${payload.rows[row].label}`;
    const before = make("span", { className: "dossier-was", id: `${id}-${row}-${at}-was`, hidden: true });
    const wrong = make("p", { className: "dossier-wrong", id: `${id}-${row}-${at}-wrong`, attributes: { role: "alert" } });
    const attributes = { "aria-label": name };
    let input;
    if (column.kind === "number") {
      const { low: min, high: max, step } = column;
      input = focusable("input", { type: "number", min, max, step, attributes: { ...attributes, autocomplete: "off" } });
    } else if (column.kind === "tick") {
      input = focusable("input", { type: "checkbox", attributes });
    } else {
      const options = column.texts.map((text, value) => make("option", { value, textContent: text }));
      input = focusable("select", { attributes }, ...options);
    }
    const words = (value) => {
      if (column.kind === "tick") return value ? "yes" : "no";
      return column.kind === "choice" ? column.texts[value] : value.toLocaleString("en", { maximumFractionDigits: 12 });
    };
    const read = () => {
      if (column.kind === "tick") return input.checked;
      if (column.kind === "choice") return Number(input.value);
      return input.valueAsNumber;
    };
    const fault = () => {
      if (column.kind !== "number") return "";
      const value = read();
      const fits = value >= column.low && value <= column.high && (!column.whole || Number.isInteger(value));
      if (fits) return "";
      const said = Number.isNaN(value) ? (input.validity.badInput ? "what you typed is no number" : "nothing is typed") : `${words(value)} is not possible`;
      return `${name}: ${said}. Allowed is ${column.allowed}. It still counts as ${words(source.cells()[row][at])}.`;
    };
    const cell = {
      column,
      input,
      read,
      invalid: false,
      show(value) {
        if (column.kind === "tick") input.checked = value;
        else if (column.kind === "choice" || input.valueAsNumber !== value || input.validity.badInput) input.value = value;
        cell.mark(value);
        cell.judge();
      },
      mark(value) {
        const changed = value !== original;
        before.hidden = !changed;
        before.textContent = changed ? `${SIGN}was ${words(original)}` : "";
        place.classList.toggle("dossier-changed", changed);
      },
      judge() {
        const text = fault();
        cell.invalid = Boolean(text);
        wrong.textContent = text;
        input.setAttribute("aria-invalid", String(cell.invalid));
        input.setAttribute("aria-describedby", [!before.hidden && before.id, text && wrong.id].filter(Boolean).join(" "));
        return !cell.invalid;
      },
    };
    input.addEventListener("change", () => {
      if (cell.judge()) send(row, at, read());
    });
    input.addEventListener("input", () => cell.invalid && !fault() && cell.judge());
    // A page that is scrolled must not turn the number under the mouse.
    input.addEventListener("wheel", () => column.kind === "number" && input.blur(), { passive: true });
    input.addEventListener("keydown", (event) => {
      const arrow = column.kind === "tick" ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined;
      const enter = event.key === "Enter" ? (event.shiftKey ? -1 : 1) : undefined;
      const down = arrow ?? enter;
      if (!down || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      let to = row + down;
      while (fields[to] && !fields[to][at]) to += down;
      // Leaving the field takes what was typed; at the end of a column there is nowhere to go, so it is taken here.
      if (fields[to]?.[at]) fields[to][at].input.focus();
      else input.dispatchEvent(new Event("change"));
      fields[to]?.[at]?.input.select?.();
    });
    const place = make("td", { className: `dossier-cell dossier-cell-${column.kind}` }, input, before, wrong);
    fields[row][at] = cell;
    return place;
  }

  // -- to Python and back
  function send(row, at, value) {
    const cells = structuredClone(source.cells());
    if (cells[row][at] === value) return fields[row][at].show(value);
    cells[row][at] = value;
    hand(cells);
  }

  function hand(cells) {
    source.hand(cells);
    root.dataset.taken = "";
    show();
    clearTimeout(waiting);
    waiting = setTimeout(() => source.live() && !source.taken() && tell("Python is busy. What follows this table will catch up."), PATIENCE_MS);
  }

  // What was typed and refused stays where it stands until it is mended, or the table is reset.
  function show() {
    source.cells().forEach((row, index) =>
      row.forEach((value, at) => {
        const cell = fields[index][at];
        if (cell && cell.invalid) cell.mark(value);
        else cell?.show(value);
      }),
    );
  }

  function taken() {
    if (!source.taken() || !source.live()) return;
    root.dataset.taken = "yes";
    clearTimeout(waiting);
    tell("");
  }

  // -- the two buttons
  resetButton.addEventListener("click", () => {
    for (const cell of fields.flat()) if (cell) cell.invalid = false;
    hand(structuredClone(payload.original));
    code.hidden = true;
    codeButton.setAttribute("aria-expanded", "false");
    announcement.textContent = "The table is as it was at first.";
  });

  codeButton.addEventListener("click", async () => {
    const changes = source.cells().flatMap((row, index) =>
      row.flatMap((value, at) => {
        if (value === payload.original[index][at]) return [];
        const column = changeable[at];
        const said = column.kind === "choice" ? column.options[value] : literal(value);
        return [`changed.loc[${literal(payload.rows[index].key)}, ${literal(column.name)}] = ${said}`];
      }),
    );
    const { name } = payload;
    code.textContent = [`changed = ${name}.original`, ...changes, `${name}.value = changed`].join("\n");
    code.hidden = false;
    codeButton.setAttribute("aria-expanded", "true");
    try {
      await navigator.clipboard.writeText(code.textContent);
      announcement.textContent = codeButton.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      announcement.textContent = "The code stands below the table, selected: copy it from there.";
      codeButton.textContent = "Copy the text below";
    }
    setTimeout(() => (codeButton.textContent = "Copy as code"), 2500);
  });

  // -- on the page
  const head = [payload.row_heading, ...payload.columns.map((column) => column.label)].map((textContent) =>
    make("th", { textContent, attributes: { scope: "col" } }),
  );
  const body = payload.rows.map((row, index) => {
    let at = 0;
    const cells = payload.columns.map((column) =>
      column.kind === "fixed" ? make("td", { textContent: column.texts[index] }) : field(index, at++),
    );
    return make("tr", {}, make("th", { textContent: row.label, attributes: { scope: "row" } }), ...cells);
  });
  const root = make(
    "div",
    { className: `dossier-editable${changeable.length > 2 ? "" : " dossier-roomy"}`, attributes: { role: "group", "aria-label": payload.title } },
    make(
      "div",
      { className: "dossier-table" },
      make(
        "table",
        {},
        make("caption", {}, make("strong", { textContent: payload.title }), make("span", { textContent: HOW })),
        make("thead", {}, make("tr", {}, ...head)),
        make("tbody", {}, ...body),
      ),
    ),
    status,
    make("div", { className: "dossier-bar" }, resetButton, codeButton),
    code,
    announcement,
  );
  root.addEventListener("keydown", (event) => event.stopPropagation());
  el.replaceChildren(root);
  show();
  const leave = source.connect({ show, taken, tell });
  return () => {
    leave();
    clearTimeout(waiting);
    el.replaceChildren();
  };
}

const HOW = " Change a cell. Enter takes it and goes down, Shift and Enter go up.";

function render({ model, el }) {
  const kernel = model.widget_manager?.kernel;
  let stopped = false;
  el.classList.add("dossier-explorable");
  return sheet(el, {
    payload: model.get("payload"),
    cells: () => model.get("cells"),
    taken: () => model.get("taken") >= model.get("edit"),
    live: () => !stopped,
    hand(cells) {
      model.set({ cells, edit: model.get("edit") + 1 });
      model.save_changes();
    },
    connect({ show, taken, tell }) {
      const watch = (_, state) => {
        if (!GONE.has(state)) return;
        stopped = true;
        tell("Python has stopped, so nothing follows this table any more. Run the cell again.");
      };
      model.on("change:cells", show);
      model.on("change:taken", taken);
      kernel?.statusChanged?.connect(watch);
      return () => {
        model.off("change:cells", show);
        model.off("change:taken", taken);
        kernel?.statusChanged?.disconnect(watch);
      };
    },
  });
}

export { render };
