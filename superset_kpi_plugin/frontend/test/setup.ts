/** Warnings are errors: what React or antd tells the console fails the test that made it say so. */
import { format } from 'node:util';
import { afterEach } from 'vitest';

const told: string[] = [];

console.error = (...parts: unknown[]) => {
  const text = format(...parts);
  // What jsdom cannot do says nothing of the code.
  if (!text.startsWith('Error: Not implemented')) told.push(text);
};

afterEach(() => {
  const all = told.splice(0);
  if (all.length > 0) throw new Error(`The console was told of:\n${all.join('\n')}`);
});
