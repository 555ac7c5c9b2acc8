import React, { memo } from 'react';
import { t } from '../../i18n';
import type { Column } from '../../tree/columns';
import type { Facts } from '../../tree/facts';
import type { Item } from '../../tree/outline';
import { toneOf } from '../../tree/status';
import { spoken } from '../card/spoken';
import { StatusIcon, ToolIcon } from '../Icons';
import { LinkVerdictMark } from '../proof/LinkVerdictMark';
import { useLinkTold } from '../proof/marks';
import { SupposedMark } from '../whatif/NotReal';
import { Cell } from './Cell';
import { tall } from '../tall';

interface Props {
  item: Item;
  index: number;
  height: number;
  columns: Column[];
  stacked: boolean;
  template: string;
  facts: Facts;
  folded: boolean;
  active: boolean;
  selected: boolean;
  dimmed: boolean;
  onToggle: (id: string) => void;
  onSelect: (key: string) => void;
  onBranch: (key: string) => void;
  onActivate: (id: string) => void;
  onJump: (key: string) => void;
}

const INDENT = 16;
/** Deeper than this, a further level is not indented further: the name needs the room. */
const DEEPEST = 9;

export const Row = memo(function Row(props: Props) {
  const { item, index, height, columns, stacked, template, facts, folded, active, selected, dimmed } = props;
  const { node } = item;
  const status = facts.result?.status ?? 'no_data';
  const drivers = item.children.length;
  const reference = item.kind === 'reference';
  const linkTold = useLinkTold();
  return (
    <div
      role="row"
      aria-level={item.level}
      aria-rowindex={index + 2}
      aria-expanded={drivers ? !folded : undefined}
      aria-selected={selected}
      aria-label={[spoken(node, facts), linkTold(item)].filter(Boolean).join(', ')}
      tabIndex={active ? 0 : -1}
      className={`kpi-tr kpi-tone-${toneOf(status)} ${selected ? 'kpi-selected' : ''} ${dimmed ? 'kpi-dimmed' : ''}`}
      style={{ top: index * height, ...tall(height), gridTemplateColumns: template }}
      data-test={reference ? 'kpi-reference' : 'kpi-node'}
      data-key={node.key}
      data-id={item.id}
      onFocus={() => props.onActivate(item.id)}
      onClick={() => (reference ? props.onJump(node.key) : props.onSelect(node.key))}
      onDoubleClick={() => drivers > 0 && props.onBranch(node.key)}
    >
      {columns.map(({ id, numeric }) =>
        id === 'name' ? (
          <span key={id} role="gridcell" className="kpi-td-name" style={{ paddingLeft: Math.min(item.level - 1, DEEPEST) * INDENT }}>
            {drivers > 0 ? (
              <button
                type="button"
                tabIndex={-1}
                className={`kpi-twist ${folded ? '' : 'kpi-open'}`}
                data-test="kpi-fold"
                aria-label={t(folded ? 'Unfold the drivers of {name}' : 'Fold the drivers of {name}', { name: node.name })}
                onClick={event => {
                  event.stopPropagation();
                  props.onToggle(item.id);
                }}
              >
                <ToolIcon tool="twist" />
              </button>
            ) : (
              <span className="kpi-twist" />
            )}
            {!stacked && !columns.some(column => column.id === 'status') && <StatusIcon status={status} />}
            <span className="kpi-name" dir="auto" title={[node.name, node.description].filter(Boolean).join('\n')}>{node.name}</span>
            {reference && <ToolIcon tool="jump" />}
            {facts.supposed && <SupposedMark />}
            {item.link && <LinkVerdictMark link={item.link} />}
            {stacked && <Cell id="status" node={node} facts={facts} />}
          </span>
        ) : (
          <span key={id} role="gridcell" className={`kpi-td kpi-td-${id} ${numeric ? 'kpi-numeric' : ''}`}>
            <Cell id={id} node={node} facts={facts} stacked={stacked} />
          </span>
        ),
      )}
    </div>
  );
});
