import { Button, Modal, Radio, Typography } from 'antd';
import React, { useMemo, useState } from 'react';
import { t } from '../../i18n';
import { useReturnedFocus } from '../../page/useReturnedFocus';
import { describe } from '../draft/describe';
import type { TreeDoc } from '../draft/document';
import { merge, type Choices, type Side } from '../draft/merge';

interface Props {
  /** Null for a tree that was never saved: there is nothing that both began with. */
  base: TreeDoc | null;
  mine: TreeDoc;
  theirs: TreeDoc;
  onSettle: (doc: TreeDoc, labels: { theirs: string; doc: string }, moved: string[]) => void;
  onClose: () => void;
}

/** What both have changed since the same version, side by side, and what to make of it. */
export function ConflictDialog({ base, mine, theirs, onSettle, onClose }: Props) {
  useReturnedFocus();
  const merging = useMemo(() => merge(base ?? theirs, mine, theirs), [base, mine, theirs]);
  const [choices, setChoices] = useState<Choices>({});
  const told = useMemo(() => merging.clashes.map(clash => ({ path: clash.path, ...describe(clash, [mine, theirs, base ?? theirs]) })), [merging, mine, theirs, base]);
  const open = merging.clashes.filter(({ path }) => !(path in choices));
  const labels = (doc: string) => ({ theirs: t('Take theirs'), doc });
  const all = (side: Side) => setChoices(Object.fromEntries(merging.clashes.map(({ path }) => [path, side])));
  const settle = () => {
    const { doc, moved } = merging.resolve(choices);
    onSettle(doc, labels(t('Merge')), moved.map(({ node, parent }) => t('{name} had no parent left and now stands under {parent}.', { name: node.name, parent: parent.name })));
  };
  return (
    <Modal
      open
      width={860}
      title={t('This tree has been saved elsewhere meanwhile')}
      onCancel={onClose}
      data-test="kpi-conflict"
      footer={
        <div className="kpi-conflict-footer">
          <Button onClick={onClose} data-test="kpi-conflict-later">{t('Decide later')}</Button>
          <span className="kpi-spacer" />
          <Button onClick={() => onSettle(theirs, labels(''), [])} data-test="kpi-take-theirs">{t('Take theirs, drop mine')}</Button>
          <Button onClick={() => onSettle({ ...mine, version: theirs.version, uuid: theirs.uuid }, labels(t('Take mine')), [])} data-test="kpi-take-mine">{t('Take mine, over theirs')}</Button>
          <Button type="primary" disabled={open.length > 0} onClick={settle} data-test="kpi-merge">{t('Merge and save')}</Button>
        </div>
      }
    >
      <p>
        {merging.mine + merging.theirs > 0 && t('{mine} of your changes and {theirs} of theirs go together by themselves.', { mine: merging.mine, theirs: merging.theirs })}{' '}
        {merging.clashes.length > 0 && t('Changed by both of you, choose for each: {count}', { count: merging.clashes.length })}
      </p>
      {told.length > 0 && (
        <div className="kpi-clashes-frame">
          <table className="kpi-clashes">
            <thead>
              <tr>
                <th scope="col">{t('What')}</th>
                <th scope="col"><Button type="link" size="small" onClick={() => all('mine')} data-test="kpi-all-mine">{t('Mine for all')}</Button></th>
                <th scope="col"><Button type="link" size="small" onClick={() => all('theirs')} data-test="kpi-all-theirs">{t('Theirs for all')}</Button></th>
              </tr>
            </thead>
            <tbody>
              {told.map(({ path, about, field, ...said }) => (
                <tr key={path} data-test="kpi-clash" data-path={path}>
                  <th scope="row"><b dir="auto">{about}</b><br />{field}</th>
                  {(['mine', 'theirs'] as const).map(side => (
                    <td key={side}>
                      <Radio
                        checked={choices[path] === side}
                        onChange={() => setChoices({ ...choices, [path]: side })}
                        data-test={`kpi-clash-${side}`}
                        aria-label={`${about}, ${field}: ${side === 'mine' ? t('mine') : t('theirs')}: ${said[side]}`}
                      >
                        <span dir="auto">{said[side]}</span>
                      </Radio>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Typography.Text type="secondary">{t('Whatever you take, undo leads back to the other one.')}</Typography.Text>
    </Modal>
  );
}
