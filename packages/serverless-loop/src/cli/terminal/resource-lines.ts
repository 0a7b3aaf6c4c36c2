import type { ResourceReport } from '../../template/model.ts';
import type { Colour, Paint } from './colour.ts';
import { shownWidth, wrap } from './wrap.ts';

const STATUS_COLOURS: Record<ResourceReport['status'], Colour> = {
  emulated: 'green',
  accepted: 'dim',
  'not emulated': 'yellow',
  unavailable: 'yellow',
};

/**
 * A table of every resource and what the loop does with it; many of one kind without effect share a line. Where a terminal
 * is too narrow for the table, each resource has rows of its own.
 */
export function resourceLines(all: ResourceReport[], paint: Paint, columns?: number): string[] {
  const resources = grouped(all);
  const table = tableOf(resources, paint);
  if (columns === undefined || table.every((row) => shownWidth(row) <= columns)) return table;
  return resources.map(({ logicalId, type, status, reason }) => {
    const what = [paint('dim', type), paint(STATUS_COLOURS[status], status)].join('  ');
    return wrap(`  ${logicalId}  ${what}${reason === undefined ? '' : paint('dim', `: ${reason}`)}`, columns);
  });
}

function tableOf(resources: ResourceReport[], paint: Paint): string[] {
  const widest = (texts: string[]) => Math.max(0, ...texts.map((text) => text.length));
  const idWidth = widest(resources.map(({ logicalId }) => logicalId));
  const typeWidth = widest(resources.map(({ type }) => type));
  return resources.map((resource) => {
    const status = paint(STATUS_COLOURS[resource.status], resource.status.padEnd('not emulated'.length));
    const reason = resource.reason === undefined ? '' : paint('dim', `  ${resource.reason}`);
    return `  ${resource.logicalId.padEnd(idWidth)}  ${paint('dim', resource.type.padEnd(typeWidth))}  ${status}${reason}`;
  });
}

/** An emulated resource has a line of its own, but for alarms: nobody reads twenty of them. */
function mayShareLine({ status, type }: ResourceReport): boolean {
  return status !== 'emulated' || type === 'AWS::CloudWatch::Alarm';
}

/** More of one type, status and reason than this stand on one line. */
const MAX_PER_KIND = 3;

function grouped(resources: ResourceReport[]): ResourceReport[] {
  const kindOf = ({ type, status, reason }: ResourceReport) => `${type} ${status} ${reason}`;
  const kinds = Map.groupBy(resources, kindOf);
  return resources.flatMap((resource) => {
    const [first = resource, ...others] = kinds.get(kindOf(resource)) ?? [];
    if (!mayShareLine(resource) || others.length < MAX_PER_KIND) return [resource];
    if (resource !== first) return [];
    return [{ ...first, logicalId: `${first.logicalId} and ${others.length} more` }];
  });
}
