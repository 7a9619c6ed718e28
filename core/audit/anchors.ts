import { Compile } from 'typebox/compile';
import { AuditAnchor } from '../schema/audit.ts';
import { auditError } from './errors.ts';

const anchorCheck = Compile(AuditAnchor);

/** Anchors from a file with one as JSON on each line. Throws `anchors-unreadable`, naming the line. */
export const parseAnchors = (text: string): AuditAnchor[] =>
  text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      const value = parseJson(line);
      if (anchorCheck.Check(value)) return value;
      throw auditError(
        'anchors-unreadable',
        `line ${number} of the anchors is no anchor; was the file changed?`,
      );
    });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as a line that is no anchor
  }
};
