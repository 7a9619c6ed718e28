import type { FastifyRequest } from 'fastify';
import { decodeTime, ulid } from 'ulid';
import type { ExportEntry } from '../../core/bus/export-store.ts';
import { isAppError } from '../../core/errors.ts';
import { stepExport } from '../../core/export-steps.ts';
import type { Export, ExportApproval, ExportRequest, ExportStep } from '../../core/schema/export.ts';
import type { ApiDeps } from '../api-deps.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { principalOf } from '../auth/guard.ts';
import { apiError } from '../errors.ts';
import type { ExportRegister } from './export-register.ts';
import {
  groundOf,
  maySeeExport,
  requireFit,
  requirePerson,
  requireRoom,
  requireStep,
} from './export-rules.ts';

export interface ExportDeskDeps extends Pick<ApiDeps, 'exportStore' | 'history' | 'clock'> {
  register: ExportRegister;
  trail: AuditTrail;
}

/** Waiting for one's turn. */
const maxWaiting = 32;
const verbs = { approved: 'exportApproved', refused: 'exportRefused', withdrawn: 'exportWithdrawn' } as const;

/**
 * Takes what is asked to be let out, and what others say to it, one after another. The audit log has each first, with its
 * reason; of two processes the bucket lets one be first.
 */
export class ExportDesk {
  readonly #deps: ExportDeskDeps;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(deps: ExportDeskDeps) {
    this.#deps = deps;
  }

  /** Throws `export-impersonal`, `export-unfit`, `alert-unknown` or `exports-full`. */
  async ask(request: FastifyRequest, wanted: ExportRequest): Promise<Export> {
    const principal = principalOf(request);
    requirePerson(principal);
    requireFit(wanted);
    const ground = groundOf(wanted, await this.#alerts(wanted, principal.ground), principal.ground);
    return this.#inTurn(async () => {
      const { clock, exportStore, register, trail } = this.#deps;
      const at = Math.round(clock.now());
      requireRoom(register.all(), principal.id, at);
      const facts = { exportId: ulid(at), ground, by: principal.id, at };
      const exported: Export = { schemaVersion: 1, ...facts, ...wanted, steps: [] };
      const target = `exports/${exported.exportId}`;
      await trail.done(request, { what: 'exportAsked', target, place: ground, why: wanted.reason });
      register.note({ exported, revision: await exportStore.create(exported) });
      return exported;
    });
  }

  /** As the bucket has it now. Throws `export-unknown`. */
  async find(request: FastifyRequest, exportId: string): Promise<ExportEntry> {
    const entry = await this.#deps.exportStore.get(exportId);
    if (entry && maySeeExport(principalOf(request), entry.exported)) return entry;
    throw apiError('export-unknown', `there is no export ${exportId} in your ground`);
  }

  /** What somebody else says to it. Throws `export-unknown`, `export-own`, `export-impersonal` or `export-moved`. */
  answer(request: FastifyRequest, exportId: string, { approve, why }: ExportApproval): Promise<Export> {
    const principal = principalOf(request);
    requirePerson(principal);
    if (!approve && why === undefined) throw apiError('request-invalid', 'body/why: a refusal says why');
    return this.#step(request, exportId, approve ? 'approved' : 'refused', why, ({ by }) => {
      if (by === principal.id)
        throw apiError('export-own', `you asked for export ${exportId} yourself; somebody else answers it`);
    });
  }

  /** Throws `export-unknown`, also where somebody else asked for it, or `export-moved`. */
  withdraw(request: FastifyRequest, exportId: string): Promise<Export> {
    const { id } = principalOf(request);
    return this.#step(request, exportId, 'withdrawn', undefined, ({ by }) => {
      if (by !== id) throw apiError('export-unknown', `there is no export ${exportId} of yours`);
    });
  }

  #step(
    request: FastifyRequest,
    exportId: string,
    to: ExportStep['to'],
    why: string | undefined,
    check: (exported: Export) => void,
  ): Promise<Export> {
    return this.#inTurn(async () => {
      const { clock, exportStore, register, trail } = this.#deps;
      const { exported, revision } = await this.find(request, exportId);
      const at = Math.round(clock.now());
      check(exported);
      requireStep(exported, to, at);
      const reason = why === undefined ? {} : { why };
      const deed = { what: verbs[to], target: `exports/${exportId}`, place: exported.ground, to };
      await trail.done(request, { ...deed, ...reason });
      const stepped = stepExport(exported, { to, by: principalOf(request).id, at, ...reason });
      register.note({
        exported: stepped,
        revision: await exportStore.update(stepped, revision).catch(moved(exportId)),
      });
      return stepped;
    });
  }

  async #alerts({ alertIds }: ExportRequest, ground: string) {
    const any = { scenarioIds: [], kinds: [], severities: [], states: [], cameraIds: [] };
    const times = alertIds.map((id) => decodeTime(id));
    const span = { from: Math.min(...times), to: Math.max(...times) + 1 };
    const asked = { placePrefix: ground, alertIds, ...span, limit: alertIds.length };
    return (await this.#deps.history.alerts({ ...any, ...asked })).alerts;
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting >= maxWaiting)
      throw apiError('exports-busy', 'too many exports are being changed; try again in a moment');
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => {
      this.#waiting--;
    });
    this.#last = turn.catch(() => undefined); // told to whoever asked for it
    return turn;
  }
}

const moved = (exportId: string) => (error: unknown) => {
  throw isAppError(error) && error.code === 'bus-conflict'
    ? apiError(
        'export-moved',
        `somebody else answered or withdrew export ${exportId} in this moment; look again`,
      )
    : error;
};
