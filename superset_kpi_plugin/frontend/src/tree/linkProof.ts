/** What the proof says of each link. */
import type { ComponentProof, InfluenceProof, Proof, TreeLink } from '../api/types';
import type { Tone } from './status';

export type LinkVerdict = ComponentProof['verdict'] | InfluenceProof['verdict'] | 'definition';

export interface LinkMark {
  verdict: LinkVerdict;
  /** What was measured; null where the arithmetic is the definition and there is nothing to measure. */
  row: ComponentProof | InfluenceProof | null;
}

export type MarkOf = (link: TreeLink) => LinkMark | null;

/** A component stands with its parent's formula, an influence by itself; null where the proof does not know the link. */
export function marksOf({ components, influences }: Pick<Proof, 'components' | 'influences'>): MarkOf {
  const formulas = new Map(components.map(row => [row.parent, row]));
  const claims = new Map(influences.map(row => [`${row.parent} ${row.child}`, row]));
  return ({ parent, child, kind }) => {
    if (kind === 'influence') {
      const row = claims.get(`${parent} ${child}`);
      return row ? { verdict: row.verdict, row } : null;
    }
    const row = formulas.get(parent);
    return row ? { verdict: row.verdict, row } : { verdict: 'definition', row: null };
  };
}

/** How many links have each verdict, in the order in which they matter. */
export function countVerdicts(links: TreeLink[], markOf: MarkOf): [LinkVerdict, number][] {
  const counts = new Map<LinkVerdict, number>();
  for (const link of links) {
    const verdict = markOf(link)?.verdict;
    if (verdict) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  }
  return ORDER.filter(verdict => counts.has(verdict)).map(verdict => [verdict, counts.get(verdict) ?? 0]);
}

const ORDER: LinkVerdict[] = ['disproven', 'contradicted', 'proven', 'supported', 'unproven', 'not_shown', 'definition'];

const TONES: Record<LinkVerdict, Tone> = {
  proven: 'success',
  supported: 'success',
  disproven: 'error',
  contradicted: 'error',
  unproven: 'neutral',
  not_shown: 'neutral',
  definition: 'neutral',
};

export const verdictTone = (verdict: LinkVerdict): Tone => TONES[verdict] ?? 'neutral';
