import { failureDetail, failureWords } from '../words/failure-words.ts';
import { word } from '../words/words.ts';

/** What the server says in its own words, folded: they are English whatever the page speaks. */
export const ServerWords = ({ children }: { children: string | undefined }) =>
  children ? (
    <details class="failure-detail">
      <summary>{word('detail')}</summary>
      <p lang="en">{children}</p>
    </details>
  ) : null;

export const FailureDetail = ({ failure }: { failure: unknown }) => (
  <ServerWords>{failureDetail(failure)}</ServerWords>
);

/** What went wrong and what to do, with the detail below it. */
export const FailureText = ({ failure }: { failure: unknown }) => (
  <>
    {failureWords(failure)}
    <FailureDetail failure={failure} />
  </>
);
