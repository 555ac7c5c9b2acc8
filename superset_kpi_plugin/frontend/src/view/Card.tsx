import React, { memo } from 'react';
import { t } from '../i18n';
import { FACE, isFar, type Density } from '../tree/density';
import type { Facts } from '../tree/facts';
import type { Box, Growth } from '../tree/layout';
import type { Item } from '../tree/outline';
import { toneOf } from '../tree/status';
import { Chips } from './card/Chips';
import { FACES } from './card/faces';
import { spoken } from './card/spoken';
import { ToolIcon } from './Icons';
import { useLinkTold } from './proof/marks';
import { tall } from './tall';

export interface ItemProps {
  item: Item;
  box: Box;
  facts: Facts;
  folded: boolean;
  active: boolean;
  selected: boolean;
  /** Drawn, yet not among what was asked for: it only leads there. */
  dimmed: boolean;
  position: number;
  siblings: number;
  density: Density;
  growth: Growth;
  onToggle: (id: string) => void;
  onSelect: (key: string) => void;
  onBranch: (key: string) => void;
  onActivate: (id: string) => void;
}

/**
 * A node's card. To assistive technology it is one item with one name, the whole card in a sentence; its buttons are for the
 * pointer, the keys do the same.
 */
export const Card = memo(function Card(props: ItemProps) {
  const { item, box, facts, folded, active, selected, dimmed, density, onToggle, onSelect, onBranch, onActivate } = props;
  const { node } = item;
  const { result } = facts;
  const linkTold = useLinkTold();
  const said = [spoken(node, facts), linkTold(item)].filter(Boolean).join(', ');
  const drivers = item.children.length;
  const Face = FACES[density];
  const face = FACE[density];
  const far = isFar(density);
  const within = (act: () => void) => (event: React.MouseEvent) => {
    event.stopPropagation();
    act();
  };
  return (
    <div
      role="treeitem"
      aria-level={item.level}
      aria-setsize={props.siblings}
      aria-posinset={props.position}
      aria-expanded={drivers ? !folded : undefined}
      aria-selected={selected}
      aria-label={far ? said : undefined}
      tabIndex={active ? 0 : -1}
      className={[
        `kpi-card kpi-tone-${toneOf(result?.status ?? 'no_data')}`,
        item.level === 1 && 'kpi-root',
        selected && 'kpi-selected',
        dimmed && 'kpi-dimmed',
      ].filter(Boolean).join(' ')}
      style={{ left: box.x, top: box.y, width: box.width, ...tall(box.height) }}
      data-test="kpi-node"
      data-key={node.key}
      data-id={item.id}
      data-density={density}
      onFocus={() => onActivate(item.id)}
      onClick={() => onSelect(node.key)}
    >
      {!far && <span className="kpi-sr">{said}</span>}
      {Face && (
        <div aria-hidden="true" className={`kpi-face kpi-face-${density}`} style={{ ...face, transform: `scale(${box.width / face.width})` }}>
          {result && <Face node={node} result={result} facts={facts} />}
        </div>
      )}
      {result && !far && <Chips node={node} result={result} supposed={facts.supposed} scale={box.width / face.width} brief={density === 'compact' || props.growth === 'down'} />}
      {drivers > 0 && item.level > 1 && !far && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className="kpi-branch"
          data-test="kpi-branch"
          title={t('Show only this branch')}
          onClick={within(() => onBranch(node.key))}
        >
          <ToolIcon tool="branch" />
        </button>
      )}
      {drivers > 0 && !far && (
        <span
          aria-hidden="true"
          className="kpi-fold"
          data-test="kpi-fold"
          title={t(folded ? 'Unfold' : 'Fold')}
          onClick={within(() => onToggle(item.id))}
        >
          {folded ? drivers : <ToolIcon tool="collapse" />}
        </span>
      )}
    </div>
  );
});
