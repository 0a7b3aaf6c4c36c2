import { validationError } from '../dynamodb-error.ts';
import type { Members } from '../requests/members.ts';
import type { OnDemandThroughput, WarmThroughput } from './table-settings.ts';

export interface Units {
  ReadCapacityUnits: number;
  WriteCapacityUnits: number;
}

const MAX_UNITS = 1_000_000_000_000;

export function readThroughput(members: Members): Units | undefined {
  return members.structure('ProvisionedThroughput', 'ProvisionedThroughput', (throughput) => {
    const units = (name: string) => {
      throughput.require(name);
      return throughput.number(name, { type: 'Long', min: 1 }) ?? 0;
    };
    return { WriteCapacityUnits: units('WriteCapacityUnits'), ReadCapacityUnits: units('ReadCapacityUnits') };
  });
}

export function checkUnits(throughput: Units): void {
  for (const name of ['ReadCapacityUnits', 'WriteCapacityUnits'] as const) {
    if (throughput[name] > MAX_UNITS) {
      throw validationError(`Given value ${throughput[name]} for ${name} is out of bounds`);
    }
  }
}

/** -1 stands for no limit, which is what a table has without this. */
export function readOnDemandThroughput(members: Members): OnDemandThroughput | undefined {
  return members.structure('OnDemandThroughput', 'OnDemandThroughput', (throughput) => {
    const MaxReadRequestUnits = throughput.number('MaxReadRequestUnits', { type: 'Long', min: -1 });
    const MaxWriteRequestUnits = throughput.number('MaxWriteRequestUnits', { type: 'Long', min: -1 });
    return {
      ...(MaxReadRequestUnits !== undefined && { MaxReadRequestUnits }),
      ...(MaxWriteRequestUnits !== undefined && { MaxWriteRequestUnits }),
    };
  });
}

export function readWarmThroughput(members: Members): WarmThroughput | undefined {
  return members.structure('WarmThroughput', 'WarmThroughput', (throughput) => ({
    ReadUnitsPerSecond: throughput.number('ReadUnitsPerSecond', { type: 'Long', min: 1 }) ?? 0,
    WriteUnitsPerSecond: throughput.number('WriteUnitsPerSecond', { type: 'Long', min: 1 }) ?? 0,
  }));
}
