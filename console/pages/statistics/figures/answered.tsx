import type { ComponentChildren } from 'preact';
import { Failure, Loading } from '../../../parts/states.tsx';
import type { Asking } from '../asked/use-answer.ts';
import { word } from '../words.ts';

/** An answer as soon as it is there; until then that it is on its way, or why it is not. */
export const Answered = <Answer extends object>(props: {
  asking: Asking<Answer>;
  children: (answer: Answer) => ComponentChildren;
}) => {
  const { answer, failure, retry } = props.asking;
  if (failure !== undefined) return <Failure failure={failure} onRetry={retry} />;
  if (answer === undefined) return <Loading />;
  return (
    <>
      {'isTruncated' in answer && answer.isTruncated === true && (
        <p class="truncated" role="status">
          {word('truncated')}
        </p>
      )}
      {props.children(answer)}
    </>
  );
};
