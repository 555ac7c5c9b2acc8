import type { TreeNode } from '../../api/types';
import { t } from '../../i18n';
import type { Facts } from '../../tree/facts';
import { reasonWord, statusWord } from '../../tree/words';
import { amount, share, signedShare } from '../numbers';

/** The whole card in one sentence for a screen reader. */
export function spoken(node: TreeNode, { result, change, supposed }: Facts): string {
  if (!result) return node.name;
  const said = (word: string, value: string, name: 'actual' | 'target' | 'attainment' | 'score') => {
    const reason = result.reasons[name];
    return `${t(word)}: ${result[name] === null && reason ? reasonWord(reason.code) : value}`;
  };
  const more = [
    result.forecast === null ? '' : `${t('Forecast')}: ${amount(result.forecast, node)}`,
    change && change.ratio !== null && change.better !== null
      ? `${t('Change')}: ${signedShare(change.ratio)}, ${t(change.better ? 'better' : 'worse')}`
      : '',
  ];
  return [
    node.name,
    ...(supposed ? [t('What-if, not real')] : []),
    statusWord(result.status),
    said('Actual', amount(result.actual, node), 'actual'),
    said('Target', amount(result.target, node), 'target'),
    said('Attainment', share(result.attainment), 'attainment'),
    said('Score', share(result.score), 'score'),
    ...more.filter(Boolean),
  ].join(', ');
}
