// Finds the quotes of a case file again, the way web annotators do.
// Usage: node place.mjs dom-anchor|approx CASES.json > places.json ; seconds on standard error.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [way, file] = process.argv.slice(2);
const { v1, v2, comments } = JSON.parse(readFileSync(file, "utf8"));
const CONTEXT = 32;

async function finder() {
  if (way === "dom-anchor") {
    const anchors = createRequire(import.meta.url)("dom-anchor-text-quote");
    const root = { textContent: v2 }; // all it reads of a page
    return ({ start, end, exact }) => {
      const prefix = v1.slice(Math.max(0, start - CONTEXT), start);
      const suffix = v1.slice(end, end + CONTEXT);
      return anchors.toTextPosition(root, { exact, prefix, suffix }, { hint: start });
    };
  }
  const { default: search } = await import("approx-string-match");
  return ({ start, exact }) => {
    const found = search(v2, exact, Math.min(256, Math.floor(exact.length / 2)));
    const score = (m) => m.errors * 1000 + Math.abs(m.start - start) / v2.length;
    return found.reduce((best, m) => (best && score(best) <= score(m) ? best : m), null);
  };
}

const find = await finder();
const began = process.hrtime.bigint();
const places = comments.map((comment) => {
  const found = find(comment);
  return found
    ? { state: "found", start: found.start, end: found.end }
    : { state: "removed", start: null, end: null };
});
process.stderr.write(`${Number(process.hrtime.bigint() - began) / 1e9}\n`);
process.stdout.write(JSON.stringify(places));
