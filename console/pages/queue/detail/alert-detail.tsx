import { Badge } from '../../../parts/badge.tsx';
import { Countdown } from '../../../parts/countdown.tsx';
import { dueWord, severityWord, stateWord } from '../../../words/alert-terms.ts';
import { alertWords } from '../../../words/alert-words.ts';
import { zoneOf } from '../../../words/zone-name.ts';
import { dueOf, isOpen, type QueueAlert } from '../list/open-list.ts';
import { ActionBar } from '../steps/action-bar.tsx';
import { AlertFactList } from './alert-facts.tsx';
import { AlertLog } from './alert-log.tsx';
import { Comments } from './comments.tsx';
import { PictureTabs } from './picture-tabs.tsx';
import { Earlier, IncidentMembers } from './related.tsx';
import { useWhole } from './use-whole.ts';

/** Everything about one alert, and everything that can be done about it. */
export const AlertDetail = ({ alert }: { alert: QueueAlert }) => {
  const whole = useWhole(alert);
  const due = isOpen(alert) ? dueOf(alert) : undefined;
  return (
    <article class="detail" aria-label={alertWords(alert, zoneOf(alert))}>
      <header class="detail-head">
        <div class="row">
          <Badge tone={alert.severity}>{severityWord(alert.severity)}</Badge>
          <Badge>{stateWord(alert.state)}</Badge>
          {due && <Countdown dueAt={due.dueAt} label={dueWord(due.step)} />}
        </div>
        <h2>{alertWords(alert, zoneOf(alert))}</h2>
      </header>
      <ActionBar alert={alert} />
      <div class="detail-body">
        <div class="stack">
          <PictureTabs alert={alert} />
          <AlertFactList alert={alert} />
        </div>
        <div class="stack detail-side">
          <AlertLog alert={alert} />
          <Comments alert={alert} whole={whole} />
          <IncidentMembers alert={alert} />
          <Earlier alert={alert} />
        </div>
      </div>
    </article>
  );
};
