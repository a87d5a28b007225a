// FEEL expressions evaluated: JSON with expressions and contexts on each line of stdin, a table of values on one of stdout.
// Dates come and go as {"date": "2026-11-22"}; what cannot be evaluated as {"error": …}.
import { evaluate } from "feelin";
import { createInterface } from "node:readline";

const given = (value) => (value?.date ? evaluate(`date("${value.date}")`, {}).value : value);
const told = (value) => (value?.iso ? { date: value.iso } : (value ?? null));

const worth = (expression, context) => {
  try {
    return told(evaluate(expression, context).value);
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const { expressions, contexts } = JSON.parse(line);
  const read = contexts.map((each) => Object.fromEntries(Object.entries(each).map(([name, value]) => [name, given(value)])));
  const table = expressions.map((expression) => read.map((context) => worth(expression, context)));
  process.stdout.write(JSON.stringify(table) + "\n");
}
