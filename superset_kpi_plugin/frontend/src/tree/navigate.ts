/** Where the keyboard goes, by the rules of the ARIA tree pattern. */
import { shown, visible, type Folded } from './fold';
import type { Item } from './outline';

export type Move =
  | { kind: 'focus'; id: string }
  | { kind: 'toggle'; id: string }
  | { kind: 'jump'; key: string }
  | { kind: 'select'; key: string }
  | null;

export function moveFor(key: string, at: Item, root: Item, folded: Folded): Move {
  const items = visible(root, folded);
  const index = items.findIndex(item => item.id === at.id);
  const focus = (item: Item | null | undefined): Move => (item ? { kind: 'focus', id: item.id } : null);
  const open = shown(at, folded).length > 0;
  switch (key) {
    case 'ArrowDown':
      return focus(items[index + 1]);
    case 'ArrowUp':
      return focus(items[index - 1]);
    case 'Home':
      return focus(items[0]);
    case 'End':
      return focus(items[items.length - 1]);
    case 'ArrowRight':
      if (at.kind === 'reference' || at.children.length === 0) return null;
      return open ? focus(at.children[0]) : { kind: 'toggle', id: at.id };
    case 'ArrowLeft':
      return open ? { kind: 'toggle', id: at.id } : focus(at.parent);
    case 'Enter':
      if (at.kind === 'reference') return { kind: 'jump', key: at.node.key };
      return at.children.length > 0 ? { kind: 'toggle', id: at.id } : { kind: 'select', key: at.node.key };
    case ' ':
      return { kind: 'select', key: at.node.key };
    default:
      return null;
  }
}
