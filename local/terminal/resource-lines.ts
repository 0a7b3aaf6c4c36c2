import type { ResourceReport } from '../template/model.ts';
import type { Colour, Paint } from './colour.ts';

const STATUS_COLOURS: Record<ResourceReport['status'], Colour> = {
  emulated: 'green',
  accepted: 'dim',
  'not emulated': 'yellow',
};

/** A table of every resource and what the loop does with it. */
export function resourceLines(resources: ResourceReport[], paint: Paint): string[] {
  const widest = (texts: string[]) => Math.max(0, ...texts.map((text) => text.length));
  const idWidth = widest(resources.map(({ logicalId }) => logicalId));
  const typeWidth = widest(resources.map(({ type }) => type));
  return resources.map((resource) => {
    const status = paint(STATUS_COLOURS[resource.status], resource.status.padEnd('not emulated'.length));
    const reason = resource.reason === undefined ? '' : paint('dim', `  ${resource.reason}`);
    return `  ${resource.logicalId.padEnd(idWidth)}  ${paint('dim', resource.type.padEnd(typeWidth))}  ${status}${reason}`;
  });
}
