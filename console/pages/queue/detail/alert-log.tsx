import { tellFailure } from '../../../parts/toast.tsx';
import { actionWord, outcomeWord, reasonWord, stateWord } from '../../../words/alert-terms.ts';
import { placeWords } from '../../../words/place-words.ts';
import { whenTold } from '../../../words/site-time.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { loadAlert } from '../queue-store.ts';
import { select } from '../selection.ts';
import { loudspeakers, responders } from '../steps/resources.ts';
import { word } from '../words.ts';
import { type LogEntry, logEntries } from './log-entries.ts';
import { SpotPictures } from './spot-pictures.tsx';

const responderName = (id: string): string => responders.value?.find((one) => one.id === id)?.name ?? id;

/** Whom a step names: a responder by name. */
const whoWords = (by: string): string => {
  const [, responder] = /^responder:(.+)$/.exec(by) ?? [];
  return responder === undefined ? by : responderName(responder);
};

const openAlert = (alertId: string): void => {
  select(alertId);
  loadAlert(alertId).catch((failure: unknown) => tellFailure(failure));
};

/** Every step of an alert, what was done for it by itself, and the pictures from the spot: what, when, by whom and why. */
export const AlertLog = ({ alert }: { alert: QueueAlert }) => (
  <section class="stack">
    <h3>{word('history')}</h3>
    <ol class="log">
      {logEntries(alert).map((entry, index) => (
        <li key={`${entry.what} ${entry.at} ${index}`}>
          <time>{whenTold(entry.at)}</time>
          <Entry alert={alert} entry={entry} />
        </li>
      ))}
    </ol>
    {alert.escalatedTo && <p>{word('escalatedTo', { place: placeWords(alert.escalatedTo) })}</p>}
  </section>
);

const Entry = ({ alert, entry }: { alert: QueueAlert; entry: LogEntry }) => {
  if (entry.what === 'step') return <Step {...entry} />;
  if (entry.what === 'action') return <ActionTaken {...entry} />;
  return (
    <>
      <strong>{word(entry.when)}</strong>
      <span>{whoWords(entry.by)}</span>
      <SpotPictures alert={alert} pictures={entry.pictures} />
    </>
  );
};

const Step = ({ step }: LogEntry & { what: 'step' }) => {
  const { state, by, why, reason, responder, duplicateOf } = step;
  return (
    <>
      <strong>{stateWord(state)}</strong>
      <span>{by === undefined ? word('program') : whoWords(by)}</span>
      {responder && <span>→ {responderName(responder)}</span>}
      {reason && <span>{reasonWord(reason)}</span>}
      {duplicateOf && (
        <button type="button" class="log-link" onClick={() => openAlert(duplicateOf)}>
          {word('toOriginal')}
        </button>
      )}
      {why && <q>{why}</q>}
    </>
  );
};

const ActionTaken = ({ action: { action, target, outcome } }: LogEntry & { what: 'action' }) => (
  <>
    <strong>{actionWord(action)}</strong>
    <span>{targetWords(action, target)}</span>
    <span>{outcomeWord(outcome)}</span>
  </>
);

const targetWords = (action: (LogEntry & { what: 'action' })['action']['action'], target: string): string => {
  if (action === 'escalate') return placeWords(target);
  return loudspeakers.value?.find(({ id }) => id === target)?.name ?? target;
};
