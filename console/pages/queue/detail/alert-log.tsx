import { reasonWord, stateWord } from '../../../words/alert-terms.ts';
import { placeWords } from '../../../words/place-words.ts';
import { clockTime, whenTold } from '../../../words/site-time.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { responders } from '../steps/resources.ts';
import { word } from '../words.ts';

const responderName = (id: string): string => responders.value?.find((one) => one.id === id)?.name ?? id;

/** Every step of an alert: what, when, by whom and why. */
export const AlertLog = ({ alert }: { alert: QueueAlert }) => (
  <section class="stack">
    <h3>{word('history')}</h3>
    <ol class="log">
      {alert.steps.map(({ state, at, by, why, reason, responder }) => (
        <li key={`${state} ${at}`}>
          <time>{whenTold(at)}</time>
          <strong>{stateWord(state)}</strong>
          <span>{by ?? word('program')}</span>
          {responder && <span>→ {responderName(responder)}</span>}
          {reason && <span>{reasonWord(reason)}</span>}
          {why && <q>{why}</q>}
        </li>
      ))}
      {alert.actions.map(({ at, action, target, outcome }) => (
        <li key={`${action} ${at} ${target}`}>
          <time>{clockTime(at)}</time>
          <strong>{word('actedOn')}</strong>
          <span>
            {action} · {target} · {outcome}
          </span>
        </li>
      ))}
    </ol>
    {alert.escalatedTo && <p>{word('escalatedTo', { place: placeWords(alert.escalatedTo) })}</p>}
  </section>
);
