// Builds static/kpi-tree.js (loaded on every Superset page) and static/chunks/ (loaded when a chart is drawn).
import { build, context } from 'esbuild';
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static');
const ENTRY_LIMIT = 15_000;
const CHART_LIMIT = 200_000;

// What the host shares on window['__superset__/X']; a CommonJS module arrives wrapped, with the real one as `default`.
const SHARED = ['react', 'react-dom', 'lodash', '@superset-ui/core', '@superset-ui/chart-controls'];
const hostModules = {
  name: 'host-modules',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${SHARED.join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'host' }));
    onLoad({ filter: /.*/, namespace: 'host' }, ({ path }) => ({
      contents: path.startsWith('@')
        ? `module.exports = window['__superset__/${path}'];`
        : `const host = window['__superset__/${path}']; module.exports = host.default || host;`,
      loader: 'js',
    }));
  },
};

const options = {
  absWorkingDir: here,
  entryPoints: { 'kpi-tree': 'src/chart/index.ts' },
  outdir: out,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2020',
  jsx: 'transform',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [hostModules],
};

if (process.argv.includes('--watch')) {
  await (await context({ ...options, minify: false, sourcemap: 'inline' })).watch();
} else {
  for (const stale of ['kpi-tree.js', 'chunks']) rmSync(join(out, stale), { recursive: true, force: true });
  check((await build(options)).metafile.outputs);
}

/** Adds up what a page loads (a file and its static imports) and fails the build when it is too much. */
function check(outputs) {
  const gzip = path => gzipSync(readFileSync(join(here, path)), { level: 9 }).length;
  const closure = (path, seen = new Set()) => {
    if (seen.has(path)) return seen;
    seen.add(path);
    outputs[path].imports.filter(one => one.kind === 'import-statement').forEach(one => closure(one.path, seen));
    return seen;
  };
  const entry = Object.keys(outputs).find(path => basename(path) === 'kpi-tree.js');
  const everyPage = closure(entry);
  const lazy = Object.keys(outputs).filter(path => path.endsWith('.js') && !everyPage.has(path));
  const total = paths => [...paths].reduce((sum, path) => sum + gzip(path), 0);
  for (const path of Object.keys(outputs)) console.log(`${basename(path).padEnd(36)} ${gzip(path)} B gzip`);
  const sizes = { 'every page': [total(everyPage), ENTRY_LIMIT], 'when a chart is drawn': [total(lazy), CHART_LIMIT] };
  for (const [when, [size, limit]] of Object.entries(sizes)) {
    console.log(`${when}: ${size} B gzip of ${limit}`);
    if (size >= limit) {
      console.error(`too large: ${when}`);
      process.exitCode = 1;
    }
  }
}
