import { signal } from '@preact/signals';

/** What somebody is about to say. */
export type DraftKey = 'comment' | 'why' | 'handover';

const storageKey = 'xueliang.drafts';

const read = (): Record<string, string> => {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
};

const drafts = signal<Readonly<Record<string, string>>>(read());

const name = (about: string, key: DraftKey): string => `${about}.${key}`;

/** What was typed about an alert and not sent yet; it outlives updates, other pages, a sign-in and a reload. */
export const draftOf = (about: string, key: DraftKey): string => drafts.value[name(about, key)] ?? '';

export const keepDraft = (about: string, key: DraftKey, text: string): void => {
  const { [name(about, key)]: _, ...others } = drafts.peek();
  drafts.value = text === '' ? others : { ...others, [name(about, key)]: text };
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(drafts.value));
  } catch {
    // No room or not allowed: the draft then lasts as long as the page.
  }
};
