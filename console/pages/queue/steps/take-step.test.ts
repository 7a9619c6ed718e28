import { afterEach, describe, expect, it, vi } from 'vitest';
import { draftOf, keepDraft } from '../drafts.ts';
import { alerts, takeAlert } from '../queue-store.ts';
import { scriptedAlert } from '../scripted-alert.ts';
import { takeStep } from './take-step.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const answerWith = (answers: readonly { status: number; body: unknown }[]) => {
  const asked: { address: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', (address: string, { body }: { body?: string }) => {
    const answer = answers[asked.length];
    asked.push({ address, body: body === undefined ? undefined : JSON.parse(body) });
    return Promise.resolve(new Response(JSON.stringify(answer?.body), { status: answer?.status ?? 500 }));
  });
  return asked;
};

describe('a step', () => {
  it('says from which state it starts, and shows what the API answers', async () => {
    const alert = scriptedAlert(1);
    takeAlert(alert);
    keepDraft(alert.alertId, 'why', 'a cow');
    const asked = answerWith([{ status: 200, body: { ...alert, state: 'falseAlarm', lastSequence: 7 } }]);
    expect(await takeStep(alert, 'falseAlarm', { reason: 'animal', why: 'a cow' })).toBe(true);
    expect(asked[0]?.body).toEqual({ to: 'falseAlarm', from: 'raised', reason: 'animal', why: 'a cow' });
    expect(alerts.value.get(alert.alertId)?.state).toBe('falseAlarm');
    expect(draftOf(alert.alertId, 'why')).toBe('');
  });

  it('that somebody else was faster with shows what they did, and keeps what was typed', async () => {
    const alert = scriptedAlert(2);
    takeAlert(alert);
    keepDraft(alert.alertId, 'why', 'seen by patrol');
    const moved = { code: 'alert-moved', kind: 'conflict', message: 'li has already', requestId: 'r-1' };
    const steps = [...alert.steps, { state: 'resolved', at: 5000, by: 'li' }];
    answerWith([
      { status: 409, body: moved },
      { status: 200, body: { ...alert, state: 'resolved', steps, lastSequence: 9 } },
    ]);
    expect(await takeStep(alert, 'resolved', { why: 'seen by patrol' })).toBe(false);
    expect(alerts.value.get(alert.alertId)?.steps.at(-1)?.by).toBe('li');
    expect(draftOf(alert.alertId, 'why')).toBe('seen by patrol');
  });

  it('is not sent twice by two presses', async () => {
    const alert = scriptedAlert(3);
    const asked = answerWith([{ status: 200, body: { ...alert, state: 'acknowledged' } }]);
    await Promise.all([takeStep(alert, 'acknowledged'), takeStep(alert, 'acknowledged')]);
    expect(asked).toHaveLength(1);
  });
});
