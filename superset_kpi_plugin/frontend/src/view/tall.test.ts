import { expect, test } from 'vitest';
import { tall, withLeastHeights } from './tall';

test('heights are least heights as well, and nothing else is', () => {
  expect(tall(34)).toEqual({ height: 34, minHeight: 34 });
  expect(withLeastHeights('.a{height:6px;line-height:20px;max-height:9px}.b{width:1px;height:1.5px}.c{height:100%}')).toBe(
    '.a{height:6px;min-height:6px;line-height:20px;max-height:9px}.b{width:1px;height:1.5px;min-height:1.5px}.c{height:100%}',
  );
});
