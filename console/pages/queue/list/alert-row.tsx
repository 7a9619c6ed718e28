import { Badge } from '../../../parts/badge.tsx';
import { Countdown } from '../../../parts/countdown.tsx';
import { Thumbnail } from '../../../parts/thumbnail.tsx';
import { dueWord, severityWord, stateWord } from '../../../words/alert-terms.ts';
import { alertWords } from '../../../words/alert-words.ts';
import { placeWords } from '../../../words/place-words.ts';
import { now, whenTold } from '../../../words/site-time.ts';
import { saySpan } from '../../../words/span.ts';
import { zoneOf } from '../../../words/zone-name.ts';
import { expanded } from '../queue-store.ts';
import { select } from '../selection.ts';
import { word } from '../words.ts';
import { dueOf, type QueueAlert, type QueueRow } from './open-list.ts';

/** Who has an alert: of its steps' authors the last, or whom the list named. */
export const ownerOf = ({ steps, holder }: QueueAlert): string | undefined =>
  steps.findLast(({ by }) => by)?.by ?? holder;

export const toggleIncident = ({ incidentId, alertId }: QueueAlert): void => {
  const key = incidentId ?? alertId;
  const next = new Set(expanded.value);
  if (!next.delete(key)) next.add(key);
  expanded.value = next;
};

/** One alert of the queue, readable from where somebody sits back. */
export const AlertRow = ({ row, isChosen }: { row: QueueRow; isChosen: boolean }) => {
  const { alert, count, isMember, isExpanded } = row;
  return (
    <div class={`alert-row ${alert.severity} ${isChosen ? 'chosen' : ''} ${isMember ? 'member' : ''}`}>
      <button type="button" class="alert-open" aria-current={isChosen} onClick={() => select(alert.alertId)}>
        <Thumbnail alert={alert} />
        <span class="alert-text">
          <FirstLine alert={alert} />
          <strong class="alert-sentence">{alertWords(alert, zoneOf(alert))}</strong>
          <span class="alert-place">
            {placeWords(alert.place)} · {alert.cameraName}
          </span>
        </span>
      </button>
      {count > 1 && (
        <button
          type="button"
          class="alert-repeats"
          aria-expanded={isExpanded}
          title={isExpanded ? word('collapse') : word('expand', { count })}
          onClick={() => toggleIncident(alert)}
        >
          {word('repeats', { count })}
        </button>
      )}
    </div>
  );
};

const FirstLine = ({ alert }: { alert: QueueAlert }) => {
  const due = dueOf(alert);
  const owner = ownerOf(alert);
  return (
    <span class="alert-line">
      <Badge tone={alert.severity}>{severityWord(alert.severity)}</Badge>
      <span>{stateWord(alert.state)}</span>
      <span class={`muted alert-owner ${owner === undefined ? 'nobody' : ''}`}>
        {owner ?? word('nobody')}
      </span>
      <span class="alert-when">
        {due ? <Countdown dueAt={due.dueAt} label={dueWord(due.step)} /> : <Age at={alert.raisedAt} />}
      </span>
    </span>
  );
};

const Age = ({ at }: { at: number }) => (
  <span class="muted" title={saySpan(now.value - at)}>
    {whenTold(at)}
  </span>
);
