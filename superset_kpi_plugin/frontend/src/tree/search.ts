/** Finding nodes by a few letters of their name, as people type them. */
import type { TreeNode } from '../api/types';

export interface Match {
  node: TreeNode;
  score: number;
}

/** What is compared: without case, accents or the width that Japanese letters come in. */
export function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{Mn}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** The nodes whose name or key has the letters asked for in this order, the best first. */
export function search(nodes: readonly TreeNode[], asked: string, limit = 8): Match[] {
  const wanted = plain(asked).trim();
  if (!wanted) return [];
  return nodes
    .map(node => ({ node, score: Math.max(scoreOf(plain(node.name), wanted), scoreOf(node.key.replace(/_/g, ' '), wanted) - 1) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.node.name.length - b.node.name.length)
    .slice(0, limit);
}

/** Higher for a whole run of letters, more at a word's beginning; 0 where the letters are not there in order. */
function scoreOf(text: string, wanted: string): number {
  const at = text.indexOf(wanted);
  if (at === 0) return 1000;
  if (at > 0) return /[\s\-/(]/.test(text[at - 1]!) ? 800 : 600;
  let [place, score, run] = [-1, 2, 0];
  for (const letter of wanted.replace(/\s/g, '')) {
    const next = text.indexOf(letter, place + 1);
    if (next < 0) return 0;
    run = next === place + 1 ? run + 1 : 0;
    const begins = next === 0 || /\s/.test(text[next - 1]!);
    score += 2 + run * 4 + (begins ? 6 : 0) - Math.min(next - place, 8) * 0.2;
    place = next;
  }
  return Math.max(score, 1);
}

/** The next item, after the one at this place, whose name begins so; around the end, as a type-ahead does. */
export function typeAhead<T extends { node: TreeNode }>(items: readonly T[], at: number, typed: string): T | undefined {
  const wanted = plain(typed);
  // A further letter may still be about the item where one is; a first one asks for the next.
  const from = typed.length > 1 ? at : at + 1;
  const order = [...items.slice(from), ...items.slice(0, from)];
  return order.find(({ node }) => plain(node.name).startsWith(wanted));
}
