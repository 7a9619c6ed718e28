import { toAppError } from '../../core/errors.ts';
import type { Resources } from '../../core/resources.ts';
import { createSchedule, defaultTimezone } from '../../core/schedule.ts';
import type { Loudspeaker } from '../../core/schema/loudspeaker.ts';
import type { LoudspeakerAnswer, LoudspeakerCommand } from '../../core/schema/loudspeaker-command.ts';
import type { StageDeps } from '../../core/stages.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import { commandGateway, defaultPerHour, type GatewayDeps } from './command-gateway.ts';
import type { Ledger } from './ledger.ts';

export interface SpokenCommandsOptions extends StageDeps, GatewayDeps {
  resources: Pick<Resources, 'site' | 'loudspeakers' | 'calendars'>;
  lifecycle: Pick<Lifecycle, 'find'>;
  ledger: Ledger;
}

type Outcome = Pick<LoudspeakerAnswer, 'outcome' | 'detail'>;

/** 人工喊话: has a loudspeaker speak because somebody said so; once, for whoever asked can ask again. */
export class SpokenCommands {
  readonly #options: SpokenCommandsOptions;
  readonly #closing = new AbortController();
  readonly #speaking = new Set<Promise<unknown>>();

  constructor(options: SpokenCommandsOptions) {
    this.#options = options;
  }

  /** Resolves with what the gateway said, or why it was not asked; the alert's log then says so too. */
  async take(command: LoudspeakerCommand): Promise<LoudspeakerAnswer> {
    const speaking = this.#speak(command);
    this.#speaking.add(speaking);
    const told = await speaking.finally(() => this.#speaking.delete(speaking));
    this.#write(command, told);
    return { commandId: command.commandId, at: Math.round(this.#options.clock.now()), ...told };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#speaking);
  }

  async #speak(command: LoudspeakerCommand): Promise<Outcome> {
    const { resources, ledger } = this.#options;
    const { commandId, loudspeakerId, recording, alertId } = command;
    const loudspeaker = resources.loudspeakers().find(({ id }) => id === loudspeakerId);
    if (!loudspeaker?.recordings.some(({ id }) => id === recording))
      return { outcome: 'failed', detail: 'the loudspeaker has no such recording' };
    const silence = this.#silenceOf(loudspeaker);
    if (silence) return { outcome: silence };
    // Counted before it is answered, so that many who press at once do not all get through.
    ledger.countSpeech(loudspeakerId, commandId);
    const message = { recording, idempotencyKey: `command.${commandId}` };
    try {
      const said = alertId === undefined ? message : { ...message, alertId };
      await commandGateway(this.#options, loudspeaker, said, this.#closing.signal);
      return { outcome: 'accepted' };
    } catch (thrown) {
      ledger.forgetSpeech(loudspeakerId, commandId);
      return { outcome: 'failed', detail: toAppError(thrown).message.slice(0, 200) };
    }
  }

  #silenceOf({ id, quietHours, perHour }: Loudspeaker): 'quiet-hours' | 'hourly-limit' | undefined {
    const { clock, resources, ledger } = this.#options;
    const timezone = resources.site().timezone ?? defaultTimezone;
    const quiet = quietHours && createSchedule(quietHours, timezone, resources.calendars());
    if (quiet?.isOnDuty(clock.now())) return 'quiet-hours';
    return ledger.spokenWithinHour(id) >= (perHour ?? defaultPerHour) ? 'hourly-limit' : undefined;
  }

  #write({ commandId, loudspeakerId, alertId, by }: LoudspeakerCommand, { outcome, detail }: Outcome): void {
    const { ledger, lifecycle, log, metrics } = this.#options;
    const alert = alertId === undefined ? undefined : lifecycle.find(alertId);
    log.info({ service: 'actions', loudspeakerId, alertId, by, outcome, detail }, 'loudspeaker commanded');
    metrics.count('xueliang_alerts_loudspeaker_commands_total', 'What became of commands', { outcome });
    const words = detail === undefined ? `asked by ${by}` : `asked by ${by}: ${detail}`;
    const deed = { action: 'talkDown', target: loudspeakerId, outcome, detail: words } as const;
    if (!alert) return;
    ledger.write(alert, deed, commandId);
    ledger.forgetSpeech(loudspeakerId, commandId);
  }
}
