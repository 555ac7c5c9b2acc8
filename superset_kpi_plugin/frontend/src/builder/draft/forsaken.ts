/** Formulas that name a KPI which has left theirs: what each can become, so that none is left wrong. */
import { t } from '../../i18n';
import type { LinkDoc, NodeDoc, TreeDoc } from './document';
import { linkProblem } from './edits';
import { formulaWithout } from './expression';
import { namesIn } from './formula';
import { leftOpen } from './remove';
import { childrenOf, linkOf, nameOf, nodeOf } from './structure';

/** The formula goes on without what left, what left stays under its KPI as well, or the KPI does without a formula. */
export type Fate = 'mend' | 'stay' | 'open';

export interface Forsaken {
  node: NodeDoc;
  /** The links that its formula needs, as they were. */
  lost: LinkDoc[];
  /** The formula without what left; null where only a person can say. */
  without: string | null;
  fates: Fate[];
}

/** The KPIs whose formulas an edit leaves naming what no longer stands under them. `stays`: whether that may stay as well. */
export function forsakenBy(before: TreeDoc, after: TreeDoc, stays: boolean): Forsaken[] {
  if (before.links === after.links) return [];
  return after.nodes.flatMap(node => {
    const names = namesIn(node.formula);
    const lost = childrenOf(before, node.key).filter(({ child }) => names.includes(child) && nodeOf(after, child) && !linkOf(after, node.key, child));
    if (lost.length === 0) return [];
    const without = formulaWithout(node.formula!, new Set(lost.map(({ child }) => child)), new Map());
    const canStay = stays && lost.every(({ child }) => linkProblem(after, node.key, child) === null);
    const fates: Fate[] = [...(without === null ? [] : ['mend' as const]), ...(canStay ? ['stay' as const] : []), 'open'];
    return [{ node, lost, without, fates }];
  });
}

/** The document with each of these formulas as it was chosen; where nothing was, as `fates` begins. */
export function settleForsaken(after: TreeDoc, forsaken: readonly Forsaken[], chosen: ReadonlyMap<string, Fate>): TreeDoc {
  return forsaken.reduce((doc, { node, lost, without, fates }) => {
    const fate = chosen.get(node.key) ?? fates[0]!;
    if (fate === 'stay') return { ...doc, links: [...doc.links, ...lost] };
    const names = lost.map(({ child }) => nameOf(doc, child)).join(', ');
    const settled = fate === 'mend' ? { ...node, formula: without } : leftOpen(node, t('Formula until {names} was moved:', { names }));
    return { ...doc, nodes: doc.nodes.map(one => (one.key === node.key ? settled : one)) };
  }, after);
}
