import stringWidth from 'string-width';

const reset = '\u001b[0m';

/** Cuts or fills a text to so many columns by what a terminal shows: a Chinese character is two columns wide. */
export const padTo = (text: string, columns: number): string => {
  let cut = text;
  while (stringWidth(cut) > columns) cut = [...cut].slice(0, -1).join('');
  return cut + ' '.repeat(columns - stringWidth(cut));
};

/** Sets a text against the right edge of so many columns; a longer one stays whole. */
export const rightAlign = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;

/** Cuts a line that a narrow terminal would wrap. */
export const cutTo = (line: string, columns: number): string => {
  if (stringWidth(line) < columns) return line;
  const characters = [...line];
  while (stringWidth(characters.join('')) >= columns) characters.pop();
  return `${characters.join('')}${reset}`;
};
