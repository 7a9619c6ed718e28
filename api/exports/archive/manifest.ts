import type { ArchiveJob, BlurRule } from '../../../core/archive.ts';
import { exportExpiresAt } from '../../../core/export-steps.ts';
import type { Alert, AlertStep, Medium } from '../../../core/schema/alert.ts';
import type { PackedFile } from './zip-file.ts';

/** A file of an alert, or why there is none. */
export type ArchivedFile =
  | (PackedFile & { width: number; height: number; pictures?: number })
  | { missing: string };

export interface ArchivedAlert {
  alert: Alert;
  files: Partial<Record<Medium | 'image', ArchivedFile>>;
}

export interface ManifestFacts {
  job: ArchiveJob;
  rule: BlurRule;
  version: string;
  alerts: readonly ArchivedAlert[];
  /** What is about all of them. */
  files: readonly PackedFile[];
}

/** What `manifest.json` says of an export: what for, by whom, what is in it and what was done to it. */
export const toManifest = ({ job, rule, version, alerts, files }: ManifestFacts) => {
  const { exported, site, madeAt, goneAlertIds, placeNames } = job;
  const { exportId, kind, format, purpose, reason, by, at, steps, ground } = exported;
  const approval = steps.find(({ to }) => to === 'approved');
  return {
    schemaVersion: 1,
    exportId,
    kind,
    ...(format === undefined ? {} : { format }),
    purpose,
    reason,
    ground,
    asked: { by, at },
    approved: approval && { by: approval.by, at: approval.at },
    madeAt,
    madeBy: { program: 'xueliang', version },
    site: { id: site.id, name: site.name, timezone: site.timezone },
    retention: {
      archiveRemovedAt: exportExpiresAt(exported),
      evidenceKept: site.retention,
      note: '用完即删：导出目的达到后应删除。 Delete when its purpose is served.',
    },
    blurring: {
      ...rule,
      persons: 'whole box',
      twoWheelers: 'whole box',
      vehicles: 'lower half of the box',
      isChecked: false,
    },
    alerts: alerts.map(({ alert, files: own }) => ({
      ...toMetadata(alert),
      placeName: placeNames[alert.place],
      files: own,
    })),
    gone: goneAlertIds,
    files,
  };
};

/** An alert as the API shows it, without who did what and what they wrote about it. */
const toMetadata = (alert: Alert) => {
  const { steps, comments, actions, pictures, snapshot, clip, lastSequence, escalatedTo, ...facts } = alert;
  return { ...facts, steps: steps.map(toStep) };
};

/** What became of it and when: not who dealt with it, nor who was sent. */
const toStep = ({ state, at, reason, duplicateOf }: AlertStep) => ({
  state,
  at,
  ...(reason === undefined ? {} : { reason }),
  ...(duplicateOf === undefined ? {} : { duplicateOf }),
});
