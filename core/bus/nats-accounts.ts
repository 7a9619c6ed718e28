import type { Subscriber } from '../schema/subscriber.ts';
import { feedInbox, feedName, feedRewindSubject, feedSubjects } from './subjects.ts';

/** What the server has to know of a subscriber. */
export type FeedAccount = Pick<Subscriber, 'id' | 'passwordHash'>;

/** The account whose JetStream holds the site's bus streams. */
export const siteAccount = 'SITE';

/**
 * Who may sign in, as nats-server 2.9 reads it. Each subscriber has an account of its own that imports three services of
 * the site's and nothing else. Permissions within one account are not enough: nobody checks the reply subject of a
 * request, so that a subscriber could have its messages delivered to `$KV.SITE.>` and thereby stored. Across accounts a
 * reply can only come back.
 */
export const toAccountsConf = (subscribers: readonly FeedAccount[]): string =>
  [
    'accounts {',
    `  ${siteAccount} {`,
    '    jetstream: enabled',
    '    users = [{ user: $XUELIANG_NATS_USER, password: $XUELIANG_NATS_PASSWORD }]',
    '    exports = [',
    ...subscribers.flatMap(exportsTo),
    '    ]',
    '  }',
    ...subscribers.flatMap(accountOf),
    '}',
    '',
  ].join('\n');

/** A pull is answered by several messages, everything else by one at most. */
const exportsTo = ({ id }: FeedAccount): string[] => {
  const { pull, acknowledge } = feedSubjects(id);
  const accounts = `accounts: [${feedName(id)}]`;
  return [
    `      { service: "${pull}", response_type: stream, ${accounts} }`,
    `      { service: "${acknowledge}", ${accounts} }`,
    `      { service: "${feedRewindSubject(id)}", ${accounts} }`,
  ];
};

const accountOf = ({ id, passwordHash }: FeedAccount): string[] => {
  const { pull, acknowledge } = feedSubjects(id);
  const subjects = [pull, acknowledge, feedRewindSubject(id)];
  const mayPublish = subjects.map((subject) => `"${subject}"`).join(', ');
  return [
    `  ${feedName(id)} {`,
    '    users = [{',
    `      user: "${feedName(id)}", password: "${passwordHash}"`,
    `      permissions { publish { allow: [${mayPublish}] }, subscribe { allow: ["${feedInbox(id)}.>"] } }`,
    '    }]',
    '    imports = [',
    ...subjects.map((subject) => `      { service: { account: ${siteAccount}, subject: "${subject}" } }`),
    '    ]',
    '  }',
  ];
};
