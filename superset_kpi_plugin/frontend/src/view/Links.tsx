import React, { memo } from 'react';
import { t } from '../i18n';
import type { Density } from '../tree/density';
import { curveBetween, type Growth, type Layout, type Placed } from '../tree/layout';
import type { Item } from '../tree/outline';
import { verdictTone } from '../tree/linkProof';
import { OPERATOR_SIGNS } from '../tree/words';
import { plain } from './numbers';
import { told, useMarks } from './proof/marks';
import { verdictShape } from './proof/VerdictIcon';

interface Props {
  layout: Layout;
  shown: Placed[];
  growth: Growth;
  density: Density;
}

/**
 * The lines from parents to children: solid with the formula's operator, dashed for an influence; weights where they
 * differ, above all lines, and once it was asked for, whether the link is proven.
 */
export const Links = memo(function Links({ layout, shown, growth, density }: Props) {
  const markOf = useMarks();
  const { x, y, width, height } = layout.bounds;
  return (
    <svg className={`kpi-links kpi-links-${density}`} style={{ left: x, top: y }} width={width} height={height} viewBox={`${x} ${y} ${width} ${height}`} aria-hidden="true">
      {shown.map(({ item, box }) => {
        const parent = item.parent && layout.byId.get(item.parent.id);
        if (!parent || !item.link) return null;
        const { path, badge } = curveBetween(parent.box, box, growth);
        const { kind, operator } = item.link;
        const down = growth === 'down';
        const mark = markOf?.(item.link) ?? null;
        const radius = density === 'compact' ? 12 : 9;
        const before = operator ? 2 * radius + 6 : 0;
        return (
          <g
            key={item.id}
            className={`kpi-link kpi-link-${kind} ${mark ? `kpi-link-marked kpi-tone-${verdictTone(mark.verdict)}` : ''}`}
            data-test="kpi-link"
            data-kind={kind}
            data-verdict={mark?.verdict}
          >
            <path d={path} />
            {operator && (
              <g transform={`translate(${badge.x} ${badge.y})`} data-test="kpi-operator" data-value={operator}>
                <circle r={radius} />
                <text dy="0.36em">{OPERATOR_SIGNS[operator]}</text>
              </g>
            )}
            {mark && (
              <g
                className="kpi-link-proof"
                transform={`translate(${badge.x - (down ? 0 : before)} ${badge.y - (down ? before : 0)}) scale(${radius / 9})`}
                data-test="kpi-link-proof"
                data-value={mark.verdict}
              >
                <title>{told(mark)}</title>
                <circle r={9} />
                <path d={verdictShape(mark.verdict)} />
              </g>
            )}
          </g>
        );
      })}
      {shown.map(({ item, box }) => {
        const parent = item.parent && layout.byId.get(item.parent.id);
        if (!parent || !item.link || !weighed(item)) return null;
        const { x: end, y: line } = curveBetween(parent.box, box, growth).weight;
        const { weight } = item.link;
        return (
          <text key={item.id} className="kpi-weight" x={end} y={line} textAnchor={growth === 'down' ? 'start' : 'end'} data-test="kpi-weight" data-value={weight}>
            {t('weight {weight}', { weight: plain(weight) })}
          </text>
        );
      })}
    </svg>
  );
});

/** Weights are relative: where all are the same, they say nothing. */
function weighed({ parent, link }: Item): boolean {
  return parent !== null && parent.children.some(sibling => sibling.link?.weight !== link?.weight);
}

/** What the two kinds of line mean. */
export function Legend() {
  return (
    <div className="kpi-legend" aria-hidden="true">
      <svg width="22" height="8"><path d="M0 4h22" className="kpi-legend-line" /></svg>
      {t('Part of the formula')}
      <svg width="22" height="8"><path d="M0 4h22" className="kpi-legend-line" strokeDasharray="4 4" /></svg>
      {t('Influence: a hypothesis')}
    </div>
  );
}
