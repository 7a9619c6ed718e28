import { useEffect, useRef } from 'preact/hooks';

/** What keys do, by their `KeyboardEvent.key`, letters in lower case. */
export type KeyMap = Readonly<Record<string, (() => void) | undefined>>;

const typing = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]';

/** The key as a key map names it; nothing while somebody types, in a dialog, or with Ctrl, Alt or Meta. */
export const pressedKey = (event: KeyboardEvent): string | undefined => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented)
    return undefined;
  const { target } = event;
  if (target instanceof Element && target.closest(typing)) return undefined;
  if (document.querySelector('dialog[open]')) return undefined;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
};

/** Keys of a page while it is there. */
export const useKeys = (keys: KeyMap): void => {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const key = pressedKey(event);
      const act = key === undefined ? undefined : latest.current[key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
};
