/** Keys: the names by which formulas know nodes. */
import { t } from '../../i18n';
import type { TreeDoc } from './document';

const LONGEST = 63;
const KEY = /^[a-z][a-z0-9_]{0,62}$/;
const UNNAMED = 'kpi';

/** What a name gives as a key: `Giá trị đơn hàng` is `gia_tri_don_hang`; empty where it gives none. */
export function keyFor(name: string): string {
  const plain = name.normalize('NFKD').replace(/[đĐ]/g, 'd').replace(/ß/g, 'ss').toLowerCase();
  const words = plain.replace(/[\u0300-\u036f'’]/g, '').replace(/[^a-z0-9]+/g, '_');
  return words.replace(/^[_0-9]+/, '').slice(0, LONGEST).replace(/_+$/, '');
}

/** The key itself where it is free, else with the first free number behind it; one of its own for want of any. */
export function freeKey(taken: ReadonlySet<string>, wanted: string): string {
  if (wanted && !taken.has(wanted)) return wanted;
  for (let number = wanted ? 2 : 1; ; number += 1) {
    const tail = `_${number}`;
    const key = `${(wanted || UNNAMED).slice(0, LONGEST - tail.length)}${tail}`;
    if (!taken.has(key)) return key;
  }
}

/** A key that was given for want of a name: the first name makes a better one. */
export const isUnnamed = (key: string): boolean => /^kpi_[0-9]+$/.test(key);

export const keysOf = (doc: TreeDoc): Set<string> => new Set(doc.nodes.map(({ key }) => key));

/** Why a node cannot have this key; null where it can. */
export function keyProblem(doc: TreeDoc, key: string, next: string): string | null {
  if (!KEY.test(next)) return t('A key is lower-case letters, digits and _, and starts with a letter.');
  if (next !== key && keysOf(doc).has(next)) return t('Another KPI has this key.');
  return null;
}
