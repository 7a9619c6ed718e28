import type { ExportView } from '../../../api/schema/export-view.ts';
import { may, signedIn } from '../../http/session-state.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { placeWords } from '../../words/place-words.ts';
import { now, whenTold } from '../../words/site-time.ts';
import { saySpan } from '../../words/span.ts';
import { exportStateWord, purposeWord, word } from '../words.ts';
import { ArchiveLine } from './archive-line.tsx';
import { ExportActions } from './export-actions.tsx';
import { leaveFor } from './export-leave.ts';

export interface ExportEntryProps {
  exported: ExportView;
  /** Something was done about it: what is known of it is old. */
  onChanged(): void;
}

const tones: Readonly<Record<ExportView['state'], Tone>> = {
  asked: 'warn',
  approved: 'good',
  refused: 'bad',
  withdrawn: 'plain',
  expired: 'plain',
};

/** One export: what and what for, who asked when and why, what others said, until when. */
export const ExportEntry = ({ exported, onChanged }: ExportEntryProps) => {
  const { state, purpose, ground, by, at, reason, steps, archive } = exported;
  const who = { id: signedIn.value?.id ?? '', mayApprove: may('exports.approve') };
  const leave = leaveFor(exported, who);
  return (
    <li class="export stack" data-state={state}>
      <div class="row">
        <Badge tone={tones[state]}>{exportStateWord(state)}</Badge>
        <strong>{purposeWord(purpose)}</strong>
        <span class="grow muted">{placeWords(ground)}</span>
        <Until exported={exported} />
      </div>
      <p class="export-said">
        <span class="muted">{word('askedBy', { by, at: whenTold(at) })}</span>
        <q>{reason}</q>
      </p>
      {steps.map((step) => (
        <p key={`${step.to} ${step.at}`} class="export-said">
          <span class="muted">
            {word('stepped', { by: step.by, at: whenTold(step.at), state: exportStateWord(step.to) })}
          </span>
          {step.why && <q>{step.why}</q>}
        </p>
      ))}
      <AlertLinks exported={exported} />
      {archive && <ArchiveLine {...{ exported, archive, onChanged }} mayFetch={leave.fetch} />}
      <ExportActions {...{ exported, leave, onChanged }} />
    </li>
  );
};

const contentWords = ({ kind, format, alertIds }: ExportView): string =>
  kind === 'alerts'
    ? word('ofAlerts', { count: alertIds.length })
    : word('ofHard', { count: alertIds.length, format: (format ?? '').toUpperCase() });

const Until = ({ exported: { state, expiresAt } }: { exported: ExportView }) =>
  expiresAt === undefined || (state !== 'asked' && state !== 'approved') ? null : (
    <span>
      {word(state === 'asked' ? 'waits' : 'good', { span: saySpan(Math.max(0, expiresAt - now.value)) })}
    </span>
  );

/** What it is about, so that whoever approves it can look. */
const AlertLinks = ({ exported }: { exported: ExportView }) => (
  <details class="export-alerts">
    <summary>{contentWords(exported)}</summary>
    <ul>
      {exported.alertIds.map((alertId) => (
        <li key={alertId}>
          <a class="code" href={`/?alert=${alertId}`}>
            {alertId}
          </a>
        </li>
      ))}
    </ul>
  </details>
);
