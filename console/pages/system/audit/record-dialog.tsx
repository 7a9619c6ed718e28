import type { AuditRecord } from '../../../../core/schema/audit.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { groundWords } from '../../../words/place-words.ts';
import { clockTime, dayName } from '../../../words/site-time.ts';
import { word } from '../words.ts';
import { sayState, sayVerb } from './audit-terms.ts';

/** One record with all that it says, and its place in the chain. */
export const RecordDialog = ({ record, onClose }: { record: AuditRecord; onClose(): void }) => {
  const { number, entry, hash, previous } = record;
  const { at, who, what, target, place, why, to, address, requestId } = entry;
  const code = (text: string) => <span class="code">{text}</span>;
  return (
    <Dialog title={word('recordOf', { number })} onClose={onClose} isWide>
      <Facts
        facts={[
          [word('when'), `${dayName(at)} ${clockTime(at)}`],
          [word('who'), who],
          [word('what'), sayVerb(what)],
          [word('target'), code(target)],
          [word('place'), place === undefined ? '–' : groundWords(place, '')],
          [word('ledTo'), to === undefined ? '–' : sayState(to)],
          [word('why'), why ?? '–'],
          [word('address'), code(address ?? '–')],
          [word('request'), code(requestId ?? '–')],
        ]}
      />
      <p class="muted">
        {word('hash')} <span class="code">{hash}</span>
      </p>
      <p class="muted">
        {word('previous')} <span class="code">{previous}</span>
      </p>
    </Dialog>
  );
};
