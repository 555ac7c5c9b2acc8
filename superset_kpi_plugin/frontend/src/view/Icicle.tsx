import React, { useMemo, useRef } from 'react';
import type { Facts } from '../tree/facts';
import { icicle } from '../tree/icicle';
import type { Placed } from '../tree/layout';
import { toneOf } from '../tree/status';
import { overlap } from '../tree/viewport';
import { t } from '../i18n';
import { Attainment } from './card/parts';
import { spoken } from './card/spoken';
import { Figure } from './Figure';
import { StatusIcon, ToolIcon } from './Icons';
import { amount, fittedAmount, plain } from './numbers';
import type { PictureProps } from './picture';
import { LinkVerdictMark } from './proof/LinkVerdictMark';
import { useLinkTold } from './proof/marks';
import { usePlainTree } from './usePlainTree';
import { useScroll } from './useScroll';
import { useSize } from './useSize';
import { SupposedMark } from './whatif/NotReal';
import { tall } from './tall';

/** From so many pixels of height on, a cell is drawn, and has its status's icon, its words, its amounts. */
const VISIBLE = 2;
const ICON = 11;
const WORDS = 17;
const AMOUNTS = 42;

/** The tree as cells: as tall as a node's share of the weight, in its status's colour. */
export function Icicle(props: PictureProps) {
  const { evaluation, outline, factsOf, matched, folded, selected, onSelect, onBranch, guess } = props;
  const box = useRef<HTMLDivElement>(null);
  const room = useSize(box, guess);
  const { placed, size } = useMemo(() => icicle(outline.root, folded, room), [outline.root, folded, room]);
  const { seen, onScroll } = useScroll(room);
  const { active, setActive, actions, onKeyDown } = usePlainTree(props, box);
  const linkTold = useLinkTold();

  return (
    <div ref={box} className="kpi-icicle" data-test="kpi-icicle" onScroll={onScroll} onKeyDown={onKeyDown}>
      <div role="tree" aria-label={evaluation.tree.name} style={{ position: 'relative', ...size }}>
        {placed
          .filter(({ item, box: cell }) => (cell.height >= VISIBLE && overlap(cell, seen)) || item.id === active)
          .map(({ item, box: cell }) => {
            const { node } = item;
            const facts = factsOf(node.key);
            const reference = item.kind === 'reference';
            const folds = item.children.length > 0;
            const said = [spoken(node, facts), linkTold(item)].filter(Boolean).join(', ');
            return (
              <div
                key={item.id}
                role="treeitem"
                aria-level={item.level}
                aria-expanded={folds ? !folded.has(item.id) : undefined}
                aria-selected={node.key === selected}
                aria-label={cell.height < WORDS ? said : undefined}
                tabIndex={item.id === active ? 0 : -1}
                className={[
                  `kpi-cell kpi-tone-${toneOf(facts.result?.status ?? 'no_data')}`,
                  reference && 'kpi-cell-reference',
                  cell.height < AMOUNTS && 'kpi-cell-low',
                  facts.supposed && 'kpi-cell-supposed',
                  node.key === selected && 'kpi-selected',
                  matched !== null && !matched.has(node.key) && 'kpi-dimmed',
                ].filter(Boolean).join(' ')}
                style={{ left: cell.x, top: cell.y, width: cell.width, ...tall(cell.height) }}
                title={[said, item.link && t('weight {weight}', { weight: plain(item.link.weight) })].filter(Boolean).join('\n')}
                data-test={reference ? 'kpi-reference' : 'kpi-node'}
                data-key={node.key}
                data-id={item.id}
                onFocus={() => setActive(item.id)}
                onClick={() => (reference ? actions.jump(node.key) : onSelect(node.key))}
                onDoubleClick={() => folds && onBranch(node.key)}
              >
                {cell.height >= ICON && cell.height < WORDS && facts.result && <StatusIcon status={facts.result.status} size={10} />}
                {cell.height >= WORDS && (
                  <>
                    <span className="kpi-sr">{said}</span>
                    <Words placed={{ item, box: cell }} facts={facts} folded={folds && folded.has(item.id)} />
                  </>
                )}
              </div>
            );
          })}
      </div>
    </div>
  );
}

function Words({ placed: { item, box }, facts: { result, supposed }, folded }: { placed: Placed; facts: Facts; folded: boolean }) {
  const { node } = item;
  if (!result) return <span aria-hidden="true" className="kpi-name" dir="auto">{node.name}</span>;
  const half = (box.width - 24) / 2 - 8;
  const number = (name: 'actual' | 'target') => {
    const fitted = fittedAmount(result[name], node, half, [13, 9]);
    return (
      <Figure hook={`kpi-${name}`} value={result[name]} text={fitted.text} full={amount(result[name], node)} reason={result.reasons[name]} style={{ fontSize: fitted.fontSize }} />
    );
  };
  return (
    <div aria-hidden="true" className="kpi-cell-words">
      <span className="kpi-cell-line">
        <span data-test="kpi-status" data-value={result.status} className="kpi-cell-status"><StatusIcon status={result.status} /></span>
        <span className="kpi-name" dir="auto">{node.name}</span>
        {item.kind === 'reference' && <ToolIcon tool="jump" />}
        {folded && <ToolIcon tool="twist" />}
        {supposed && <SupposedMark />}
        {item.link && <LinkVerdictMark link={item.link} />}
        <Attainment result={result} />
      </span>
      {box.height >= AMOUNTS && (
        <span className="kpi-cell-line kpi-cell-amounts">
          {number('actual')}
          <span className="kpi-label">/</span>
          {number('target')}
        </span>
      )}
    </div>
  );
}
