import React, { memo } from 'react';
import type { NodeHistory } from '../../api/types';
import { sparkline } from '../../tree/sparkline';

interface Props {
  series: NodeHistory | undefined;
  /** Whether the last period still runs. */
  open: boolean;
  width: number;
  height: number;
}

/** Room for the line's own width and the last dot. */
const EDGE = 4;

/** The last periods of a node, with its targets as a dashed line. Told in words and numbers elsewhere. */
export const Spark = memo(function Spark({ series, open, width, height }: Props) {
  const room = { width: width - 2 * EDGE, height: height - 2 * EDGE };
  const drawn = series && series.actual.length > 1 ? sparkline(series.actual, series.target, open, room) : null;
  if (!drawn) return <span style={{ width, height }} />;
  return (
    <svg width={width} height={height} className="kpi-spark" aria-hidden="true" data-test="kpi-spark">
      <g transform={`translate(${EDGE} ${EDGE})`}>
        {drawn.target && <path d={drawn.target} className="kpi-spark-target" />}
        <path d={drawn.actual} className="kpi-spark-line" />
        {drawn.running && <path d={drawn.running} className="kpi-spark-line kpi-spark-running" />}
        {drawn.dots.map(({ x, y }) => <circle key={x} cx={x} cy={y} r="1.5" className="kpi-spark-dot" />)}
        {drawn.last && <circle cx={drawn.last.x} cy={drawn.last.y} r="3" className="kpi-spark-last" />}
      </g>
    </svg>
  );
});
