// Builds static/kpi-tree.js (loaded on every Superset page), static/page.js (on the page "KPI Trees"), and in
// static/chunks/ what they load: the chart when one is drawn, the page once the host is up.
import { build } from 'esbuild';
import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static');
const ENTRY_LIMIT = 15_000;
const CHART_LIMIT = 200_000;
const PAGE_LIMIT = 600_000;

// What the host shares on window['__superset__/X']; a CommonJS module arrives wrapped, with the real one as `default`.
const SHARED = ['react', 'react-dom', 'lodash', '@superset-ui/core', '@superset-ui/chart-controls'];
// The page brings its own React: antd asks for a newer one than the oldest host has.
const SHARED_WITH_PAGE = SHARED.filter(name => !name.startsWith('react'));

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

for (const stale of ['kpi-tree.js', 'page.js', 'chunks']) rmSync(join(out, stale), { recursive: true, force: true });
const chart = await whole({ KpiTreeChart: 'src/chart/KpiTreeChart.tsx' }, 'chunks/[name]-[hash]', [hostModules(SHARED)]);
const entry = await whole({ 'kpi-tree': 'src/chart/index.ts' }, '[name]', [loadedFrom(chart, /KpiTreeChart$/), hostModules(SHARED)]);
const page = await whole({ Page: 'src/page/Page.tsx' }, 'chunks/[name]-[hash]', [hostModules(SHARED_WITH_PAGE)]);
await whole({ page: 'src/page/boot.ts' }, '[name]', [loadedFrom(page, /\/Page$/)]);
check('every page', entry, ENTRY_LIMIT);
check('when a chart is drawn', chart, CHART_LIMIT);
check('on the page "KPI Trees"', page, PAGE_LIMIT);

/** Builds one file with all that it imports: each file more is a journey during which Superset lacks the chart. */
async function whole(entryPoints, entryNames, plugins) {
  const built = await build({ ...options, entryPoints, entryNames, plugins });
  return Object.keys(built.metafile.outputs)[0];
}

/** Takes modules from the host instead of bundling them. */
function hostModules(shared) {
  const filter = new RegExp(`^(${shared.join('|')})$`);
  return {
    name: 'host-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ path }) => ({ path, namespace: 'host' }));
      onLoad({ filter: /.*/, namespace: 'host' }, ({ path }) => ({
        contents: path.startsWith('@')
          ? `module.exports = window['__superset__/${path}'];`
          : `const host = window['__superset__/${path}']; module.exports = host.default || host;`,
        loader: 'js',
      }));
    },
  };
}

/** Lets an entry import a file from where it was built, and only once it is asked for. */
function loadedFrom(built, filter) {
  const path = `./chunks/${basename(built)}`;
  const onlyDynamic = ({ kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined);
  return { name: 'loaded', setup: ({ onResolve }) => onResolve({ filter }, onlyDynamic) };
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
