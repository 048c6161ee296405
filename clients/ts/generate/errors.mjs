// What to do about each code or family of codes, from scripts/lib/errors.advice.

/** Families of programs and devices, which an application never hears of. */
const ELSEWHERE = new Set([
  "app",
  "at_rest",
  "beats",
  "cli",
  "config",
  "deploy",
  "deployment",
  "device_link",
  "device_sim",
  "edge",
  "export",
  "gateway",
  "hrv",
  "keeper",
  "link",
  "notify",
  "ops",
  "recording",
  "sensors",
  "sponsor",
  "transport",
  "web",
]);

const LINE = /^([a-z_0-9]+)\/([a-z_0-9]+|\*)\s+(.+)$/;

/** @param {string} text of the file @returns {Map<string, string>} by code, or by family as `anchor/*` */
export function advice(text) {
  const found = new Map();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const parts = LINE.exec(line);
    if (!parts) throw new Error(`errors.advice: not a line of advice: ${line}`);
    if (!ELSEWHERE.has(parts[1])) found.set(`${parts[1]}/${parts[2]}`, parts[3]);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {string} text */
export function catalogue(text) {
  const rows = [...advice(text)].map(([code, what]) => `  ${JSON.stringify(code)}: ${JSON.stringify(what)},\n`);
  return `// Generated from scripts/lib/errors.advice by \`npm run generate\`; do not edit.

/** What to do about an error, by its code or by its family (\`anchor/*\`). */
export const ADVICE: Readonly<Record<string, string>> = {
${rows.join("")}};
`;
}
