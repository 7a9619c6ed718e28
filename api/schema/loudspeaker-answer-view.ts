import { LoudspeakerAnswer } from '../../core/schema/loudspeaker-command.ts';
import { named } from './named.ts';

export const LoudspeakerAnswerView = named('LoudspeakerAnswer', LoudspeakerAnswer);
