// Builds static/kpi-tree.js (loaded on every Superset page) and the file in static/chunks/ (when a chart is drawn).
import { build } from 'esbuild';
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
  outdir: out,
  bundle: true,
  format: 'esm',
  target: 'es2020',
  jsx: 'transform',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
};

for (const stale of ['kpi-tree.js', 'chunks']) rmSync(join(out, stale), { recursive: true, force: true });
const chart = await whole({ KpiTreeChart: 'src/chart/KpiTreeChart.tsx' }, 'chunks/[name]-[hash]');
const entry = await whole({ 'kpi-tree': 'src/chart/index.ts' }, '[name]', [chartAt(`./chunks/${basename(chart)}`)]);
check('every page', entry, ENTRY_LIMIT);
check('when a chart is drawn', chart, CHART_LIMIT);

/** Builds one file with all that it imports: each file more is a journey during which Superset lacks the chart. */
async function whole(entryPoints, entryNames, plugins = []) {
  const built = await build({ ...options, entryPoints, entryNames, plugins: [...plugins, hostModules] });
  return Object.keys(built.metafile.outputs)[0];
}

/** Lets the entry import the chart from where it was built, and only once a chart is drawn. */
function chartAt(path) {
  const onlyDynamic = ({ kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined);
  return { name: 'chart', setup: ({ onResolve }) => onResolve({ filter: /KpiTreeChart$/ }, onlyDynamic) };
}

/** Fails the build when a file is too much to load. */
function check(when, path, limit) {
  const size = gzipSync(readFileSync(join(here, path)), { level: 9 }).length;
  console.log(`${when}: ${basename(path)}, ${size} B gzip of ${limit}`);
  if (size >= limit) {
    console.error(`too large: ${when}`);
    process.exitCode = 1;
  }
}
