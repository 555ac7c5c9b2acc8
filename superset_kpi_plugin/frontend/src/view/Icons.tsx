import React, { type ReactElement } from 'react';
import type { Status } from '../api/types';

/** Drawn on 16 × 16 in the text's colour. Each status has a shape of its own, to be told apart without colour. */
const STATUS_SHAPES: Record<Status, ReactElement> = {
  achieved: (
    <>
      <path d="M8 .8l1.9 1.5 2.4-.1.7 2.3 2 1.4-.9 2.2.9 2.3-2 1.3-.7 2.3-2.4-.1L8 15.4l-1.9-1.5-2.4.1-.7-2.3-2-1.3.9-2.3L1 5.9l2-1.4.7-2.3 2.4.1z" fill="currentColor" />
      <path d="M4.9 8.2l2.2 2.2 4-4.4" className="kpi-knock" />
    </>
  ),
  on_track: (
    <>
      <circle cx="8" cy="8" r="6.6" className="kpi-stroke" />
      <path d="M4.7 8.4l2.2 2.1 4.4-4.8" className="kpi-stroke" />
    </>
  ),
  at_risk: (
    <>
      <path d="M8 1.6l7 12.6H1z" fill="currentColor" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
      <path d="M8 6v3.6M8 11.7v.4" className="kpi-knock" />
    </>
  ),
  off_track: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" className="kpi-knock" />
    </>
  ),
  no_target: (
    <>
      <circle cx="8" cy="8" r="6.4" className="kpi-stroke" />
      <circle cx="8" cy="8" r="2.6" className="kpi-stroke" />
    </>
  ),
  not_started: (
    <>
      <circle cx="8" cy="8" r="6.4" className="kpi-stroke" />
      <path d="M8 4.4V8l2.6 1.6" className="kpi-stroke" />
    </>
  ),
  no_data: (
    <>
      <circle cx="8" cy="8" r="6.4" className="kpi-stroke" strokeDasharray="2.6 2.4" />
      <path d="M5.4 8h5.2" className="kpi-stroke" />
    </>
  ),
  restricted: (
    <>
      <rect x="2.6" y="7" width="10.8" height="7.4" rx="1.6" fill="currentColor" />
      <path d="M5 7V5a3 3 0 016 0v2" className="kpi-stroke" />
    </>
  ),
  error: (
    <>
      <rect x="1.6" y="1.6" width="12.8" height="12.8" rx="2.4" className="kpi-stroke" />
      <path d="M8 4.6v4.2M8 11v.5" className="kpi-stroke" />
    </>
  ),
};

export const TOOL_SHAPES = {
  zoomIn: 'M8 3v10M3 8h10',
  zoomOut: 'M3 8h10',
  fit: 'M2 6V2.6h3.6M10.4 2.6H14V6M14 10v3.4h-3.6M5.6 13.4H2V10',
  unfold: 'M5 6l3-3 3 3M5 10l3 3 3-3',
  fold: 'M5 2.6l3 3 3-3M5 13.4l3-3 3 3',
  jump: 'M6 3.4h6.6V10M12.4 3.6L4 12',
  collapse: 'M9.8 3.6L5.4 8l4.4 4.4',
  twist: 'M6 3.6L10.4 8 6 12.4',
  branch: 'M3 13V7a3 3 0 013-3h6.6M9.8 1.4L12.6 4 9.8 6.6',
  refresh: 'M13.4 6.4A5.6 5.6 0 003 5.6L2.4 6.8M2.6 9.6A5.6 5.6 0 0013 10.4l.6-1.2M2.2 3.2v3.8H6M13.8 12.8V9H10',
  search: 'M7 2.4a4.6 4.6 0 100 9.2 4.6 4.6 0 000-9.2zM10.4 10.4l3.4 3.4',
  filter: 'M2 3h12L9.6 8.4V13l-3.2-1.6v-3z',
  flag: 'M3.6 14.4V2M3.6 2.6h8.8l-2 3 2 3H3.6',
  close: 'M4 4l8 8M12 4l-8 8',
  right: 'M1.6 6h4.8v4H1.6zM10 1.8h4.4v3.6H10zM10 10.6h4.4v3.6H10zM6.4 8h1.8M8.2 3.6v8.8M8.2 3.6H10M8.2 12.4H10',
  down: 'M6 1.6h4v4.8H6zM1.8 10h3.6v4.4H1.8zM10.6 10h3.6v4.4h-3.6zM8 6.4v1.8M3.6 8.2h8.8M3.6 8.2V10M12.4 8.2V10',
  outline: 'M2 3.4h12M5 8h9M5 12.6h9M2 8h.2M2 12.6h.2',
  icicle: 'M1.8 2h4v12h-4zM5.8 2h4v7h-4zM5.8 9h4v5h-4zM9.8 2h4.4v4H9.8zM9.8 6h4.4v3H9.8z',
  heatmap: 'M2 2h12v12H2zM2 6h12M2 10h12M6 2v12M10 2v12',
  proof: 'M6.4 9.6l3.2-3.2M7.2 4.8l1.5-1.5a2.7 2.7 0 013.9 3.9l-1.5 1.5M8.8 11.2l-1.5 1.5a2.7 2.7 0 01-3.9-3.9l1.5-1.5',
  notice: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM8 7.2v4M8 4.6v.4',
};

export type Tool = keyof typeof TOOL_SHAPES;

export function StatusIcon({ status, size = 14 }: { status: Status; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className="kpi-icon">
      {STATUS_SHAPES[status] ?? STATUS_SHAPES.no_data}
    </svg>
  );
}

export function ToolIcon({ tool }: { tool: Tool }) {
  return <Stroke path={TOOL_SHAPES[tool]} />;
}

/** Drawn on 16 × 16 in the text's colour. */
export function Stroke({ path, size = 16 }: { path: string; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className="kpi-icon">
      <path d={path} className="kpi-stroke" />
    </svg>
  );
}
