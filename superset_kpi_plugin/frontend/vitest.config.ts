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
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
});
