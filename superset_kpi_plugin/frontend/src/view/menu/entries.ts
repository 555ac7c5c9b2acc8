import type { EvaluateRequest, Evaluation } from '../../api/types';
import { t } from '../../i18n';
import { isSelected, maskFor, type CrossFilter } from '../../tree/crossFilter';
import { explorePath, filtersOf, isReadable } from '../../tree/panelExplore';
import { hasTarget, leversOf } from '../../tree/whatif';
import { nameOf as memberName } from '../heatmap/MemberHead';
import { TOOL_SHAPES } from '../Icons';
import { PANEL_SHAPES } from '../panel/Icon';
import { hostUrl } from '../panel/Origin';
import type { Tab } from '../panel/tabs';
import type { MenuEntry } from './Menu';
import type { Pressed } from './useNodeMenu';

interface Given {
  evaluation: Evaluation;
  request: EvaluateRequest;
  /** The node whose branch alone is shown. */
  branch: string | null;
  crossFilter: CrossFilter | null;
  onOpen: (tab: Tab, key: string, sql?: boolean) => void;
  onBranch: (key: string | null) => void;
}

/** What can be done with what was pressed: only what there is to do. */
export function entriesFor({ key, column, member }: Pressed, given: Given): MenuEntry[] {
  return [...filterEntries(column, member, given), ...(key === null ? [] : nodeEntries(key, given))];
}

function filterEntries(column: Pressed['column'], member: Pressed['member'], { crossFilter }: Given): MenuEntry[] {
  if (!crossFilter || !column || member === undefined) return [];
  const name = memberName(member);
  const chosen = isSelected(crossFilter.selected, { column, member });
  return [
    {
      id: 'cross-filter',
      label: t(chosen ? 'Stop filtering the dashboard by {member}' : 'Filter the dashboard by {member}', { member: name }),
      icon: TOOL_SHAPES.filter,
      act: () => crossFilter.emit(maskFor(crossFilter.selected, { column, member }, name)),
    },
  ];
}

function nodeEntries(key: string, { evaluation, request, branch, onOpen, onBranch }: Given): MenuEntry[] {
  const { tree } = evaluation;
  const node = tree.nodes.find(one => one.key === key);
  if (!node) return [];
  const metric = isReadable(node.metric) ? node.metric : null;
  const drivers = tree.links.some(({ parent }) => parent === key);
  const alone = branch === key;
  const { formula, influence, above } = leversOf(evaluation);
  const result = evaluation.nodes[key];
  const movable = above.includes(key) || ([...formula, ...influence].includes(key) && result && (result.actual !== null || hasTarget(result)));
  return [
    { id: 'details', label: t('Details'), icon: PANEL_SHAPES.details, act: () => onOpen('details', key) },
    ...(drivers && (key !== tree.root || branch !== null)
      ? [{
          id: 'branch',
          label: alone || key === tree.root ? t('Show the whole tree') : t('Show only this branch'),
          icon: TOOL_SHAPES.branch,
          act: () => onBranch(alone || key === tree.root ? null : key),
        }]
      : []),
    ...(movable ? [{ id: 'what-if', label: t('What if it were another number'), icon: PANEL_SHAPES['what-if'], act: () => onOpen('what-if', key) }] : []),
    ...(metric
      ? [
          { id: 'explore', label: t('Open in Explore'), icon: PANEL_SHAPES.external, href: hostUrl(explorePath(metric, filtersOf(key, request, evaluation))) },
          { id: 'sql', label: t('View the SQL'), icon: PANEL_SHAPES.data, act: () => onOpen('data', key, true) },
        ]
      : []),
  ];
}
