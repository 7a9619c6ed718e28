import swagger from '@fastify/swagger';
import { CameraImport } from '../routes/camera-import-routes.ts';
import type { ApiServer } from '../routes/route-deps.ts';
import { settingPageSchemas } from '../routes/setting-list-routes.ts';
import { SettingOutcome, settingSchemas } from '../routes/setting-routes.ts';
import { SiteSettingsView } from '../routes/site-setting-routes.ts';
import { accountViews } from '../schema/account-views.ts';
import { AlertView } from '../schema/alert-view.ts';
import { AnswerView, SteppedAlertView, UploadView } from '../schema/answer-views.ts';
import { LoudspeakerPage, LoudspeakerView, ResponderPage, ResponderView } from '../schema/at-hand-views.ts';
import { AuditRecordPage, AuditRecordView } from '../schema/audit-view.ts';
import { CameraView } from '../schema/camera-view.ts';
import { ErrorBody } from '../schema/error-body.ts';
import { ExplanationView } from '../schema/explanation-view.ts';
import { ExportPage, ExportView } from '../schema/export-view.ts';
import { DeadLetterList, DeadLetterRetry, DeadLetterView, FeedList, FeedView } from '../schema/feed-view.ts';
import { HandoverPage, HandoverView } from '../schema/handover-view.ts';
import { HealthView } from '../schema/health-view.ts';
import { IncidentPage, IncidentView } from '../schema/incident-view.ts';
import {
  AuditCheckView,
  BusUsageView,
  ModelList,
  ModelView,
  StreamUsageView,
  SweepList,
  SweepView,
} from '../schema/inside-views.ts';
import { StatisticsLegend } from '../schema/legend-view.ts';
import { LineCountSeries, LineCountView } from '../schema/line-counts.ts';
import { AlertLinksView, LinkView } from '../schema/link-views.ts';
import { LoudspeakerAnswerView } from '../schema/loudspeaker-answer-view.ts';
import { CameraPositions, MapView, PlaceTree } from '../schema/map-views.ts';
import { OpenAlertPage, OpenAlertView } from '../schema/open-alert-view.ts';
import { AlertPage, CameraPage, PlacePage, PlaceView, TrackCounts, TrackCountView } from '../schema/pages.ts';
import { StatisticsReport, StatisticsSeries } from '../schema/report-view.ts';
import { SessionView } from '../schema/session-view.ts';
import {
  ActivityView,
  Availability,
  FalseAlarms,
  HourCounts,
  ReconciliationView,
  ResponseTimes,
} from '../schema/statistics-views.ts';
import { WhatIfView } from '../schema/what-if-view.ts';

/** Every schema that has a name in the description. */
const namedSchemas = [
  ...settingSchemas,
  ...settingPageSchemas,
  SiteSettingsView,
  SettingOutcome,
  CameraImport,
  ErrorBody,
  SessionView,
  ...accountViews,
  AlertView,
  AlertPage,
  OpenAlertView,
  OpenAlertPage,
  SteppedAlertView,
  AnswerView,
  UploadView,
  LoudspeakerAnswerView,
  LoudspeakerView,
  LoudspeakerPage,
  ResponderView,
  ResponderPage,
  HandoverView,
  HandoverPage,
  ExportView,
  ExportPage,
  IncidentView,
  IncidentPage,
  CameraView,
  CameraPage,
  ExplanationView,
  LinkView,
  AlertLinksView,
  PlaceView,
  PlacePage,
  PlaceTree,
  CameraPositions,
  MapView,
  TrackCountView,
  TrackCounts,
  LineCountView,
  LineCountSeries,
  ReconciliationView,
  ResponseTimes,
  FalseAlarms,
  HourCounts,
  ActivityView,
  Availability,
  StatisticsSeries,
  StatisticsReport,
  StatisticsLegend,
  HealthView,
  WhatIfView,
  AuditRecordView,
  AuditRecordPage,
  FeedView,
  FeedList,
  DeadLetterView,
  DeadLetterList,
  DeadLetterRetry,
  StreamUsageView,
  BusUsageView,
  ModelView,
  ModelList,
  SweepView,
  SweepList,
  AuditCheckView,
] as const;

const tagNames = [
  'alerts',
  'audit',
  'cameras',
  'evidence',
  'exports',
  'feeds',
  'handovers',
  'health',
  'keys',
  'live',
  'loudspeakers',
  'places',
  'scenarios',
  'session',
  'settings',
  'statistics',
  'tracks',
  'users',
];

/** See docs/reference/signing-in.md. */
const securitySchemes = {
  basic: { type: 'http', scheme: 'basic', description: 'Name and secret of a user.' },
  key: { type: 'http', scheme: 'bearer', description: 'A key: `xlk_<id>_<secret>`.' },
  session: { type: 'apiKey', in: 'cookie', name: 'xueliang_session', description: 'Set by `signIn`.' },
  csrf: {
    type: 'apiKey',
    in: 'header',
    name: 'X-CSRF-Token',
    description: 'With every change in a session.',
  },
} as const;

/** The API's description in OpenAPI 3.1, made from the routes' own schemas. */
export const addDescription = (app: ApiServer): void => {
  for (const schema of namedSchemas) app.addSchema(schema);
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Xueliang 雪亮',
        description:
          'Cameras, alerts as they are and as they happen, evidence, counts and health. Everybody sees their own ground: the places below the code they were given.',
        version: '1',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: tagNames.map((name) => ({ name })),
      components: { securitySchemes },
      security: [{ basic: [] }, { key: [] }, { session: [], csrf: [] }, {}],
    },
    // Without this the components are called def-0, def-1, …
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json['$id'] ?? `def-${index}`),
    },
  });
};
