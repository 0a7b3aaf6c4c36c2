import { fileURLToPath } from 'node:url';
import { kinds } from '../../src/services/kinds.ts';
import { loadStack } from '../../src/services/load.ts';
import type { ResourceReport } from '../../src/template/model.ts';

/** A template with a resource of every kind that the loop knows, and every property that it leaves out. */
export const EVERY_KIND = fileURLToPath(
  new URL('../unit/template/fixtures/every-kind.yaml', import.meta.url),
);

/** One type of resource, as a start tells it. */
export interface KindReport {
  type: string;
  status: ResourceReport['status'];
  reason: string | undefined;
  parts: { property: string; status: ResourceReport['status']; reason: string }[];
}

/** Of each type of that template, as a start and `inspect` tell it. */
export function kindReports(): KindReport[] {
  const { resources } = loadStack({
    path: EVERY_KIND,
    stackName: 'depot',
    place: { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' },
    endpoint: 'http://127.0.0.1:4580',
  });
  const byType = new Map<string, KindReport>();
  for (const { type, logicalId, status, reason } of resources) {
    const [, property] = logicalId.split('.');
    const known = byType.get(type);
    if (property !== undefined && !isLeftOut(type, property)) continue;
    if (property !== undefined) known?.parts.push({ property, status, reason: reason ?? '' });
    else if (!known) byType.set(type, { type, status, reason, parts: [] });
  }
  return [...byType.values()].map((report) => ({
    ...report,
    reason: report.reason === `${report.type} is not emulated` ? undefined : report.reason,
  }));
}

/** A property that the template says wrong is none that the loop leaves out. */
function isLeftOut(type: string, property: string): boolean {
  return kinds.get(type)?.leftOut?.some(([name]) => name === property) ?? false;
}
