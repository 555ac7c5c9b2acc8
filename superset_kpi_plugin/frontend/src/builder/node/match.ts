/** What somebody may mean by the beginning of a word. */
export interface Candidate {
  key: string;
  name: string;
}

const plain = (text: string) => text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

/** The candidates whose key or name begins with the text, then those that hold it; in the order given otherwise. */
export function best<One extends Candidate>(text: string, candidates: readonly One[], most = 12): One[] {
  const wanted = plain(text);
  const rank = ({ key, name }: Candidate) => {
    const words = [key, plain(name)];
    if (words.some(word => word.startsWith(wanted))) return 0;
    return words.some(word => word.includes(wanted)) ? 1 : 2;
  };
  const ranked = candidates.map(one => ({ one, at: rank(one) })).filter(({ at }) => at < 2);
  return ranked.sort((a, b) => a.at - b.at).slice(0, most).map(({ one }) => one);
}
