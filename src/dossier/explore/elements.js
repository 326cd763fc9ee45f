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
function focusable(tag, properties = {}, ...children) {
  const attributes = { ...properties.attributes, "data-lm-suppress-shortcuts": "true" };
  return make(tag, { ...properties, attributes }, ...children);
}

function literal(value) {
  if (value === true) return "True";
  if (value === false) return "False";
  return value === null ? "None" : JSON.stringify(value);
}

