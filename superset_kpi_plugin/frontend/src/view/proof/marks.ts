import { createContext, useContext } from 'react';
import type { ComponentProof, InfluenceProof } from '../../api/types';
import { t } from '../../i18n';
import type { LinkMark, MarkOf } from '../../tree/linkProof';
import type { Item } from '../../tree/outline';
import { verdictWord } from '../../tree/panelWords';
import { plain, share } from '../numbers';

/** What is known of the links; null until somebody has asked for the proof. */
export const Marks = createContext<MarkOf | null>(null);

export const useMarks = (): MarkOf | null => useContext(Marks);

/** The link to an item's parent in words, for whoever reads out the item; empty where nothing was asked. */
export function useLinkTold(): (item: Item) => string {
  const markOf = useMarks();
  return ({ link, parent }) => {
    const mark = markOf && link && markOf(link);
    return mark && parent ? t('Link to {parent}: {verdict}', { parent: parent.node.name, verdict: told(mark) }) : '';
  };
}

/** The verdict with the numbers that it rests on. */
export function told({ verdict, row }: LinkMark): string {
  const word = verdictWord(verdict);
  if (row === null) return `${word}. ${t('The formula is what the parent is: there is nothing to prove.')}`;
  return 'child' in row ? `${word}. ${ofInfluence(row)}` : `${word}. ${ofFormula(row)}`;
}

function ofFormula({ count, median }: ComponentProof): string {
  if (median === null) return t('Measured against the formula over {count} periods', { count });
  return t('Measured against the formula over {count} periods, median error {median}', { count, median: share(median) });
}

function ofInfluence({ count, correlation, note }: InfluenceProof): string {
  const held =
    correlation === null
      ? t('{count} changes held against each other', { count })
      : t('{count} changes held against each other, correlation {correlation}', { count, correlation: plain(correlation) });
  return `${held}. ${note}`;
}
