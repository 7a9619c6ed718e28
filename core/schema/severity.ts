import { Type } from 'typebox';

/** 1 is the highest of GB/T 28181's four alarm priorities; ours in the same order. */
export const severities = ['urgent', 'high', 'medium', 'low'] as const;
export const Severity = Type.Enum(severities);
export type Severity = (typeof severities)[number];
