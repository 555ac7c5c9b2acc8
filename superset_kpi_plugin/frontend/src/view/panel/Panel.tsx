import React, { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { t } from '../../i18n';
import { WhatIfView } from '../whatif/WhatIfView';
import { Data } from './Data';
import { Details } from './Details';
import { PanelIcon } from './Icon';
import { ensurePanelStyles } from './styles';
import { nameOf, type Subject } from './subject';
import { TABS, type Tab } from './tabs';
import type { PanelState } from './usePanel';
import { Waterfall } from './Waterfall';

/** From this width on the panel stands beside the tree; on a phone it is a sheet below it. Neither lies over what it tells about. */
const BESIDE = 560;

interface Props {
  subject: Subject;
  state: PanelState;
  width: number;
}

const tabWord = (tab: Tab): string =>
  ({ details: t('Details'), contributions: t('Contributions'), 'what-if': t('What-if'), data: t('Data') })[tab];

/** What stands beside the tree, and the buttons that open it. */
export function SidePanel({ subject, state, width }: Props) {
  ensurePanelStyles();
  return state.tab === null ? <Openers state={state} /> : <Panel subject={subject} state={state} width={width} tab={state.tab} />;
}

function Openers({ state }: { state: PanelState }) {
  return (
    <div className="kpi-openers" role="toolbar" aria-label={t('Analysis')}>
      {TABS.map(tab => (
        <button
          key={tab}
          type="button"
          aria-label={tabWord(tab)}
          title={tabWord(tab)}
          data-test={`kpi-open-${tab}`}
          onClick={() => state.open(tab)}
        >
          <PanelIcon icon={tab} />
          <span>{tabWord(tab)}</span>
        </button>
      ))}
    </div>
  );
}

function Panel({ subject, state, width, tab }: Props & { tab: Tab }) {
  const kind = width >= BESIDE ? 'beside' : 'sheet';
  const at = state.selected ?? subject.real.tree.root;
  const holding = useHeldFocus(state.panel);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    state.close();
  };
  return (
    <aside
      ref={state.panel as React.RefObject<HTMLElement>}
      className={`kpi-panel kpi-panel-${kind}`}
      tabIndex={-1}
      aria-label={tab === 'details' ? t('Details of {name}', { name: nameOf(subject.real, at) }) : tabWord(tab)}
      data-test="kpi-panel"
      data-tab={tab}
      data-kind={kind}
      onKeyDown={onKeyDown}
      {...holding}
    >
      <Tabs state={state} tab={tab} />
      <div className="kpi-panel-body" role="tabpanel" aria-label={tabWord(tab)}>
        {tab === 'details' && <Details subject={subject} at={at} />}
        {tab === 'contributions' && <Waterfall subject={subject} selected={state.selected} />}
        {tab === 'what-if' && <WhatIfView subject={subject} selected={state.selected} />}
        {tab === 'data' && <Data subject={subject} state={state} />}
      </div>
    </aside>
  );
}

/** Keeps the focus where the button that had it has done its work and is gone: else Escape and the arrows would be nobody's. */
function useHeldFocus(panel: RefObject<HTMLElement>) {
  const held = useRef(false);
  useEffect(() => {
    const { activeElement } = document;
    if (held.current && (activeElement === document.body || activeElement?.matches(':disabled'))) panel.current?.focus({ preventScroll: true });
  });
  return { onFocus: () => void (held.current = true), onBlur: () => void (held.current = false) };
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

function Tabs({ state, tab }: { state: PanelState; tab: Tab }) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]!;
    state.show(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-test="kpi-tab-${next}"]`)?.focus();
  };
  return (
    <div className="kpi-panel-head">
      <div className="kpi-tabs" role="tablist" aria-label={t('Analysis')} onKeyDown={move}>
        {TABS.map(one => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === tab}
            tabIndex={one === tab ? 0 : -1}
            data-test={`kpi-tab-${one}`}
            onClick={() => state.show(one)}
          >
            {tabWord(one)}
          </button>
        ))}
      </div>
      <button type="button" className="kpi-panel-close" aria-label={t('Close')} title={t('Close')} data-test="kpi-panel-close" onClick={state.close}>
        <PanelIcon icon="close" />
      </button>
    </div>
  );
}
