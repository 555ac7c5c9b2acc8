// Builds static/kpi-tree.js (loaded on every Superset page), static/page.js (on the page "KPI Trees"), and in
// static/chunks/ what they load: the chart when one is drawn, and of the page what its screen needs once the host is up.
// static/page.json tells which chunks those are, so that the shell can have them fetched while the host loads.
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static');
const ENTRY_LIMIT = 15_000;
const CHART_LIMIT = 200_000;
/** The screens of the page, each with the module that it is and what it may weigh with all that it imports. */
const SCREENS = {
  list: ['src/page/list/ListPage.tsx', 330_000],
  start: ['src/page/start/StartPage.tsx', 410_000],
  tree: ['src/page/tree/TreePage.tsx', 430_000],
  edit: ['src/page/EditPage.tsx', 490_000],
};

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

for (const stale of ['kpi-tree.js', 'page.js', 'page.json', 'chunks']) rmSync(join(out, stale), { recursive: true, force: true });
const chart = await whole({ KpiTreeChart: 'src/chart/KpiTreeChart.tsx' }, 'chunks/[name]-[hash]', [hostModules(SHARED)]);
const entry = await whole({ 'kpi-tree': 'src/chart/index.ts' }, '[name]', [loadedFrom(chart, /KpiTreeChart$/), hostModules(SHARED)]);
check('every page', ENTRY_LIMIT, [entry]);
check('when a chart is drawn', CHART_LIMIT, [chart]);
const page = await inParts({ page: 'src/page/boot.ts' });
const screens = {};
for (const [screen, [module, limit]] of Object.entries(SCREENS)) {
  const loaded = new Set(['src/page/boot.ts', 'src/page/Page.tsx', module].flatMap(part => page.withImports(part)));
  check(`on the page "KPI Trees", ${screen}`, limit, [...loaded]);
  screens[screen] = [...loaded].map(path => relative(out, join(here, path))).filter(path => path !== 'page.js');
}
writeFileSync(join(out, 'page.json'), JSON.stringify(screens));

/** Builds one file with all that it imports: each file more is a journey during which Superset lacks the chart. */
async function whole(entryPoints, entryNames, plugins) {
  const built = await build({ ...options, entryPoints, entryNames, plugins });
  return Object.keys(built.metafile.outputs)[0];
}

/** Builds an entry and, beside it, what it imports as it is asked for; what several of these need stands in files of its own. */
async function inParts(entryPoints) {
  const names = { entryNames: '[name]', chunkNames: 'chunks/[name]-[hash]' };
  const built = await build({ ...options, ...names, entryPoints, splitting: true, plugins: [hostModules(SHARED_WITH_PAGE), fromTheirFiles()] });
  const files = built.metafile.outputs;
  const fileOf = module => Object.keys(files).find(path => files[path].entryPoint === module);
  const imported = path => files[path].imports.filter(({ kind }) => kind === 'import-statement').map(one => one.path);
  const withImports = (module, found = new Set(), path = fileOf(module)) => {
    if (!found.has(path)) imported(found.add(path) && path).forEach(next => withImports(module, found, next));
    return [...found];
  };
  return { withImports };
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

/**
 * Takes each of antd's components and icons from its own file. Through the package's index, which every screen imports, all
 * that any screen uses would stand in what all of them load.
 */
function fromTheirFiles() {
  const pathOf = {
    antd: name => `antd/es/${name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()}`,
    '@ant-design/icons': name => `@ant-design/icons/es/icons/${name}`,
  };
  const one = from => imported => {
    const [name, alias = name] = imported.split(' as ').map(part => part.trim());
    return `import ${alias} from '${pathOf[from](name)}';`;
  };
  const values = names => names.split(',').map(name => name.trim()).filter(name => name && !name.startsWith('type '));
  const rewritten = (_, names, from) => values(names).map(one(from)).join(' ');
  return {
    name: 'from-their-files',
    setup: ({ onLoad }) =>
      onLoad({ filter: /frontend[\\/]src[\\/].*\.tsx?$/ }, async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replace(/^import \{([^}]*)\} from '(antd|@ant-design\/icons)';/gm, rewritten),
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      })),
  };
}

/** Lets an entry import a file from where it was built, and only once it is asked for. */
function loadedFrom(built, filter) {
  const path = `./chunks/${basename(built)}`;
  const onlyDynamic = ({ kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined);
  return { name: 'loaded', setup: ({ onResolve }) => onResolve({ filter }, onlyDynamic) };
}

/** Fails the build when what is loaded together is too much to load. */
function check(when, limit, paths) {
  const size = paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(here, path)), { level: 9 }).length, 0);
  const what = paths.length > 1 ? `${paths.length} files` : basename(paths[0]);
  console.log(`${when}: ${what}, ${size} B gzip of ${limit}`);
  if (size >= limit) {
    console.error(`too large: ${when}`);
    process.exitCode = 1;
  }
}
