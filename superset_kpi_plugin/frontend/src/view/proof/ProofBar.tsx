import React from 'react';
import type { Proof, Tree } from '../../api/types';
import { t } from '../../i18n';
import { countVerdicts, marksOf, verdictTone } from '../../tree/linkProof';
import { verdictWord } from '../../tree/panelWords';
import { ToolIcon } from '../Icons';
import type { Answer } from '../panel/useAnswer';
import { VerdictIcon } from './VerdictIcon';

interface Props {
  tree: Tree;
  answer: Answer<Proof>;
  onRetry: () => void;
  onClose: () => void;
}

/** How the tree's links stand the test, which is also the key to the marks on them. */
export function ProofBar({ tree, answer, onRetry, onClose }: Props) {
  const failed = answer.state === 'failed';
  return (
    <div className={`kpi-proof-bar ${failed ? 'kpi-tone-error' : ''}`} role={failed ? 'alert' : 'status'} data-test="kpi-link-proofs" data-state={answer.state}>
      <ToolIcon tool="proof" />
      <span className="kpi-proof-said">
        {answer.state === 'loading' && t('Proving the links over the last closed periods')}
        {failed && `${t('This could not be computed')}. ${answer.error.message || t('The server did not answer.')}`}
        {answer.state === 'ready' && <Verdicts tree={tree} proof={answer.answer} />}
      </span>
      {failed && <button type="button" className="kpi-panel-link" data-test="kpi-link-proofs-retry" onClick={onRetry}>{t('Try again')}</button>}
      <button type="button" className="kpi-proof-close" aria-label={t('Hide the proof of links')} title={t('Hide the proof of links')} data-test="kpi-link-proofs-close" onClick={onClose}>
        <ToolIcon tool="close" />
      </button>
    </div>
  );
}

function Verdicts({ tree, proof }: { tree: Tree; proof: Proof }) {
  const { name, until } = proof.window;
  return (
    <>
      <span className="kpi-proof-when">{t('Links over closed periods up to {period}', { period: name ?? until })}</span>
      {countVerdicts(tree.links, marksOf(proof)).map(([verdict, count]) => (
        <span key={verdict} className={`kpi-proof-count kpi-tone-${verdictTone(verdict)}`} data-test="kpi-link-proof-count" data-value={verdict}>
          <VerdictIcon verdict={verdict} /> {verdictWord(verdict)} <b>{count}</b>
        </span>
      ))}
    </>
  );
}
