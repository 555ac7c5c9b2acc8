/** Edits that the server proposes to settle a piece of advice. */
import type { Fix, Span, TreeDoc } from './document';
import { link, setFormula, setNode } from './edits';
import { nodeOf } from './structure';

export function applyFix(doc: TreeDoc, { nodes, links, without_targets }: Fix): TreeDoc {
  const set = Object.entries(nodes).reduce((tree, [key, { formula, ...fields }]) => {
    const filled = setNode(tree, key, fields);
    return formula === undefined ? filled : setFormula(filled, key, formula);
  }, doc);
  const linked = links.reduce((tree, { parent, child }) => link(tree, parent, child), set);
  return Object.entries(without_targets).reduce(withoutTargets, linked);
}

/** Takes target rows of the whole away; a member's stay. */
function withoutTargets(doc: TreeDoc, [key, spans]: [string, Span[]]): TreeDoc {
  const isGone = ({ start, end }: Span) => spans.some(span => span.start === start && span.end === end);
  const targets = nodeOf(doc, key)?.targets ?? [];
  return setNode(doc, key, { targets: targets.filter(row => row.dimension !== null || !isGone(row)) });
}
