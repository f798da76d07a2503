/**
 * Feeds the analysis damaged copies of real files: truncations, deletions of tokens, of lines and of brackets, at random places that repeat for the same
 * seed. Says how many made the analysis fault, look at cancellation too rarely, or take too long, and what the process holds at the end.
 *
 *     npx esbuild test/corpus/fuzz.ts --bundle --platform=node --format=esm --packages=external --outfile=dist/fuzz.mjs
 *     node dist/fuzz.mjs [--variants 10000] [--seed 1] [--python-path SITE-PACKAGES] FILE-OR-FOLDER...
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Analyzer } from '../../language-server/index.ts';

/** Milliseconds of processor time between two looks at cancellation, the file's end included. */
const mostBetweenLooks = 200;
/** Milliseconds of processor time for one analysis: that of the file's statements and of what is tried afterwards. */
const longest = 30_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { variants: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' }, 'python-path': { type: 'string', multiple: true } },
});
const files = positionals.flatMap(pythonFiles);
if (files.length === 0) throw new Error('Give Python files, or folders of them.');
const random = generator(Number(options.seed));

function pythonFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return path.endsWith('.py') ? [path] : [];
  return readdirSync(path).sort().flatMap((name) => pythonFiles(join(path, name)));
}

/** mulberry32: whole numbers below a limit. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

function damaged(text: string): string {
  switch (random(5)) {
    case 0: return text.slice(0, random(text.length + 1));
    case 1: return withoutSome(text.split(/(\b)/), 3);
    case 2: return withoutSome(text.split(/(?<=\n)/), 2);
    case 3: return withoutSome(text.split(/(?=[()[\]{}:"',])|(?<=[()[\]{}:"',])/), 1);
    default: {
      // what is being typed: the file ends in the middle of a line, and goes on behind it
      const at = random(text.length + 1);
      const end = text.indexOf('\n', at);
      return end === -1 ? text.slice(0, at) : text.slice(0, at) + text.slice(end);
    }
  }
}

function withoutSome(parts: string[], most: number): string {
  for (let i = 0; i <= random(3); i++) parts.splice(random(parts.length), 1 + random(most));
  return parts.join('');
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const analyzer = await Analyzer.create();
const found = new Map<string, { count: number; example: string }>();
const note = (what: string, example: string): void => {
  const known = found.get(what);
  if (known) known.count++;
  else found.set(what, { count: 1, example });
};
const total = Number(options.variants);
let worstLook = 0;
let worstRun = 0;
const texts = files.map((file) => readFileSync(file, 'utf8'));
// the libraries are interpreted first, as they are when a file is opened
for (const [index, file] of files.entries()) analyze(file, texts[index], () => {});
for (let variant = 0; variant < total; variant++) {
  // as in an editor, where each analysis is a task of its own: what is held by weak references lives to a task's end
  await new Promise((resolve) => setImmediate(resolve));
  const index = random(files.length);
  const text = damaged(texts[index]);
  let last = processorTime();
  const start = last;
  let gap = 0;
  analyze(files[index], text, () => {
    const now = processorTime();
    gap = Math.max(gap, now - last);
    last = now;
  });
  const end = processorTime();
  gap = Math.max(gap, end - last);
  const example = `${files[index]}, variant ${variant}`;
  if (gap > mostBetweenLooks) note(`over ${mostBetweenLooks} ms without a look at cancellation`, `${example}: ${gap.toFixed(0)} ms`);
  if (end - start > longest) note(`over ${longest} ms`, example);
  worstLook = Math.max(worstLook, gap);
  worstRun = Math.max(worstRun, end - start);
  if ((variant + 1) % 500 === 0) console.error(`${variant + 1} of ${total}, longest without a look ${worstLook.toFixed(0)} ms, longest ${worstRun.toFixed(0)} ms, ${memory()} MB, ${[...found.values()].reduce((sum, { count }) => sum + count, 0)} faults`);
}

function analyze(file: string, text: string, look: () => void): void {
  try {
    const { diagnostics } = analyzer.analyze({
      file, text, pythonPath: options['python-path'] ?? [],
      cancelled: () => {
        look();
        return false;
      },
    });
    const internal = diagnostics.find(({ code }) => code === 'internal-fault');
    if (internal) note(internal.message, file);
  } catch (error) {
    note(error instanceof Error ? error.stack?.split('\n').slice(0, 4).join('\n') ?? error.message : String(error), file);
  }
}

function memory(): string {
  return (process.memoryUsage().rss / 1e6).toFixed(0);
}

console.log(`${total} damaged copies of ${files.length} files: longest without a look at cancellation ${worstLook.toFixed(0)} ms, longest analysis ${worstRun.toFixed(0)} ms of processor time, ${memory()} MB held`);
for (const [what, { count, example }] of found) console.log(`${count}: ${what} (${example})`);
if (found.size > 0) process.exitCode = 1;
