import React from 'react';
import { Stroke } from '../Icons';

export const PANEL_SHAPES = {
  details: 'M3 2.5h10v11H3zM5.5 6h5M5.5 8.5h5M5.5 11h3',
  contributions: 'M2 13.5h12M3.2 3.5h2.2v7H3.2zM7 6h2.2v4.5H7zM10.8 8.4H13v2.1h-2.2z',
  'what-if': 'M2 5h5M11 5h3M2 11h2M8 11h6M9 3v4M6 9v4',
  data: 'M8 2.2c3.2 0 5.4.9 5.4 2.1S11.2 6.4 8 6.4 2.6 5.5 2.6 4.3 4.8 2.2 8 2.2zM2.6 4.3v7.4c0 1.2 2.2 2.1 5.4 2.1s5.4-.9 5.4-2.1V4.3M2.6 8c0 1.2 2.2 2.1 5.4 2.1s5.4-.9 5.4-2.1',
  close: 'M4 4l8 8M12 4l-8 8',
  external: 'M9.5 2.8h3.7v3.7M13 3L7.4 8.6M11.6 9.6v3.6H2.8V4.4h3.6',
  download: 'M8 2.4v7.4M4.8 6.8L8 10l3.2-3.2M2.8 13.4h10.4',
  notReal: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM6.2 6.2a1.9 1.9 0 113 1.6c-.8.6-1.2.9-1.2 1.7M8 11.6v.3',
};

export type PanelIconName = keyof typeof PANEL_SHAPES;

export function PanelIcon({ icon, size }: { icon: PanelIconName; size?: number }) {
  return <Stroke path={PANEL_SHAPES[icon]} size={size} />;
}
