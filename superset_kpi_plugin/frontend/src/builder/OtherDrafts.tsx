import { Alert, Button } from 'antd';
import React, { useState } from 'react';
import { t } from '../i18n';
import { momentOf } from './draft/describe';
import type { Found } from './draft/find';
import { forget, type Place } from './draft/kept';

interface Props {
  found: Pick<Found, 'left' | 'elsewhere'>;
  place: Place;
}

/** What else is kept of the tree: drafts of tabs that were closed, and that others are open. */
export function OtherDrafts({ found, place }: Props) {
  const [left, setLeft] = useState(found.left);
  const [told, setTold] = useState(found.elsewhere > 0);
  const drop = (id: string) => {
    forget(place, id);
    setLeft(left.filter(one => one.id !== id));
  };
  return (
    <>
      {told && (
        <Alert
          banner
          type="info"
          closable
          onClose={() => setTold(false)}
          data-test="kpi-elsewhere"
          message={t('You have changes of this tree in another tab too. Each tab keeps its own; whichever is saved later is asked to merge.')}
        />
      )}
      {left.map(({ id, kept: { draft, at } }) => (
        <Alert
          key={id}
          banner
          type="info"
          data-test="kpi-left"
          message={t('Changes of {name} from {moment} were left in a tab that is closed.', { name: draft.name, moment: momentOf(at) })}
          action={
            <>
              <Button size="small" href={`${window.location.pathname}?draft=${id}`} target="_blank" rel="noopener" onClick={() => setLeft(left.filter(one => one.id !== id))} data-test="kpi-left-open">
                {t('Open them in a tab')}
              </Button>
              <Button size="small" type="text" onClick={() => drop(id)} data-test="kpi-left-drop">{t('Drop the changes')}</Button>
            </>
          }
        />
      ))}
    </>
  );
}
