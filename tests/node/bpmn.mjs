// What bpmn-moddle and bpmnlint say of a BPMN file: a JSON text on each line of stdin, findings as JSON on a line of stdout.
import { BpmnModdle } from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";
import { createInterface } from "node:readline";

const linterOf = () => new Linter({
  resolver: new NodeResolver(),
  config: { extends: ["bpmnlint:recommended", "bpmnlint:correctness"] },
});

const read = async (text) => {
  try {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(text);
    const reports = await linterOf().lint(rootElement);
    return {
      warnings: warnings.map((each) => each.message),
      findings: Object.entries(reports).flatMap(([rule, found]) =>
        found.map((each) => `${rule} ${each.id}: ${each.message}`),
      ),
      elements: rootElement.rootElements.flatMap((each) => each.flowElements ?? []).length,
    };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await read(JSON.parse(line))) + "\n");
}
