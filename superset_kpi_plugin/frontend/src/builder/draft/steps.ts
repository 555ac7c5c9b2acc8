/** Moving a node by one step with the keyboard: among its siblings, up to its parent's level, or down under a sibling. */
import type { TreeDoc } from './document';
import { moveNode, moveProblem, placeOf } from './edits';
import { childrenOf, parentsOf } from './structure';

export type Step = 'up' | 'down' | 'in' | 'out';

/** The document after the step; the same one where there is nowhere to go. `parent` is the one it is moved from. */
export function stepNode(doc: TreeDoc, key: string, parent: string, step: Step): TreeDoc {
  const place = placeOf(doc, parent, key);
  const siblings = childrenOf(doc, parent);
  switch (step) {
    case 'up':
      return place > 0 ? moveNode(doc, key, parent, parent, place - 1) : doc;
    case 'down':
      return place < siblings.length - 1 ? moveNode(doc, key, parent, parent, place + 1) : doc;
    case 'in': {
      const above = siblings[place - 1]?.child;
      return above === undefined ? doc : moveNode(doc, key, parent, above);
    }
    case 'out': {
      const up = parentsOf(doc, parent)[0];
      if (up === undefined || moveProblem(doc, key, parent, up) !== null) return doc;
      return moveNode(doc, key, parent, up, placeOf(doc, up, parent) + 1);
    }
  }
}
