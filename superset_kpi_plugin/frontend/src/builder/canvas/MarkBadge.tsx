import { BulbFilled, CloseCircleFilled, StopFilled, WarningFilled } from '@ant-design/icons';
import React from 'react';
import { t } from '../../i18n';
import type { Mark } from './drawn';

const ICONS = { error: CloseCircleFilled, blocking: StopFilled, warning: WarningFilled, hint: BulbFilled };
const TONES = { error: 'error', blocking: 'error', warning: 'warning', hint: 'neutral' } as const;

/** The words for how bad it is. */
export function severityWord(severity: Mark['severity']): string {
  switch (severity) {
    case 'error':
      return t('Error');
    case 'blocking':
      return t('Before publishing');
    case 'warning':
      return t('Warning');
    case 'hint':
      return t('Hint');
  }
}

/** What there is to say of a node, as a sign at its card's corner. */
export function MarkBadge({ mark, onOpen }: { mark: Mark; onOpen: () => void }) {
  const Icon = ICONS[mark.severity];
  const title = [severityWord(mark.severity), ...mark.messages].join('\n');
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`kpi-mark kpi-tone-${TONES[mark.severity]}`}
      title={title}
      aria-hidden="true"
      data-test="kpi-mark"
      data-severity={mark.severity}
      onClick={event => {
        event.stopPropagation();
        onOpen();
      }}
    >
      <Icon />
      {mark.messages.length > 1 && <span>{mark.messages.length}</span>}
    </button>
  );
}
