import { describe, expect, it, vi } from 'vitest';
import { session } from '../../http/session-state.ts';
import { draftOf, keepDraft } from './drafts.ts';

describe('drafts', () => {
  it('are kept for each alert and each thing that is written', () => {
    keepDraft('one', 'comment', 'half a sent');
    keepDraft('one', 'why', 'because');
    keepDraft('two', 'comment', 'another');
    expect([draftOf('one', 'comment'), draftOf('one', 'why'), draftOf('two', 'comment')]).toEqual([
      'half a sent',
      'because',
      'another',
    ]);
  });

  it('are of who wrote them, and there again when they come back', () => {
    const as = (id: string): void => {
      session.value = { id, ground: '4311', roles: [], rights: [] };
    };
    as('wang');
    keepDraft('one', 'comment', 'of wang');
    as('li');
    expect(draftOf('one', 'comment')).toBe('');
    as('wang');
    expect(draftOf('one', 'comment')).toBe('of wang');
    session.value = 'unknown';
  });

  it('outlive a reload of the page', async () => {
    keepDraft('three', 'comment', 'still here');
    vi.resetModules();
    const reloaded = await import('./drafts.ts');
    expect(reloaded.draftOf('three', 'comment')).toBe('still here');
  });

  it('go when they were sent', () => {
    keepDraft('one', 'comment', '');
    expect(draftOf('one', 'comment')).toBe('');
    expect(sessionStorage.getItem('xueliang.drafts')).not.toContain('half a sent');
  });
});
