// Reads flowcharts with Mermaid's own parser, and prints what it understood as JSON: [{ nodes, edges, groups }].
//
// usage: node flowchart.mjs MERMAID.js FLOWCHART…
import fs from 'node:fs';
import vm from 'node:vm';

const [library, ...flowcharts] = process.argv.slice(2);
const context = vm.createContext({ console, setTimeout, clearTimeout, queueMicrotask, structuredClone, URL, TextEncoder, performance });
// Without a browser the library's sanitizer of HTML has no methods. It is not what is tried here: labels come back as they were read.
vm.runInContext(
  'globalThis.window = globalThis;' +
    'Function.prototype.sanitize = (text) => text;' +
    'Function.prototype.addHook = () => {};',
  context,
);
vm.runInContext(fs.readFileSync(library, 'utf8'), context);

// The library puts its own marks around characters that were written by their name or number.
const names = { quot: '"', amp: '&', lt: '<', gt: '>' };
const decoded = (text) =>
  (text ?? '').replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code)).replace(/ﬂ°(\w+)¶ß/g, (_, name) => names[name]);

const read = [];
for (const flowchart of flowcharts) {
  const text = fs.readFileSync(flowchart, 'utf8');
  try {
    // Parsing comes first: it makes the kinds of diagrams known.
    await context.mermaid.parse(text);
  } catch (error) {
    console.error(`${flowchart}: ${error.message}`);
    process.exit(1);
  }
  const { db, type } = await context.mermaid.mermaidAPI.getDiagramFromText(text);
  if (type !== 'flowchart-v2') throw new Error(`${flowchart} is read as ${type}`);
  const nodes = [...db.getVertices().values()].map(({ id, text, type }) => ({ id, text: decoded(text), shape: type }));
  const edges = db.getEdges().map(({ start, end, text }) => ({ from: start, to: end, text: decoded(text) }));
  const groups = db.getSubGraphs().map(({ title }) => decoded(title));
  read.push({ nodes, edges, groups });
}
process.stdout.write(JSON.stringify(read));
