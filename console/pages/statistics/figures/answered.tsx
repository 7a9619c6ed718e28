import type { ComponentChildren } from 'preact';
import type { Asked } from '../../../http/use-answer.ts';
import { Answered as Shown } from '../../../parts/answered.tsx';
import { word } from '../words.ts';

export interface AnsweredProps<Answer> {
  asking: Asked<Answer>;
  children: (answer: Answer) => ComponentChildren;
}

/** An answer as soon as it is there, and whether there was more than it holds. */
export const Answered = <Answer extends object>({ asking, children }: AnsweredProps<Answer>) => (
  <Shown asked={asking}>
    {(answer) => (
      <>
        {'isTruncated' in answer && answer.isTruncated === true && (
          <p class="truncated" role="status">
            {word('truncated')}
          </p>
        )}
        {children(answer)}
      </>
    )}
  </Shown>
);
