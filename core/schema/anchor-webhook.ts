import { type Static, Type } from 'typebox';
import { closed } from './closed.ts';
import { ResourceId } from './ids.ts';

/** The auditor's, to which the head of the audit log is sent. */
export const AnchorWebhook = closed({
  url: Type.String({
    minLength: 8,
    maxLength: 2048,
    description: 'http:// or https://, without credentials',
  }),
  /** An entry of the secrets file, whose password signs. */
  credentials: ResourceId,
  /** It may stand in a private network; without this such addresses are refused. */
  isPrivate: Type.Optional(Type.Boolean()),
});
export type AnchorWebhook = Static<typeof AnchorWebhook>;
