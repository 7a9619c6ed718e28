/** A column of the file that a table is saved as. */
export interface CsvColumn<Row> {
  title: string;
  /** Numbers bare; undefined: not known. */
  value(row: Row): string | number | undefined;
}

/** Text that a spreadsheet would reckon with is kept from it. */
const isFormula = /^[=+\-@\t\r]/;

const toField = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = isFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as RFC 4180 has it, with the mark by which spreadsheets know UTF-8. */
export const toCsv = <Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string => {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ value }) => value(row))),
  ];
  return `\uFEFF${lines.map((line) => line.map(toField).join(',')).join('\r\n')}\r\n`;
};

/** Lets the browser save it. */
export const saveCsv = (name: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
