import { type Static, Type } from 'typebox';
import { errorKinds } from '../../core/errors.ts';
import { closed } from '../../core/schema/closed.ts';
import { named } from './named.ts';

/** Every error the API answers. */
export const ErrorBody = named(
  'Error',
  closed(
    {
      code: Type.String({ description: 'what happened; a closed list, see the errors page' }),
      message: Type.String({ description: 'what failed, for which thing, and what to do' }),
      kind: Type.Enum(errorKinds),
      requestId: Type.String({ description: 'finds the request in the log' }),
    },
    {
      examples: [
        {
          code: 'request-invalid',
          message: 'query: limit is 900; it must be <= 500',
          kind: 'invalid',
          requestId: 'r-5f3c9a1e-7',
        },
      ],
    },
  ),
);
export type ErrorBody = Static<typeof ErrorBody>;
