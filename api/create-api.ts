import { randomBytes } from 'node:crypto';
import path from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import {
  type FastifyBaseLogger,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { UserChanges } from './accounts/user-changes.ts';
import { AnswerDesk } from './answers/answer-desk.ts';
import type { ApiDeps } from './api-deps.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { Authenticator } from './auth/authenticator.ts';
import { addGuard } from './auth/guard.ts';
import { Sessions } from './auth/sessions.ts';
import { SignedLinks } from './auth/signed-links.ts';
import { apiError } from './errors.ts';
import { createArchives } from './exports/archive/create-archives.ts';
import { ExportDesk } from './exports/export-desk.ts';
import { ExportRegister } from './exports/export-register.ts';
import { answerError, routeOf } from './http/answer-error.ts';
import { answerBrokenRequest, answerExpectations } from './http/broken-requests.ts';
import { buildSerializer } from './http/serializers.ts';
import { isTrustedProxy } from './http/trusted-proxy.ts';
import { compileValidator } from './http/validate.ts';
import { LayoutDesk } from './layouts/layout-desk.ts';
import { AlertHub } from './live/alert-hub.ts';
import { LiveRelay } from './live/live-relay.ts';
import { LiveStatus } from './live/live-status.ts';
import { OpenAlerts } from './live/open-alerts.ts';
import { tileOrigin } from './map/tile-origin.ts';
import { Uploads } from './pictures/uploads.ts';
import { addRoutes } from './routes/add-routes.ts';
import type { ApiServer } from './routes/route-deps.ts';

/** A request must have come within this; its answer may take longer (a clip, a stream). */
const requestTimeoutMs = 15_000;
/** Pages load only what this API serves; video players take their bytes from memory (`blob:`). */
const contentSecurityPolicy = ({ resources }: ApiDeps) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    // The map's tiles come from the one host that the site names, if it names one.
    imgSrc: ["'self'", 'blob:', 'data:', () => tileOrigin(resources.site().map)],
    mediaSrc: ["'self'", 'blob:'],
    // Positions and sizes that a script sets on an element.
    styleSrcAttr: ["'unsafe-inline'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
});

/** A scenario that names a thousand cameras. */
const maxBodyBytes = 128 * 1024;

/**
 * Builds the API without listening. `ready()` begins to follow the bus, `close()` ends every stream of events and
 * lets what is being answered finish.
 */
export const createApi = (deps: ApiDeps): ApiServer => {
  const requestIds = createRequestIds();
  const app = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds,
    requestIdHeader: false,
    trustProxy: (address: string) => isTrustedProxy(address, deps.resources.site().trustedProxies),
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    exposeHeadRoutes: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 100 },
    schemaController: { compilersFactory: { buildSerializer } },
    clientErrorHandler: answerBrokenRequest(requestIds),
    // An address that is no address never gets as far as the error handler.
    frameworkErrors: (error, request, reply) => {
      answerError(error, request as FastifyRequest, reply as FastifyReply);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  answerExpectations(app.server, requestIds);
  app.setValidatorCompiler(compileValidator);
  const trail = new AuditTrail(deps);
  app.setErrorHandler((error, request, reply) => {
    trail.refused(request, error);
    return answerError(error, request, reply);
  });
  app.setNotFoundHandler(() => {
    throw apiError(
      'route-unknown',
      'there is nothing at this address; GET /openapi.json lists what there is',
    );
  });
  const sessions = new Sessions({ ...deps, store: deps.sessionStore });
  const authenticator = new Authenticator({ ...deps, sessions });
  const live = deps.live ?? new LiveStatus(deps);
  const hub = new AlertHub(deps);
  const openAlerts = new OpenAlerts(deps);
  const userChanges = new UserChanges({ ...deps, trail });
  const links = new SignedLinks({ authenticator, clock: deps.clock, key: deps.linkKey ?? randomBytes(32) });
  const relay = new LiveRelay({ ...deps, live });
  const desk = new AnswerDesk(deps);
  const uploads = new Uploads({ folder: path.join(deps.dataFolder, 'uploads'), clock: deps.clock });
  const exportRegister = new ExportRegister({ ...deps, store: deps.exportStore });
  const exportDesk = new ExportDesk({ ...deps, register: exportRegister, trail });
  const archives = createArchives({ ...deps, exportDesk, register: exportRegister, trail });
  const layoutDesk = new LayoutDesk(deps);
  app.addHook('onReady', async () => {
    sessions.start();
    live.start();
    hub.start();
    openAlerts.start();
    exportRegister.start();
    archives.turns?.start();
  });
  app.addHook('preClose', async () => relay.close());
  app.addHook('preClose', () => hub.close());
  app.addHook('onClose', async () => {
    await archives.turns?.close();
    await Promise.all([sessions.close(), live.close(), openAlerts.close(), exportRegister.close()]);
  });
  app.register(cookie);
  addGuard(app, { host: deps.host, authenticator, links, trail });
  app.addHook('preValidation', async (request) => requireBody(request));
  measure(app, deps);
  app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: contentSecurityPolicy(deps),
  });
  addRoutes(app, {
    ...deps,
    authenticator,
    sessions,
    userChanges,
    trail,
    live,
    hub,
    openAlerts,
    links,
    relay,
    desk,
    uploads,
    exportRegister,
    exportDesk,
    archiveDesk: archives.desk,
    layoutDesk,
  });
  return app;
};

const createRequestIds = (): (() => string) => {
  const start = randomBytes(4).toString('hex');
  let count = 0;
  return () => `r-${start}-${(++count).toString(36)}`;
};

/** A request without any body is not checked against the body's schema: a handler would find nothing where it looks. */
const requireBody = ({ body, routeOptions }: FastifyRequest): void => {
  if (body !== undefined || routeOptions.schema?.body === undefined) return;
  throw apiError('request-invalid', 'body: it is missing; see GET /openapi.json for what goes in it');
};

const measure = (app: ApiServer, { metrics, log }: ApiDeps): void => {
  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000;
    const facts = { method: request.method, route: routeOf(request), status: String(reply.statusCode) };
    metrics.observe('xueliang_api_request_seconds', 'Time until a request was answered', seconds, facts);
    log.debug(
      { service: 'api', requestId: request.id, user: request.principal?.id, seconds, ...facts },
      'answered',
    );
  });
};
