import type { ComponentChildren } from 'preact';
import { toAskFailure } from '../http/ask-failure.ts';
import { failureWords } from '../words/failure-words.ts';
import { word } from '../words/words.ts';
import { Button } from './button.tsx';
import { FailureDetail } from './failure-text.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface EmptyProps {
  title: string;
  icon?: IconName;
  children?: ComponentChildren;
}

/** There is nothing, which is said as calmly as it is. */
export const Empty = ({ title, icon = 'bell', children }: EmptyProps) => (
  <div class="state">
    <Icon name={icon} />
    <h2>{title}</h2>
    {children && <div class="muted">{children}</div>}
  </div>
);

/** It is on its way. */
export const Loading = ({ what }: { what?: string }) => (
  <div class="state" role="status">
    <div class="spinner" aria-hidden="true" />
    <p class="muted">{what ?? word('loading')}</p>
  </div>
);

export interface FailureProps {
  /** Whatever was thrown. */
  failure: unknown;
  onRetry?: (() => void) | undefined;
}

/** It could not be had: why, and how to try again. */
export const Failure = ({ failure, onRetry }: FailureProps) => {
  const { code, requestId } = toAskFailure(failure);
  return (
    <div class="state bad" role="alert">
      <h2>{failureWords(failure)}</h2>
      <p class="muted">
        {code}
        {requestId && ` · ${requestId}`}
      </p>
      <FailureDetail failure={failure} />
      {onRetry && <Button onClick={onRetry}>{word('retry')}</Button>}
    </div>
  );
};
