// The browser half of the explorable: it plays the frames that Python computed, and knows no formula.
// Two hosts share it. In Jupyter the source of frames is the widget's model; on a static page it is a payload in the page.

const QUIET_MS = 700; // how long the hand must rest before the summary is announced
const LIBRARY = "__dossierPlotly";
const FIRST = " (That was at the first settings.)";
const CHANGED = " (The model has changed since.)";
const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  scrollZoom: false,
  doubleClick: false,
};

function put(figure, path, value) {
  let place = figure;
  for (let step = 0; step < path.length - 1; step++) {
    place[path[step]] ??= typeof path[step + 1] === "number" ? [] : {};
    place = place[path[step]];
  }
  place[path[path.length - 1]] = value;
}

function floats(bytes) {
  if (typeof bytes?.base64 === "string") {
    return new Float32Array(Uint8Array.from(atob(bytes.base64), (letter) => letter.charCodeAt(0)).buffer);
  }
  // Copied, because a message's buffers may begin anywhere and float32 must begin at a multiple of four.
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

// plotly.js is run once per page, and leaves another Plotly that the page may have as it was.
function plotly(read) {
  globalThis[LIBRARY] ??= read().then((code) => {
    const before = globalThis.Plotly;
    const script = document.createElement("script");
    script.textContent = `(function () { var module = { exports: {} }, exports, define;\n${code}\n;globalThis.${LIBRARY}Loaded = module.exports; })();`;
    document.head.append(script);
    script.remove();
    const library = globalThis[`${LIBRARY}Loaded`];
    if (before) globalThis.Plotly = before;
    else delete globalThis.Plotly;
    return library;
  });
  return globalThis[LIBRARY];
}

// ---------------------------------------------------------------------------------------------- frames

class Slice {
  constructor(position, memory) {
    this.position = position; // where every control stood when it was asked for
    this.memory = memory; // a control that the slice runs along too
    this.frames = new Map();
  }

  add(piece, numbers) {
    let start = piece.fixed.reduce((sum, [, length]) => sum + length, 0);
    piece.frames.forEach((frame, row) => {
      this.frames.set(frame, { piece, row, numbers, start });
      for (const length of piece.lengths[row] ?? []) start += length;
    });
    return this;
  }

  fits(name, position) {
    const free = new Set([name, this.memory]);
    return Object.keys(position).every((other) => free.has(other) || position[other] === this.position[other]);
  }

  nearest(index) {
    return [...this.frames.keys()].reduce((best, key) => (Math.abs(key - index) < Math.abs(best - index) ? key : best));
  }
}

function unpacked(payload) {
  const slices = Object.entries(payload.slices).map(([name, piece]) => [
    name,
    new Slice(payload.default, payload.memory).add(piece, floats(piece.numbers)),
  ]);
  return Object.fromEntries(slices);
}

// What a frame adds to the base of its piece: [path, value] pairs.
function* changes({ piece, row, numbers, start }) {
  for (const [column, path] of piece.paths.entries()) {
    const length = piece.lengths[row][column];
    yield [path, numbers.subarray(start, start + length)];
    start += length;
  }
  yield* piece.patches[row];
}

function figureOf(frame) {
  const { piece, numbers } = frame;
  const figure = structuredClone(piece.base);
  let fixed = 0;
  for (const [path, length] of piece.fixed) put(figure, path, numbers.subarray(fixed, (fixed += length)));
  for (const [path, value] of changes(frame)) put(figure, path, value);
  return figure;
}

const POINTS = new Set(["x", "y", "text", "hovertext", "customdata"]);

function onlyPoints(piece) {
  piece.onlyPoints ??=
    piece.base.data.every((trace) => (trace.type ?? "scatter") === "scatter") &&
    // A trace that becomes empty would stay on the screen.
    piece.lengths.every((row) => row.every((length) => length > 0)) &&
    [...piece.paths, ...piece.patches[0].map(([path]) => path)].every(
      ([part, , property, ...rest]) => part === "data" && POINTS.has(property) && rest.length === 0,
    );
  return piece.onlyPoints;
}

// ---------------------------------------------------------------------------------------------- predict, then look

function compare(guess, said) {
  const words = (index) => guess.texts[index];
  if (guess.kind === "value") {
    const value = guess.values[said];
    const opening = `You said ${words(said)}; ${guess.said_by} says ${guess.truth_text}.`;
    return `${opening} ${distance(guess, value, guess.truth)}`;
  }
  const gaps = guess.truth.map((truth, index) => gap(guess, guess.values[said[index]], truth));
  const worst = gaps.indexOf(Math.max(...gaps));
  const near = gaps.indexOf(Math.min(...gaps));
  const most = `furthest at ${guess.places[worst]}, where you said ${words(said[worst])} and the model says ${guess.truth_texts[worst]}`;
  return `Your curve comes closest at ${guess.places[near]}. It is ${most}.`;
}

function gap(guess, value, truth) {
  if (guess.scale === "log" && value > 0 && truth > 0) return Math.abs(Math.log(value / truth));
  return Math.abs(value - truth);
}

function distance(guess, value, truth) {
  if (value === truth) return "Exactly.";
  const side = value > truth ? "high" : "low";
  if (guess.truth_text.endsWith("%")) {
    const points = Math.round(Math.abs(value - truth) * 100);
    return points < 1 ? "Very close." : `That is ${points} percentage point${points === 1 ? "" : "s"} too ${side}.`;
  }
  if (value <= 0 || truth <= 0) return `That is too ${side}.`;
  const ratio = value > truth ? value / truth : truth / value;
  if (ratio < 1.1) return "Very close.";
  // "Half as much too low" is no sentence: below two, the difference is a share of the model's number.
  if (ratio < 2) return `That is ${Math.round((100 * Math.abs(value - truth)) / truth)} percent too ${side}.`;
  return `That is ${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en")} times too ${side}.`;
}

function asking(guess, { changed, commit }) {
  const place = make(
    "fieldset",
    { className: "dossier-guess" },
    make("legend", { textContent: "Guess first" }),
    make("p", { textContent: guess.prompt }),
  );
  const many = guess.kind === "curve";
  if (many) place.append(make("p", { textContent: "Draw on the chart, or set each point here:" }));
  const said = many ? guess.at.map(() => guess.index) : guess.index;
  const inputs = (many ? guess.places : [guess.label]).map((label, index) => {
    const output = make("output", { textContent: guess.texts[guess.index] });
    const name = many ? `At ${label}` : label;
    const input = focusable("input", {
      type: "range",
      min: 0,
      max: guess.values.length - 1,
      step: 1,
      value: guess.index,
      attributes: {
        "aria-label": many ? `${guess.label} at ${label}` : label,
        "aria-valuetext": guess.texts[guess.index],
      },
    });
    input.addEventListener("input", () => set(index, Number(input.value)));
    place.append(
      make(
        "div",
        { className: "dossier-control" },
        make("span", { className: "dossier-label", textContent: name, attributes: { "aria-hidden": "true" } }),
        input,
        output,
      ),
    );
    return { input, output };
  });
  const set = (index, value) => {
    if (many) said[index] = value;
    inputs[index].input.value = value;
    inputs[index].output.textContent = guess.texts[value];
    inputs[index].input.setAttribute("aria-valuetext", guess.texts[value]);
    changed(many ? said : value);
  };
  const done = focusable("button", { type: "button", className: "dossier-primary", textContent: "This is my guess" });
  const skip = focusable("button", { type: "button", textContent: "Show me without guessing" });
  done.addEventListener("click", () => commit(many ? [...said] : Number(inputs[0].input.value)));
  skip.addEventListener("click", () => commit(null));
  place.append(make("div", { className: "dossier-bar" }, done, skip));
  return { place, set, said, first: inputs[0].input };
}

// ---------------------------------------------------------------------------------------------- the explorable

function mount(el, source) {
  let { payload } = source;
  const id = `dossier-${++count}`;
  const controls = Object.fromEntries(payload.controls.map((control) => [control.name, control]));
  const position = { ...payload.default, ...source.start };
  let slices = unpacked(payload);
  const { memory } = payload;

  let Plotly = null;
  let active = payload.controls[0].name;
  let pending = null; // the request under way: { request, name, slice }
  let requests = 0;
  let scheduled = 0;
  let shown = null; // the frame on the screen
  let revision = 0;
  let width = 0; // of the chart, known without asking the page to lay itself out
  let margin = null; // what the tick labels of the piece on the screen were found to need
  let touched = false;
  let way = []; // of the active control, from what the chart remembers last to where it is, by where it turned
  let guess = payload.guess ? { said: null, open: true } : null;
  let recomputed = false; // since the guess
  const timers = {};
  const leaving = [];

  // -- what the reader sees
  const title = make("p", { className: "dossier-title", id: `${id}-title`, textContent: payload.title });
  const guessing = make("div");
  const verdict = make("p", { className: "dossier-verdict", hidden: true, tabIndex: -1 });
  const panel = make(
    "fieldset",
    { className: "dossier-controls" },
    make("legend", { className: "dossier-hidden", textContent: `Controls: ${payload.title}` }),
  );
  const chart = make("div", {
    className: "dossier-chart",
    attributes: { role: "img", "aria-label": `${payload.title}. ${payload.alt}`, "aria-describedby": `${id}-summary` },
  });
  const summary = make("p", { className: "dossier-summary", id: `${id}-summary` });
  const announcement = make("div", {
    className: "dossier-hidden",
    attributes: { role: "status", "aria-live": "polite" },
  });
  const status = make("p", { className: "dossier-status", hidden: true, attributes: { role: "status" } });
  const table = make("div", { className: "dossier-table", id: `${id}-table`, hidden: true });
  const code = make("pre", { className: "dossier-code", id: `${id}-code`, hidden: true });
  const tableButton = focusable("button", {
    type: "button",
    textContent: "Table",
    attributes: { "aria-expanded": "false", "aria-controls": `${id}-table` },
  });
  const resetButton = focusable("button", { type: "button", textContent: "Reset" });
  const codeButton = focusable("button", {
    type: "button",
    textContent: "Copy as code",
    attributes: { "aria-expanded": "false", "aria-controls": `${id}-code` },
  });
  const bar = make("div", { className: "dossier-bar" }, tableButton, resetButton, codeButton);
  const root = make(
    "div",
    { className: "dossier-explorable-body", attributes: { role: "group", "aria-labelledby": `${id}-title` } },
    title,
    panel,
    status,
    chart,
    guessing,
    verdict,
    summary,
    bar,
    table,
    code,
    announcement,
  );
  keepPlainKeys(root);
  el.replaceChildren(root);

  const inputs = {};
  for (const control of payload.controls) {
    const inputId = `${id}-${control.name}`;
    const label = make("label", { className: "dossier-label", htmlFor: inputId, textContent: control.label });
    let input;
    let output = null;
    if (control.kind === "slider") {
      input = focusable("input", {
        type: "range",
        id: inputId,
        min: 0,
        max: control.values.length - 1,
        step: 1,
        value: position[control.name],
      });
      output = make("output", { htmlFor: inputId });
    } else {
      input = focusable(
        "select",
        { id: inputId },
        ...control.texts.map((text, index) => make("option", { value: index, textContent: text })),
      );
    }
    panel.append(
      make("div", { className: `dossier-control dossier-${control.kind}` }, label, input, ...(output ? [output] : [])),
    );
    inputs[control.name] = { input, output };
    input.addEventListener("input", () => move(control.name, Number(input.value)));
    input.addEventListener("change", settle);
    for (const approach of ["focus", "pointerenter"])
      input.addEventListener(approach, () => !pending && want(control.name));
  }

  function label() {
    for (const [name, { input, output }] of Object.entries(inputs)) {
      const text = controls[name].texts[position[name]];
      if (Number(input.value) !== position[name] || input.tagName === "SELECT") input.value = position[name];
      if (output) output.textContent = text;
      if (output) input.setAttribute("aria-valuetext", text);
    }
    if (!code.hidden) code.textContent = settings();
    judge();
  }

  // The guess was about the settings that the chart began with.
  function judge() {
    if (guess?.said == null || guess.open) return;
    const elsewhere = Object.entries(payload.default).some(([name, index]) => position[name] !== index);
    const ofTheModel = (payload.guess.said_by ?? "the model") === "the model";
    const text = [guess.verdict, elsewhere && ofTheModel && FIRST, recomputed && CHANGED].filter(Boolean).join("");
    if (verdict.textContent !== text) verdict.textContent = text;
  }

  // -- frames
  function tell(text) {
    status.hidden = !text;
    if (status.textContent !== text) status.textContent = text;
  }

  // Where a position stands in the slice of a control: with a memory, the slice has all positions once for each of its options.
  function place(name, index = position[name]) {
    return memory && name !== memory ? index + controls[name].values.length * position[memory] : index;
  }

  function whole(name) {
    const { length } = controls[name].values;
    return memory && name !== memory ? length * controls[memory].values.length : length;
  }

  // What the memory becomes depends on every position on the way, also those that a quick hand jumps over.
  function remember() {
    const slice = slices[active];
    if (!memory) way = [];
    while (way.length) {
      const passed = slice?.fits(active, position) && slice.frames.get(place(active, way[0]));
      if (!passed) return; // not here yet: it goes on when the frame has come
      position[memory] = passed.piece.becomes[passed.row];
      if (way[0] === way[1]) way.shift();
      if (way.length === 1) way = [];
      else way[0] += Math.sign(way[1] - way[0]);
    }
  }

  // Asks Python for a whole slice, unless it is here already. Only the newest request counts.
  function want(name) {
    if (slices[name]?.fits(name, position) && slices[name].frames.size === whole(name)) return;
    if (!source.live()) return;
    pending = { request: `${id}-${++requests}`, name, slice: new Slice({ ...position }, memory) };
    source.ask({ kind: "slice", view: id, request: pending.request, control: name, position: { ...position } });
    clearTimeout(timers.patience);
    timers.patience = setTimeout(
      () =>
        pending &&
        touched &&
        source.live() &&
        !frame().exact &&
        tell("Python is busy. The chart shows the last picture it has and will catch up."),
      PATIENCE_MS,
    );
  }

  function receive(content, buffers) {
    if (content?.kind !== "slice" || content.request !== pending?.request) return;
    pending.slice.add(content.slice, floats(buffers[0]));
    slices[pending.name] = pending.slice;
    if (content.last) {
      clearTimeout(timers.patience);
      pending = null;
      tell("");
    }
    if (way.length) {
      remember();
      label();
      if (!way.length) settle();
    }
    schedule();
  }

  // The model has changed: what is here of the old one is dropped, and what stands on the screen is asked for anew.
  function recompute(anew) {
    payload = anew;
    slices = unpacked(payload);
    pending = null;
    touched = true;
    recomputed = true;
    judge();
    want(active);
    schedule();
  }

  function frame() {
    for (const name of [active, ...Object.keys(controls)]) {
      const slice = slices[name];
      if (slice?.fits(name, position) && slice.frames.has(place(name)))
        return { exact: true, frame: slice.frames.get(place(name)) };
    }
    const slice = slices[active];
    if (slice?.fits(active, position))
      return { exact: false, frame: slice.frames.get(slice.nearest(place(active))) };
    return { exact: false, frame: shown };
  }

  function move(name, index) {
    touched = true;
    if (name === memory) {
      // Every slice holds all that it can be; whether it can stay so here is asked like everywhere.
      position[name] = index;
      way = [position[active]];
      remember();
      label();
      return schedule();
    }
    if (name !== active || !way.length) way = [position[name]];
    way.push(index);
    active = name;
    if (source.live()) {
      position[name] = index;
      if (pending?.name !== name || !pending.slice.fits(name, position)) want(name);
    } else {
      keep(name, index);
    }
    remember();
    label();
    schedule();
  }

  // With no Python there is one slice a control: it moves along that, and the others go back to where the slice was taken.
  function keep(name, index) {
    const slice = slices[name];
    if (!slice?.fits(name, position) || !slice.frames.has(place(name, index))) tell(source.alone);
    const remembered = memory ? { [memory]: position[memory] } : {};
    if (slice) Object.assign(position, slice.position, { [name]: slice.nearest(index) }, remembered);
  }

  function settle() {
    source.settled({ ...position });
  }

  // -- drawing: at most once per displayed frame, always the newest position
  function schedule() {
    if (!scheduled) scheduled = requestAnimationFrame(draw);
  }

  const dark = () =>
    document.body.dataset.jpThemeLight
      ? document.body.dataset.jpThemeLight === "false"
      : matchMedia("(prefers-color-scheme: dark)").matches;

  function draw() {
    scheduled = 0;
    if (!Plotly || !chart.isConnected || width === 0) return;
    const { exact, frame: wanted } = frame();
    if (!wanted) return;
    const before = shown;
    shown = wanted;
    root.dataset.drawn = exact ? Object.values(position).join(" ") : "";
    const theme = dark() ? "dark" : "light";
    const hidden = Boolean(guess?.open);
    const scene = [theme, width, hidden].join();
    if (!hidden) say(wanted);
    if (margin?.piece === wanted.piece && margin.scene === scene) {
      if (before === wanted && !hidden) return;
      if (!hidden && onlyPoints(wanted.piece)) return void moved(wanted);
    }
    const { data, layout } = figureOf(wanted);
    const narrow = width < 480;
    const template = structuredClone(payload.templates[theme]);
    if (narrow) template.layout.font.size = 12;
    if (hidden) {
      for (const trace of data) if (trace.meta !== "context") trace.visible = false;
      const drawn = payload.guess.kind === "curve";
      const text = drawn ? "Draw your guess here" : "Your guess first, below the chart";
      const middle = { xref: "paper", yref: "paper", x: 0.5, y: drawn ? 0.98 : 0.5, showarrow: false };
      layout.annotations = (layout.annotations ?? []).filter((note) => note.name === "context");
      layout.annotations.push({ ...middle, text, bgcolor: dark() ? "#161616" : "#ffffff" });
    }
    if (guess?.said != null) overlay(data, layout);
    const height = layout.height ?? (narrow ? 300 : 360);
    Object.assign(layout, { template, dragmode: false, datarevision: ++revision, height, width });
    // Finding out how much room the tick labels need doubles the time of a frame, and along a slice they stay the same.
    const settled = margin?.piece === wanted.piece && margin.scene === scene;
    if (settled) {
      layout.margin = { ...margin.size, autoexpand: false };
      delete template.layout.xaxis.automargin;
      delete template.layout.yaxis.automargin;
    }
    if (!settled) chart.style.height = `${height}px`;
    Plotly.react(chart, data, layout, CONFIG);
    if (!settled) {
      const { l, r, t, b } = chart._fullLayout._size;
      margin = { piece: wanted.piece, scene, size: { l, r, t, b } };
    }
  }

  // Where nothing but the points of lines and markers moves, the axes need no new drawing: half the time of a frame.
  function moved(wanted) {
    const data = {};
    for (const [path, value] of changes(wanted)) put(data, path.slice(1), value);
    const frame = { data: Object.values(data), traces: Object.keys(data).map(Number) };
    const atOnce = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };
    // Plotly rejects the promise of a frame that a newer one overtakes: that is what is wanted here.
    Plotly.animate(chart, frame, atOnce).catch(() => {});
  }

  function overlay(data, layout) {
    const { said } = guess;
    const { kind, values, at, axis } = payload.guess;
    const colour = dark() ? "#ffffff" : "#000000";
    // Its name stands on thin paper of its own: it can be read, and so can what it stands on.
    const name = (place) => {
      const paper = { bgcolor: dark() ? "#161616b3" : "#ffffffb3", borderpad: 1, font: { color: colour } };
      layout.annotations = [
        ...(layout.annotations ?? []),
        { text: "your guess", name: "your guess", showarrow: false, ...paper, ...place },
      ];
    };
    const along = (letter, value) => (layout[`${letter}axis`]?.type === "log" ? Math.log10(value) : value);
    if (kind === "curve") {
      const heights = said.map((index) => values[index]);
      data.push({
        type: "scatter",
        mode: "lines+markers",
        x: at,
        y: heights,
        line: { dash: "dot", width: 2, color: colour },
        marker: { symbol: "diamond-open", size: 11, color: colour },
        hoverinfo: "y",
      });
      name({ x: along("x", at[0]), y: along("y", heights[0]), xanchor: "left", yanchor: "bottom", yshift: 8 });
    } else if (axis) {
      const value = values[said];
      const across =
        axis === "x"
          ? { x0: value, x1: value, yref: "y domain", y0: 0, y1: 1 }
          : { y0: value, y1: value, xref: "x domain", x0: 0, x1: 1 };
      layout.shapes = [
        ...(layout.shapes ?? []),
        { type: "line", ...across, line: { dash: "dot", width: 2, color: colour } },
      ];
      if (axis === "x") {
        // Above the chart, where nothing else is written.
        layout.margin = { ...layout.margin, t: 28 };
        name({ x: along("x", value), yref: "y domain", y: 1, yanchor: "bottom" });
      } else {
        name({ y: along("y", value), xref: "x domain", x: 0, xanchor: "left", yanchor: "bottom" });
      }
    }
  }

  function say({ piece, row }) {
    const text = piece.texts[row];
    if (summary.textContent !== text) {
      summary.textContent = text;
      clearTimeout(timers.quiet);
      if (touched) timers.quiet = setTimeout(() => (announcement.textContent = text), QUIET_MS);
    }
    if (!table.hidden) fillTable(piece.tables[row]);
  }

  function fillTable(columns) {
    const headings = Object.keys(columns);
    const rows = columns[headings[0]]?.map((_, index) => headings.map((heading) => columns[heading][index])) ?? [];
    const body = rows.map((cells) =>
      make(
        "tr",
        {},
        ...cells.map((cell, index) =>
          make(index ? "td" : "th", { textContent: cell, attributes: index ? {} : { scope: "row" } }),
        ),
      ),
    );
    table.replaceChildren(
      make(
        "table",
        {},
        make("caption", { textContent: `The numbers at these settings` }),
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            ...headings.map((heading) => make("th", { textContent: heading, attributes: { scope: "col" } })),
          ),
        ),
        make("tbody", {}, ...body),
      ),
    );
  }

  // -- the three buttons
  tableButton.addEventListener("click", () => {
    table.hidden = !table.hidden;
    tableButton.setAttribute("aria-expanded", String(!table.hidden));
    if (!table.hidden && shown) fillTable(shown.piece.tables[shown.row]);
  });

  resetButton.addEventListener("click", () => {
    touched = true;
    Object.assign(position, payload.default);
    way = [position[active]];
    remember();
    tell("");
    label();
    settle();
    if (!frame().exact) want(active);
    if (payload.guess) ask();
    schedule();
  });

  function settings() {
    const all = Object.entries(position).map(([name, index]) => `${name}=${literal(controls[name].values[index])}`);
    const [, module, name] = source.origin.match(/^(.*)\.([^.]*)$/) ?? [];
    return name ? `from ${module} import ${name}\n\n${name}(${all.join(", ")})` : `settings = dict(${all.join(", ")})`;
  }

  codeButton.addEventListener("click", async () => {
    code.textContent = settings();
    code.hidden = false;
    codeButton.setAttribute("aria-expanded", "true");
    try {
      await navigator.clipboard.writeText(code.textContent);
      announcement.textContent = "Copied.";
      codeButton.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      announcement.textContent = "The code stands below the chart, selected: copy it from there.";
      codeButton.textContent = "Copy the text below";
    }
    clearTimeout(timers.copied);
    timers.copied = setTimeout(() => (codeButton.textContent = "Copy as code"), 2500);
  });

  // -- guessing
  function ask() {
    guess = { said: null, open: true };
    verdict.hidden = true;
    panel.hidden = bar.hidden = summary.hidden = true;
    table.hidden = code.hidden = true;
    tableButton.setAttribute("aria-expanded", "false");
    codeButton.setAttribute("aria-expanded", "false");
    const form = asking(payload.guess, {
      changed(said) {
        guess.said = said;
        schedule();
      },
      commit(said) {
        guess = { said, open: false, verdict: said === null ? "" : compare(payload.guess, said) };
        recomputed = false;
        stopDrawing();
        guessing.replaceChildren();
        panel.hidden = bar.hidden = summary.hidden = false;
        verdict.hidden = said === null;
        judge();
        touched = true;
        schedule();
        (said === null ? Object.values(inputs)[0].input : verdict).focus({ preventScroll: true });
        // The form has gone and the controls have come: bring the whole chart back into view, once it is drawn.
        requestAnimationFrame(() => requestAnimationFrame(() => root.scrollIntoView({ block: "nearest" })));
      },
    });
    guessing.replaceChildren(form.place);
    const stopDrawing = payload.guess.kind === "curve" ? drawable(form) : () => {};
    if (payload.guess.kind === "curve") guess.said = form.said;
  }

  // A curve may also be drawn on the chart itself, by mouse, pen or touch.
  function drawable(form) {
    const { at, values, scale } = payload.guess;
    const far = (a, b) => (scale === "log" ? Math.abs(Math.log(a / b)) : Math.abs(a - b));
    const follow = (event) => {
      if (!chart._fullLayout || (event.type === "pointermove" && event.buttons === 0)) return;
      const { xaxis, yaxis } = chart._fullLayout;
      const box = chart.getBoundingClientRect();
      const across = event.clientX - box.left - xaxis._offset;
      const down = Math.min(Math.max(event.clientY - box.top - yaxis._offset, 0), yaxis._length);
      const height = yaxis.p2d(down);
      const handles = at.map((place) => Math.abs(xaxis.d2p(place) - across));
      const handle = handles.indexOf(Math.min(...handles));
      const heights = values.map((value) => far(value, height));
      form.set(handle, heights.indexOf(Math.min(...heights)));
      event.preventDefault();
    };
    const layer = new AbortController();
    for (const type of ["pointerdown", "pointermove"])
      chart.addEventListener(type, follow, { signal: layer.signal, capture: true });
    chart.classList.add("dossier-drawable");
    return () => {
      layer.abort();
      chart.classList.remove("dossier-drawable");
    };
  }

  // -- life
  const resize = new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    schedule();
  });
  resize.observe(chart);
  const theme = new MutationObserver(schedule);
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", schedule);
  leaving.push(
    () => resize.disconnect(),
    () => theme.disconnect(),
    () => scheme.removeEventListener("change", schedule),
  );
  leaving.push(source.connect({ receive, recompute, tell }));

  way = [position[active]];
  remember();
  label();
  if (payload.guess) ask();
  const ready = plotly(source.library).then((library) => {
    Plotly = library;
    draw();
  });
  ready.catch((error) =>
    tell(`The chart could not be drawn (${error.message}). The text and the table below still hold.`),
  );
  if (!payload.guess && frame().frame) say(frame().frame);

  return () => {
    for (const leave of leaving) leave();
    for (const timer of Object.values(timers)) clearTimeout(timer);
    cancelAnimationFrame(scheduled);
    if (Plotly && chart._fullLayout) Plotly.purge(chart);
    el.replaceChildren();
  };
}

// ---------------------------------------------------------------------------------------------- the two hosts

function render({ model, el }) {
  const kernel = model.widget_manager?.kernel;
  let stopped = false;
  el.classList.add("dossier-explorable");
  return mount(el, {
    payload: model.get("payload"),
    start: model.get("position"),
    origin: model.get("source"),
    alone:
      "Python has stopped, so one control moves at a time and the others go back. Run the cell again for all of it.",
    live: () => !stopped,
    ask: (request) => model.send(request),
    settled(position) {
      if (stopped) return;
      model.set("position", position);
      model.save_changes();
    },
    library: async () => {
      const shared = await model.widget_manager.get_model(model.get("library").replace("IPY_MODEL_", ""));
      return new TextDecoder().decode(shared.get("plotly"));
    },
    connect({ receive, recompute, tell }) {
      const anew = () => model.get("payload")?.slices && recompute(model.get("payload"));
      const watch = (_, state) => {
        if (!GONE.has(state)) return;
        stopped = true;
        tell("Python has stopped. The chart keeps what it has: run the cell again to bring it back to life.");
      };
      model.on("msg:custom", receive);
      model.on("change:payload", anew);
      kernel?.statusChanged?.connect(watch);
      return () => {
        model.off("msg:custom", receive);
        model.off("change:payload", anew);
        kernel?.statusChanged?.disconnect(watch);
      };
    },
  });
}

function hydrate(page) {
  for (const el of page.querySelectorAll("[data-dossier-explorable]")) {
    const payload = JSON.parse(el.querySelector("script[type='application/json']").textContent);
    el.removeAttribute("data-dossier-explorable");
    mount(el, {
      payload,
      start: {},
      origin: payload.source,
      alone:
        "This page runs without Python: one control moves at a time, and the others went back to where they started.",
      live: () => false,
      ask() {},
      settled() {},
      library: async () => page.getElementById("dossier-plotly").textContent.replaceAll("<\\/script", "</script"),
      connect: () => () => {},
    });
  }
}

export { render };
