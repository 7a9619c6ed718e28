import { useEffect, useState } from 'preact/hooks';
import type { Handover } from '../../../core/schema/handover.ts';
import { ask } from '../../http/ask.ts';
import { may } from '../../http/session-state.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Failure, Loading } from '../../parts/states.tsx';
import { tell } from '../../parts/toast.tsx';
import { failureWords } from '../../words/failure-words.ts';
import { whenTold } from '../../words/site-time.ts';
import { draftOf, keepDraft } from './drafts.ts';
import { closeDialog } from './steps/dialogs.ts';
import { word } from './words.ts';

const path = '/api/v1/handovers';

/** What the last shift said, and what this one tells the next. */
export const HandoverDialog = () => (
  <Dialog title={word('handover')} onClose={closeDialog}>
    <LastNote />
    {may('alerts.handle') && <NoteForm />}
  </Dialog>
);

const LastNote = () => {
  const [last, setLast] = useState<Handover | 'none'>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    ask<{ items: Handover[] }>(path, { query: { limit: 1 } })
      .then(({ items }) => setLast(items[0] ?? 'none'))
      .catch(setFailure);
  }, []);
  if (failure !== undefined) return <Failure failure={failure} />;
  if (last === undefined) return <Loading />;
  if (last === 'none') return <p class="muted">{word('handoverNone')}</p>;
  return (
    <section class="stack">
      <h3>{word('handoverLast')}</h3>
      <p class="muted">
        {last.by} · {whenTold(last.at)} · {word('handoverOpen', { count: last.openAlerts.length })}
      </p>
      <p class="comment-text">{last.text}</p>
    </section>
  );
};

const NoteForm = () => {
  const [isBusy, setBusy] = useState(false);
  const text = draftOf('shift', 'handover');
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await ask<Handover>(path, { method: 'POST', body: { text: text.trim() } });
      keepDraft('shift', 'handover', '');
      tell(word('handoverDone'), 'good');
      closeDialog();
    } catch (failure) {
      tell(failureWords(failure), 'bad');
    }
    setBusy(false);
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)}>
      <Field label={word('handoverWrite')}>
        <textarea
          value={text}
          maxLength={4000}
          rows={5}
          onInput={(event) => keepDraft('shift', 'handover', event.currentTarget.value)}
        />
      </Field>
      <div class="row">
        <Button type="submit" tone="main" disabled={isBusy || text.trim() === ''}>
          {word('send')}
        </Button>
      </div>
    </form>
  );
};
