import React from 'react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { Press } from './Press';

afterEach(cleanup);

test('is a button to hands and keyboard, and none to the host’s PDF', () => {
  let [presses, around] = [0, 0];
  render(<div onKeyDown={() => void (around += 1)}><Press onClick={() => void (presses += 1)}>Leads</Press></div>);
  const press = screen.getByRole('button', { name: 'Leads' });
  expect([press.tagName, press.tabIndex]).toEqual(['SPAN', 0]);
  fireEvent.click(press);
  // A default that is prevented: Space does not scroll.
  expect([fireEvent.keyDown(press, { key: 'Enter' }), fireEvent.keyDown(press, { key: ' ' })]).toEqual([false, false]);
  expect([presses, around]).toEqual([3, 0]);
  expect(fireEvent.keyDown(press, { key: 'Tab' })).toBe(true);
  expect([presses, around]).toEqual([3, 1]);
});
