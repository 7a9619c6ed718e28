import { openAlerts } from './alerts/open-alerts.ts';
import type { Command } from './command.ts';
import { runRole } from './role.ts';

export const alertsCommand: Command = {
  summary: 'run the lifecycle of alerts and the keeping of evidence (started by up)',
  options: new Map(),
  maxPositionals: 0,
  run: (invocation) =>
    runRole('alerts', 'alerts', invocation, (context) => openAlerts(context, invocation.environment)),
};
