import { describe, expect, it, vi } from 'vitest';
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
