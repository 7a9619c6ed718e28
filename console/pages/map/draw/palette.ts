const names = [
  'ground',
  'surface',
  'raised',
  'line',
  'text',
  'muted',
  'accent',
  'good',
  'warn',
  'bad',
] as const;
const more = ['urgent', 'high', 'medium', 'low', 'on-accent'] as const;
type Name = (typeof names)[number] | (typeof more)[number];

/** The theme's colours and font, for what is drawn rather than laid out. */
export type Palette = Readonly<Record<Name, string>> & { readonly font: string; readonly rem: number };

/** As the theme is now. */
export const readPalette = (): Palette => {
  const style = getComputedStyle(document.documentElement);
  const colours = [...names, ...more].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return {
    ...(Object.fromEntries(colours) as Record<Name, string>),
    font: getComputedStyle(document.body).fontFamily,
    rem: Number.parseFloat(style.fontSize) || 16,
  };
};
