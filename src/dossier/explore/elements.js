// Small helpers of both browser halves, the explorable's and the editable table's: each is sent with this in front.

const PATIENCE_MS = 500; // how long Python may take before the reader is told
const GONE = new Set(["dead", "terminating", "restarting", "autorestarting"]);

let count = 0;

function make(tag, properties = {}, ...children) {
  const { attributes = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Inside a notebook, JupyterLab would take arrow keys and letters for its own shortcuts before the element sees them.
const SUPPRESS = "data-lm-suppress-shortcuts";
const OURS = "data-dossier-focusable";

function focusable(tag, properties = {}, ...children) {
  return make(
    tag,
    { ...properties, attributes: { ...properties.attributes, [OURS]: "", [SUPPRESS]: "true" } },
    ...children,
  );
}

const EDITING = new Set(["a", "c", "v", "x", "y", "z", "Backspace", "Delete", "Home", "End", "Enter"]);

// Ctrl+S and its like are the notebook's. What edits text is the field's, and Enter too: running the cell would undo the edits.
// AltGr, which browsers call Ctrl+Alt, writes letters.
function theirs(event) {
  const combined = (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
  return (
    combined &&
    !event.key.startsWith("Arrow") &&
    !EDITING.has(event.key.length > 1 ? event.key : event.key.toLowerCase())
  );
}

function keepPlainKeys(root) {
  root.addEventListener("keydown", (event) => theirs(event) || event.stopPropagation());
}

// JupyterLab listens on the document, before any element: only the window is asked earlier. Once a page.
globalThis.__dossierKeys ??=
  addEventListener(
    "keydown",
    (event) => event.target.hasAttribute?.(OURS) && event.target.toggleAttribute(SUPPRESS, !theirs(event)),
    true,
  ) ?? true;

function literal(value) {
  if (value === true) return "True";
  if (value === false) return "False";
  return value === null ? "None" : JSON.stringify(value);
}
