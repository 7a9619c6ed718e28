import { useState } from 'preact/hooks';
import type { AlertStep } from '../../../../core/schema/alert.ts';
import { Field } from '../../../parts/field.tsx';
import { reasonWord } from '../../../words/alert-terms.ts';
import { alertWords } from '../../../words/alert-words.ts';
import { whenTold } from '../../../words/site-time.ts';
import { zoneOf } from '../../../words/zone-name.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { alerts } from '../queue-store.ts';
import { word } from '../words.ts';
import { responders } from './resources.ts';
import { StepForm } from './step-form.tsx';

interface Props {
  alert: QueueAlert;
}

export const ResolveDialog = ({ alert }: Props) => (
  <StepForm title={word('resolve')} alert={alert} to="resolved" />
);

export const DispatchDialog = ({ alert }: Props) => {
  const [responder, setResponder] = useState('');
  const near = responders.value?.filter(({ place }) => place.startsWith(alert.place.slice(0, 9)));
  return (
    <StepForm title={word('dispatch')} alert={alert} to="dispatched" details={{ responder }}>
      <Field label={near ? word('responder') : word('responderId')}>
        {near ? (
          <select value={responder} onChange={(event) => setResponder(event.currentTarget.value)}>
            <option value="">{word('noResponder')}</option>
            {near.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <input
            value={responder}
            pattern="[a-z0-9][a-z0-9\-]{0,62}"
            onInput={(event) => setResponder(event.currentTarget.value)}
          />
        )}
      </Field>
    </StepForm>
  );
};

type Reason = NonNullable<AlertStep['reason']>;
const reasons = Object.keys(reasonWord.words.zh) as Reason[];

export const FalseAlarmDialog = ({ alert }: Props) => {
  const [reason, setReason] = useState<Reason>();
  return (
    <StepForm
      title={word('falseAlarm')}
      alert={alert}
      to="falseAlarm"
      {...(reason ? { details: { reason } } : {})}
      isIncomplete={reason === undefined}
    >
      <fieldset class="options">
        <legend>{word('reason')}</legend>
        {reasons.map((one) => (
          <label key={one} class="option">
            <input type="radio" name="reason" checked={one === reason} onChange={() => setReason(one)} />
            {reasonWord(one)}
          </label>
        ))}
      </fieldset>
    </StepForm>
  );
};

const maxCandidates = 12;

/** Alerts that another may repeat: of its camera or incident, raised before or after it, the nearest in time first. */
export const candidatesFor = (alert: QueueAlert, all: Iterable<QueueAlert>): QueueAlert[] =>
  [...all]
    .filter(
      (other) =>
        other.alertId !== alert.alertId &&
        other.state !== 'duplicate' &&
        (other.cameraId === alert.cameraId ||
          (alert.incidentId !== undefined && other.incidentId === alert.incidentId)),
    )
    .sort((a, b) => Math.abs(a.raisedAt - alert.raisedAt) - Math.abs(b.raisedAt - alert.raisedAt))
    .slice(0, maxCandidates);

export const DuplicateDialog = ({ alert }: Props) => {
  const [duplicateOf, setDuplicateOf] = useState<string>();
  const candidates = candidatesFor(alert, alerts.value.values());
  return (
    <StepForm
      title={word('duplicate')}
      alert={alert}
      to="duplicate"
      {...(duplicateOf ? { details: { duplicateOf } } : {})}
      isIncomplete={duplicateOf === undefined}
    >
      <fieldset class="options">
        <legend>{word('duplicateOf')}</legend>
        {candidates.length === 0 && <p class="muted">{word('noCandidates')}</p>}
        {candidates.map((one) => (
          <label key={one.alertId} class="option">
            <input
              type="radio"
              name="duplicateOf"
              checked={one.alertId === duplicateOf}
              onChange={() => setDuplicateOf(one.alertId)}
            />
            {whenTold(one.raisedAt)} {alertWords(one, zoneOf(one))}
          </label>
        ))}
      </fieldset>
    </StepForm>
  );
};
