import { may } from '../../../http/session-state.ts';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { Failure, Loading } from '../../../parts/states.tsx';
import { whenTold } from '../../../words/site-time.ts';
import { draftOf, keepDraft } from '../drafts.ts';
import type { QueueAlert } from '../list/open-list.ts';
import { addComment, busy } from '../steps/take-step.ts';
import { word } from '../words.ts';
import type { Whole } from './use-whole.ts';

export const commentFieldId = 'comment-field';

/** What has been said about an alert, and a place to say more; what is typed is kept until it is sent. */
export const Comments = ({ alert, whole }: { alert: QueueAlert; whole: Whole }) => (
  <section class="stack">
    <h3>{word('comments')}</h3>
    {whole.failure !== undefined ? (
      <Failure failure={whole.failure} onRetry={whole.again} />
    ) : (
      alert.comments.length === 0 &&
      (alert.isPartial ? <Loading /> : <p class="muted">{word('noComments')}</p>)
    )}
    <ol class="log">
      {alert.comments.map(({ at, by, text }) => (
        <li key={`${at} ${by}`}>
          <time>{whenTold(at)}</time>
          <strong>{by}</strong>
          <span class="comment-text">{text}</span>
        </li>
      ))}
    </ol>
    {may('alerts.handle') && <CommentForm alert={alert} />}
  </section>
);

const CommentForm = ({ alert }: { alert: QueueAlert }) => {
  const text = draftOf(alert.alertId, 'comment');
  const send = (event: Event): void => {
    event.preventDefault();
    if (text.trim() !== '') void addComment(alert, text.trim());
  };
  return (
    <form class="comment-form" onSubmit={send}>
      <Field label={word('addComment')}>
        <input
          id={commentFieldId}
          value={text}
          maxLength={2000}
          onInput={(event) => keepDraft(alert.alertId, 'comment', event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </Field>
      <Button type="submit" hint="Enter" disabled={text.trim() === '' || busy.value.has(alert.alertId)}>
        {word('send')}
      </Button>
    </form>
  );
};
