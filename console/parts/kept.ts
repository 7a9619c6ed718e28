const name = (key: string): string => `xueliang.${key}`;

/** What this browser was told to remember; nothing where it may not remember anything. */
export const kept = (key: string): string | undefined => {
  try {
    return localStorage.getItem(name(key)) ?? undefined;
  } catch {
    return undefined;
  }
};

/** It is asked for no more. */
export const forget = (key: string): void => {
  try {
    localStorage.removeItem(name(key));
  } catch {
    // What may not be remembered is not there.
  }
};

export const keep = (key: string, value: string): void => {
  try {
    localStorage.setItem(name(key), value);
  } catch {
    // It is a matter of comfort: the choice then lasts as long as the page.
  }
};
