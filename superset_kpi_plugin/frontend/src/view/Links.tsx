import React, { memo } from 'react';
import { t } from '../i18n';
import { curveBetween, type Layout, type Placed } from '../tree/layout';
import { OPERATOR_SIGNS } from '../tree/words';

/** The lines from parents to children: solid with the formula's operator, dashed for an influence. */
export const Links = memo(function Links({ layout, shown }: { layout: Layout; shown: Placed[] }) {
  const { x, y, width, height } = layout.bounds;
  return (
    <svg className="kpi-links" style={{ left: x, top: y }} width={width} height={height} viewBox={`${x} ${y} ${width} ${height}`} aria-hidden="true">
      {shown.map(({ item, box }) => {
        const parent = item.parent && layout.byId.get(item.parent.id);
        if (!parent || !item.link) return null;
        const { path, badge } = curveBetween(parent.box, box);
        const { kind, operator } = item.link;
        return (
          <g key={item.id} className={`kpi-link kpi-link-${kind}`} data-test="kpi-link" data-kind={kind}>
            <path d={path} />
            {operator && (
              <g transform={`translate(${badge.x} ${badge.y})`} data-test="kpi-operator" data-value={operator}>
                <circle r="9" />
                <text dy="0.36em">{OPERATOR_SIGNS[operator]}</text>
              </g>
            )}
          </g>
        );
      })}
    </svg>
  );
});

/** What the two kinds of line mean. */
export function Legend() {
  return (
    <div className="kpi-legend" aria-hidden="true">
      <svg width="22" height="8"><path d="M0 4h22" className="kpi-legend-line" /></svg>
      {t('Part of the formula')}
      <svg width="22" height="8"><path d="M0 4h22" className="kpi-legend-line" strokeDasharray="4 4" /></svg>
      {t('Influence')}
    </div>
  );
}
