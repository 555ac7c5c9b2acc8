import React from 'react';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { node, result, sample } from '../../../test/sample';
import { factsOf } from '../../tree/facts';
import { Chips } from './Chips';
import { spoken } from './spoken';

afterEach(cleanup);

test('a card says that its number is only supposed, to eyes and ears', () => {
  const facts = factsOf({ ...sample(), overridden: ['orders'] });
  expect([facts('orders').supposed, facts('revenue').supposed]).toEqual([true, false]);
  expect(spoken(node('orders'), facts('orders'))).toContain('What-if, not real');
  expect(spoken(node('revenue'), facts('revenue'))).not.toContain('What-if');
  const drawn = (supposed: boolean) =>
    render(<Chips node={node('orders')} result={result('on_track')} supposed={supposed} scale={1} brief={false} />).container;
  expect(drawn(true).querySelector('[data-test="kpi-supposed"]')!.textContent).toBe('Supposed');
  expect(drawn(false).querySelector('[data-test="kpi-supposed"]')).toBeNull();
});
