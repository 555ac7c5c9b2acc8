import { LinkOutlined, PlusOutlined } from '@ant-design/icons';
import React, { memo } from 'react';
import { t } from '../../i18n';
import { FACE, isFar, type Density } from '../../tree/density';
import type { Facts } from '../../tree/facts';
import type { Box } from '../../tree/layout';
import type { Item } from '../../tree/outline';
import { toneOf } from '../../tree/status';
import { Chips } from '../../view/card/Chips';
import { FACES } from '../../view/card/faces';
import { Name, Who } from '../../view/card/parts';
import { spoken } from '../../view/card/spoken';
import { ToolIcon } from '../../view/Icons';
import type { Mark } from './drawn';
import type { OnIntent } from './intents';
import { MarkBadge, severityWord } from './MarkBadge';
import { NameField } from './NameField';

export interface EditItemProps {
  item: Item;
  box: Box;
  facts: Facts;
  mark: Mark | undefined;
  active: boolean;
  selected: boolean;
  /** Whether it is being dragged. */
  held: boolean;
  position: number;
  siblings: number;
  onActivate: (id: string) => void;
}

interface Props extends EditItemProps {
  folded: boolean;
  renaming: boolean;
  density: Density;
  onToggle: (id: string) => void;
  onIntent: OnIntent;
  onOpenMark: (key: string) => void;
}

/** A node as it is edited: the chart's card with handles, for the mouse: the keyboard has its own ways, and is told them. */
export const EditCard = memo(function EditCard(props: Props) {
  const { item, box, facts, mark, active, selected, held, density, folded, renaming, onIntent } = props;
  const { node } = item;
  const { result } = facts;
  const drivers = item.children.length;
  const Face = FACES[density];
  const face = FACE[density];
  const far = isFar(density);
  const within = (act: () => void) => (event: React.MouseEvent) => {
    event.stopPropagation();
    act();
  };
  const told = mark ? [`${severityWord(mark.severity)}: ${mark.messages.join(' ')}`] : [];
  const said = [spoken(node, facts), ...told].join('. ');
  const scaled = { ...face, transform: `scale(${box.width / face.width})` };
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
        `kpi-card kpi-edit-card kpi-tone-${toneOf(result?.status ?? 'no_data')}`,
        item.level === 1 && 'kpi-root',
        selected && 'kpi-selected',
        held && 'kpi-held',
        mark?.severity === 'error' && 'kpi-wrong',
      ].filter(Boolean).join(' ')}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-test="kpi-node"
      data-key={node.key}
      data-id={item.id}
      data-density={density}
      onFocus={() => props.onActivate(item.id)}
      onDoubleClick={event => (event.target as Element).closest('button') ?? onIntent({ do: 'begin rename', id: item.id })}
    >
      {!far && <span className="kpi-sr">{said}</span>}
      <div aria-hidden="true" className={`kpi-face kpi-face-${density}`} style={scaled}>
        {result && Face ? <Face node={node} result={result} facts={facts} /> : !far && <Unread node={node} density={density} />}
      </div>
      {renaming && (
        <div className={`kpi-face kpi-face-${density} kpi-name-frame`} style={scaled}>
          <NameField id={item.id} name={node.name} onIntent={onIntent} />
        </div>
      )}
      {result && !far && <Chips node={node} result={result} supposed={false} scale={box.width / face.width} brief={density === 'compact'} />}
      {mark && !far && <MarkBadge mark={mark} onOpen={() => props.onOpenMark(node.key)} />}
      {drivers > 0 && !far && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          className="kpi-fold"
          data-test="kpi-fold"
          title={t(folded ? 'Unfold' : 'Fold')}
          onClick={within(() => props.onToggle(item.id))}
        >
          {folded ? drivers : <ToolIcon tool="collapse" />}
        </button>
      )}
      {!far && !renaming && (
        <>
          <Handle hook="child" title={t('Add a driver under {name}', { name: node.name })} onClick={within(() => onIntent({ do: 'child', id: item.id }))} />
          {item.parent && (
            <>
              <Handle hook="sibling" title={t('Add a KPI beside {name}', { name: node.name })} onClick={within(() => onIntent({ do: 'sibling', id: item.id }))} />
              <button
                type="button"
                tabIndex={-1}
                className="kpi-handle kpi-handle-connect"
                data-test="kpi-handle-connect"
                data-connect=""
                aria-hidden="true"
                title={t('Drag to a KPI that {name} drives as well', { name: node.name })}
                onClick={within(() => onIntent({ do: 'connect' }))}
              >
                <LinkOutlined aria-hidden />
              </button>
            </>
          )}
        </>
      )}
    </div>
  );
});

/** A node that the server has not told of yet: what its card will have at its head. */
function Unread({ node, density }: Pick<Item, 'node'> & { density: Density }) {
  return (
    <div className="kpi-head">
      <Name node={node} />
      {density !== 'compact' && <Who node={node} />}
    </div>
  );
}

function Handle({ hook, title, onClick }: { hook: string; title: string; onClick: React.MouseEventHandler }) {
  return (
    <button type="button" tabIndex={-1} className={`kpi-handle kpi-handle-${hook}`} data-test={`kpi-handle-${hook}`} aria-hidden="true" title={title} onClick={onClick}>
      <PlusOutlined aria-hidden />
    </button>
  );
}
