import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = readdirSync(__dirname).filter(name => !name.includes('.test.'));

test.each(sources)('%s draws nothing and calls nobody', name => {
  const imports = readFileSync(join(__dirname, name), 'utf8').match(/from '([^']+)'/g) ?? [];
  expect(imports.filter(one => /react|superset|\.\.\/view|\/chart|api\/client/.test(one))).toEqual([]);
});
