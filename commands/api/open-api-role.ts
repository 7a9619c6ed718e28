import path from 'node:path';
import { type FirstUser, openApiRole } from '../../api/index.ts';
import { createAuditLog } from '../../core/audit/audit-log.ts';
import { createAnswerCaller } from '../../core/bus/answer-calls.ts';
import { openAnswerStore } from '../../core/bus/answer-store.ts';
import { openExportStore } from '../../core/bus/export-store.ts';
import { createFeedsClient } from '../../core/bus/feeds.ts';
import { openLayoutStore } from '../../core/bus/layout-store.ts';
import { openLinkKey } from '../../core/bus/link-key.ts';
import { openNormalsStore } from '../../core/bus/normals-store.ts';
import { openSessionStore } from '../../core/bus/session-store.ts';
import { openSiteStore } from '../../core/bus/site-store.ts';
import type { Environment } from '../../core/config/environment.ts';
import { parseDuration, parseSize } from '../../core/config/quantity.ts';
import { loadSecrets } from '../../core/config/secrets.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import { createEvidenceReader } from '../../ingest/evidence/index.ts';
import { createEvidencePictures } from '../../ingest/evidence/pictures/index.ts';
import { refuseUnfitModel } from '../fit-model.ts';
import type { RoleContext, RunningRole } from '../role.ts';
import { evidenceFolder } from '../site-evidence.ts';
import { createWhatIf } from '../whatif/create-what-if.ts';
import { createAnchorWebhook } from './anchor-webhook.ts';
import { createArchiveMaker } from './archive/archive-maker.ts';
import { createInside } from './inside.ts';

/** The API role: history, its writer, and everything that is served over HTTP. */
export const openApi = async (
  context: RoleContext,
  environment: Environment,
  onFirstUser: (user: FirstUser) => void,
): Promise<RunningRole> => {
  const { bus, resources, clock, log, metrics } = context;
  const store = await openSiteStore(bus.nats);
  const role = await openApiRole({
    bus,
    resources,
    store,
    audit: createAuditLog({ bus, clock }),
    feeds: createFeedsClient(bus.nats),
    evidence: createEvidenceReader(evidenceFolder(environment)),
    pictures: createEvidencePictures(evidenceFolder(environment)),
    answers: await openAnswerStore(bus.nats),
    sessionStore: await openSessionStore(bus.nats),
    exportStore: await openExportStore(bus.nats),
    archiveMaker: createArchiveMaker(environment, clock),
    layoutStore: await openLayoutStore(bus.nats),
    callResponder: createAnswerCaller(bus.nats),
    linkKey: await openLinkKey(bus.nats),
    inside: createInside(context, environment),
    clock,
    log,
    metrics,
    host: environment.apiHost,
    port: environment.apiPort,
    dataFolder: environment.dataFolder,
    ...(environment.auditAnchorFile === undefined ? {} : { anchorFile: environment.auditAnchorFile }),
    ...(await anchorWebhookOf(context, environment)),
    history: {
      folder: path.join(environment.dataFolder, 'history'),
      ...(environment.clickhouseUrl === undefined ? {} : { url: environment.clickhouseUrl }),
      ...historyLimits(resources.site()),
    },
    normals: await openNormalsStore(bus.nats),
    createWhatIf: (history) => createWhatIf({ history, resources, clock }),
    requireFit: (site) => refuseUnfitModel({ environment, log }, site),
    storeUser: async (user) => {
      await store.put(`users.${user.id}`, user, 0);
    },
    onFirstUser,
  });
  return {
    facts: () => ({ address: role.url }),
    failed: role.failed,
    close: () => role.close(),
  };
};

const anchorWebhookOf = async ({ resources, clock }: RoleContext, { secretsFile }: Environment) => {
  const { auditAnchor } = resources.site();
  if (!auditAnchor) return {};
  const secrets = await loadSecrets(secretsFile, {}); // cameras' are the workers' business
  return { sendAnchor: createAnchorWebhook(auditAnchor, { clock, secrets }) };
};

const historyLimits = ({ history }: SiteSettings) => ({
  ...(history?.quota === undefined ? {} : { quotaBytes: parseSize(history.quota) }),
  ...(history?.retention === undefined ? {} : { trackRetentionMs: parseDuration(history.retention) }),
});
