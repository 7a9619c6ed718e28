const name = (key: string): string => `xueliang.${key}`;

/** What this browser was told to remember; nothing where it may not remember anything. */
export const kept = (key: string): string | undefined => {
  try {
    return localStorage.getItem(name(key)) ?? undefined;
  } catch {
    return undefined;
  }
};

export const keep = (key: string, value: string): void => {
  try {
    localStorage.setItem(name(key), value);
  } catch {
    // It is a matter of comfort: the choice then lasts as long as the page.
  }
};
