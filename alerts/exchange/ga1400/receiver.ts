import type { Secrets } from '../../../core/config/secrets.ts';
import type { Logger } from '../../../core/log.ts';
import type { Resources } from '../../../core/resources.ts';
import type { Upstream } from '../../../core/schema/upstream.ts';
import type { PostDeps } from '../../actions/post.ts';
import type { Receiver } from '../../feeds/feed.ts';
import { ViewLibrary } from './client.ts';
import { toNotification } from './to-notification.ts';

export interface Ga1400ReceiverOptions extends PostDeps {
  log: Logger;
  secrets: Pick<Secrets, 'service'>;
  resources: Pick<Resources, 'cameras' | 'site'>;
}

const defaultTimezone = 'Asia/Shanghai';

/** The feed of a view library, which knows objects but no course of events: it is told when an alert is raised. */
export const createGa1400Receiver = (upstream: Upstream, options: Ga1400ReceiverOptions): Receiver => {
  const { id, kind, name, ground, deviceId, credentials } = upstream;
  const { resources, secrets } = options;
  const library = new ViewLibrary({
    ...options,
    upstream,
    credentials: () => secrets.service(credentials),
  });
  return {
    ...{ id: `upstream-${id}`, kind, name, ground },
    send: async (event, signal) => {
      if (event.type !== 'raised') return;
      const camera = resources.cameras().find((one) => one.id === event.cameraId);
      const context = {
        deviceId: camera?.gbCode ?? deviceId,
        timezone: resources.site().timezone ?? defaultTimezone,
      };
      await library.notify(toNotification(event.alert, context), signal);
    },
    close: () => library.close(),
  };
};
