import { Button } from '../../../parts/button.tsx';
import type { QueueAlert } from '../list/open-list.ts';
import { word } from '../words.ts';
import { actionsFor } from './actions.ts';
import { busy } from './take-step.ts';

/** Every action on the chosen alert, with its key; what is to be done first stands out. */
export const ActionBar = ({ alert }: { alert: QueueAlert }) => {
  const first = alert.state === 'raised' ? 'acknowledge' : 'resolve';
  return (
    <div class="action-bar" role="toolbar" aria-label={word('actedOn')}>
      {actionsFor(alert).map(({ name, key, refusal, act }) => (
        <Button
          key={name}
          hint={key.toUpperCase()}
          disabled={refusal !== undefined || busy.value.has(alert.alertId)}
          title={refusal}
          tone={name === first ? 'main' : 'plain'}
          onClick={act}
        >
          {word(name)}
        </Button>
      ))}
    </div>
  );
};
