// Mermaid's own parser: a JSON text on each line of stdin, and what it read as JSON on a line of stdout.
import { JSDOM } from "jsdom";
import { createInterface } from "node:readline";

const { window } = new JSDOM("<!doctype html><body></body>");
Object.assign(globalThis, { window, document: window.document }); // before mermaid is loaded: it looks for them then
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });

const holder = window.document.createElement("textarea");
const decoded = (text) => {
  holder.innerHTML = text.replace(/ﬂ°°/g, "&#").replace(/ﬂ°/g, "&").replace(/¶ß/g, ";");
  return holder.value;
};

const read = async (text) => {
  try {
    await mermaid.parse(text);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return {
      title: decoded(db.getAccTitle()),
      description: decoded(db.getAccDescription()),
      nodes: [...db.getVertices().values()].map((each) => ({
        id: each.id,
        text: decoded(each.text),
        classes: each.classes,
        shape: each.type,
        link: each.link ?? null,
      })),
      edges: db.getEdges().map((each) => ({
        source: each.start,
        target: each.end,
        text: decoded(each.text),
        stroke: each.stroke,
      })),
      classes: [...db.getClasses().keys()],
    };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await read(JSON.parse(line))) + "\n");
}
