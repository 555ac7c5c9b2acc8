import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const stub = (name: string) => fileURLToPath(new URL(`./test/${name}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      '@superset-ui/core': stub('superset-core.ts'),
      '@superset-ui/chart-controls': stub('superset-chart-controls.ts'),
    },
  },
  esbuild: { jsx: 'transform' },
  // The limit is against hanging: a page of antd takes its time in jsdom on a busy machine.
  test: { testTimeout: 30_000, environment: 'jsdom', setupFiles: stub('setup.ts'), include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
});
