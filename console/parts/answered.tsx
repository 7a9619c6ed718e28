import type { ComponentChildren } from 'preact';
import type { Asked } from '../http/use-answer.ts';
import { FailureText } from './failure-text.tsx';
import { Failure, Loading } from './states.tsx';

export interface AnsweredProps<Answer> {
  asked: Asked<Answer>;
  children(answer: Answer): ComponentChildren;
}

/** What was asked for; until it is there that it is on its way, or why it cannot be had. What is old says so. */
export const Answered = <Answer,>({ asked: { answer, failure, again }, children }: AnsweredProps<Answer>) => {
  if (answer === undefined)
    return failure === undefined ? <Loading /> : <Failure failure={failure} onRetry={again} />;
  return (
    <>
      {failure !== undefined && (
        <div class="field-problem" role="status">
          <FailureText failure={failure} />
        </div>
      )}
      {children(answer)}
    </>
  );
};
