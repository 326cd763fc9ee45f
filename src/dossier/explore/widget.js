// What every widget's model carries: a few lines. The rest comes once a page, from the library that all of them share,
// because a browser keeps every module that it has loaded, and JupyterLab every model, for as long as the page lives.

const halves = (globalThis.__dossierHalves ??= new Map());

async function half(model) {
  const library = await model.widget_manager.get_model(model.get("library").replace("IPY_MODEL_", ""));
  const code = library.get("halves")[model.get("half")];
  if (!halves.has(code)) halves.set(code, import(URL.createObjectURL(new Blob([code], { type: "text/javascript" }))));
  return halves.get(code);
}

export default {
  initialize({ model }) {
    // Twice, because a model also keeps the value before the last.
    model.on("destroy", () => [{}, null].forEach((nothing) => model.set("payload", nothing)));
  },
  async render(context) {
    return (await half(context.model)).render(context);
  },
};
