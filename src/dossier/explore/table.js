// The browser half of the editable table: native fields in a native table. It knows what each column allows, and nothing of what
// the numbers mean. Python is told when a field is left, or Enter pressed: never half a number. A number's field is one of text, not
// of type "number": that would drop signs that it does not know without a word, and step to multiples counted from its minimum.

const SIGN = "✎ ";
const MINUSES = /[\u2010-\u2015\u2212]/g; // a hyphen, a dash, a true minus: all are meant as one
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

function number(text) {
  const plain = text.trim().replace(MINUSES, "-");
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

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
    const wrong = make("p", {
      className: "dossier-wrong",
      id: `${id}-${row}-${at}-wrong`,
      attributes: { role: "alert" },
    });
    const attributes = { "aria-label": name };
    let input;
    if (column.kind === "number") {
      // Some phones' keyboards for decimals have no minus.
      const inputMode = column.low < 0 ? "text" : "decimal";
      const range = { role: "spinbutton", "aria-valuemin": column.low, "aria-valuemax": column.high };
      input = focusable("input", {
        type: "text",
        inputMode,
        attributes: { ...attributes, ...range, autocomplete: "off" },
      });
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
      return number(input.value);
    };
    const fits = (value) =>
      column.kind !== "number" ||
      (value >= column.low && value <= column.high && (!column.whole || Number.isInteger(value)));
    const refusal = (value) =>
      source.refused().find((one) => one.row === row && one.at === at && one.value === value)?.words;
    const said = (value) => {
      if (!Number.isNaN(value)) return `${words(value)} is not possible`;
      const typed = input.value.trim();
      if (!typed) return "nothing is typed";
      return `“${typed}” is no number${typed.includes(",") ? " here (write 2.5 with a point, 1000 without a comma)" : ""}`;
    };
    const fault = () => {
      const value = read();
      const wrong = fits(value) ? refusal(value) : `${said(value)}. Allowed is ${column.allowed}.`;
      return wrong ? `${name}: ${wrong} It still counts as ${words(source.cells()[row][at])}.` : "";
    };
    const commit = () => {
      cell.typing = false;
      if (cell.judge()) send(row, at, read());
    };
    const step = (by) => {
      const value = Number.isNaN(read()) ? source.cells()[row][at] : read();
      // Tenths do not add up exactly; and beyond the range there is nothing, so that the way back is the way there.
      const next = Number((value + by * column.step).toPrecision(12));
      const inside = value >= column.low && value <= column.high;
      if (inside && (next < column.low || next > column.high)) return;
      input.value = inside ? next : Math.min(Math.max(value, column.low), column.high);
      commit();
    };
    const cell = {
      column,
      input,
      read,
      invalid: false,
      typing: false,
      fault,
      standing: () => fits(read()) && Boolean(refusal(read())),
      show(value) {
        cell.typing = false;
        if (column.kind === "tick") input.checked = value;
        else if (input.value !== String(value)) input.value = value;
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
        if (column.kind === "number" && fits(read())) input.setAttribute("aria-valuenow", read());
        wrong.textContent = text;
        input.setAttribute("aria-invalid", String(cell.invalid));
        input.setAttribute(
          "aria-describedby",
          [!before.hidden && before.id, text && wrong.id].filter(Boolean).join(" "),
        );
        return !cell.invalid;
      },
    };
    // A text that is emptied, or typed as it was, is left without a "change": so a number is judged whenever its field is left.
    input.addEventListener(column.kind === "number" ? "blur" : "change", commit);
    input.addEventListener("input", () => {
      cell.typing = column.kind === "number";
      if (cell.invalid) cell.judge();
    });
    input.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") cell.show(source.cells()[row][at]);
      const by = column.kind === "number" ? { ArrowUp: 1, ArrowDown: -1 }[event.key] : undefined;
      if (by) {
        event.preventDefault();
        step(by);
        return;
      }
      const arrow = column.kind === "tick" ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined;
      const enter = event.key === "Enter" ? (event.shiftKey ? -1 : 1) : undefined;
      const down = arrow ?? enter;
      if (!down) return;
      event.preventDefault();
      let to = row + down;
      while (fields[to] && !fields[to][at]) to += down;
      // Leaving the field takes what was typed; at the end of a column there is nowhere to go, so it is taken here.
      if (fields[to]?.[at]) fields[to][at].input.focus();
      else commit();
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
    // What another cell refused goes along: it may be right now.
    fields.forEach((line, index) =>
      line.forEach((cell, place) => cell?.standing() && (cells[index][place] = cell.read())),
    );
    hand(cells);
  }

  function hand(cells) {
    source.hand(cells);
    root.dataset.taken = "";
    show();
    clearTimeout(waiting);
    waiting = setTimeout(
      () => source.live() && !source.taken() && tell("Python is busy. What follows this table will catch up."),
      PATIENCE_MS,
    );
  }

  // What was typed and refused stays where it stands until it is mended, or the table is reset; what is being typed stays too.
  function show() {
    source.cells().forEach((row, index) =>
      row.forEach((value, at) => {
        const cell = fields[index][at];
        if (!cell) return;
        if (!cell.typing && !cell.fault()) return cell.show(value);
        cell.mark(value);
        if (!cell.typing) cell.judge();
      }),
    );
    if (!code.hidden) code.textContent = changes();
  }

  function restore(cells) {
    fields.forEach((line, row) => line.forEach((cell, at) => cell?.show(cells[row][at])));
  }

  function taken() {
    if (!source.taken() || !source.live()) return;
    root.dataset.taken = "yes";
    clearTimeout(waiting);
    tell("");
  }

  // -- the two buttons
  resetButton.addEventListener("click", () => {
    code.hidden = true;
    codeButton.setAttribute("aria-expanded", "false");
    restore(payload.original);
    hand(structuredClone(payload.original));
    announcement.textContent = "The table is as it was at first.";
  });

  function changes() {
    const lines = source.cells().flatMap((row, index) =>
      row.flatMap((value, at) => {
        if (value === payload.original[index][at]) return [];
        const column = changeable[at];
        const said = column.kind === "choice" ? column.options[value] : literal(value);
        return [`changed.loc[${literal(payload.rows[index].key)}, ${literal(column.name)}] = ${said}`];
      }),
    );
    const { name } = payload;
    return [`changed = ${name}.original`, ...lines, `${name}.value = changed`].join("\n");
  }

  codeButton.addEventListener("click", async () => {
    code.textContent = changes();
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
    {
      className: `dossier-editable${changeable.length > 2 ? "" : " dossier-roomy"}`,
      attributes: { role: "group", "aria-label": payload.title },
    },
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
  keepPlainKeys(root);
  el.replaceChildren(root);
  restore(source.cells());
  const leave = source.connect({ show, taken, tell });
  return () => {
    leave();
    clearTimeout(waiting);
    el.replaceChildren();
  };
}

const HOW = " Enter takes a number and goes down, Escape brings the last one back; Space ticks a box.";

function render({ model, el }) {
  const kernel = model.widget_manager?.kernel;
  let stopped = false;
  el.classList.add("dossier-explorable");
  return sheet(el, {
    payload: model.get("payload"),
    cells: () => model.get("cells"),
    refused: () => model.get("refused"),
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
      model.on("change:refused", show);
      model.on("change:taken", taken);
      kernel?.statusChanged?.connect(watch);
      return () => {
        model.off("change:cells", show);
        model.off("change:refused", show);
        model.off("change:taken", taken);
        kernel?.statusChanged?.disconnect(watch);
      };
    },
  });
}

export { render };
