import type { Receiver } from '../../aws/delivery.ts';
import { once } from '../../aws/once.ts';
import type { LazyJsonService } from '../../aws/operation.ts';
import type { ActivityModel, AliasModel, StateMachineModel, VersionModel } from './machines/state-machine.ts';
import type { StepFunctionsOptions } from './options.ts';
import { createStores } from './stores.ts';

/** Executions are started by what is sent to a machine. */
export interface StepFunctions extends Receiver {
  service: LazyJsonService;
  machines: {
    list(): StateMachineModel[];
    has(arn: string): boolean;
    /** Makes a machine, or gives it other settings. Rejects with the AwsError of Step Functions. */
    put(model: StateMachineModel): Promise<void>;
    remove(model: StateMachineModel): void;
  };
  versions: {
    has(arn: string): boolean;
    put(model: VersionModel): void;
    remove(model: VersionModel): void;
  };
  aliases: { has(arn: string): boolean; put(model: AliasModel): void; remove(model: AliasModel): void };
  activities: {
    has(arn: string): boolean;
    put(model: ActivityModel): void;
    remove(model: ActivityModel): void;
  };
  /** Resolves when no execution works or waits for the clock; those that wait for callbacks may be there. */
  idle(): Promise<void>;
  /** Resolves when none works; those that wait for the clock may be there, too. */
  settled(): Promise<void>;
  /** Ends all executions without a word, and forgets those that have ended. */
  clear(): void;
  stop(): void;
}

/** AWS Step Functions. Executions and the API are loaded with the first of them. */
export function startStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const stores = createStores(options);
  const { machines, executions, activities, working, waiting } = stores;
  let drop = () => {};
  const engine = once(async () => {
    const { startEngine } = await import('./engine.ts');
    const started = startEngine(options, stores);
    drop = started.drop;
    return started;
  });

  for (const model of options.machines) machines.put(model);
  for (const model of options.versions) machines.putVersion(model);
  for (const model of options.aliases) machines.putAlias(model);
  for (const model of options.activities) activities.put(model);

  function clear(): void {
    drop();
    executions.clear();
    stores.mapRuns.clear();
  }

  return {
    service: {
      title: 'Step Functions',
      targetPrefix: 'AWSStepFunctions',
      signingName: 'states',
      load: async () => (await engine()).service,
    },
    async receive(arn, { body, traceHeader }, sender) {
      if ('role' in sender) options.authorizeRole(sender, { action: 'states:StartExecution', resource: arn });
      const end = working.begin();
      try {
        const { starter } = await engine();
        starter.start({
          arn,
          inputText: body,
          isByService: true,
          ...(traceHeader !== undefined && { traceHeader }),
        });
      } finally {
        end();
      }
    },
    machines: {
      list: () => machines.list().map(({ model }) => model),
      has: (arn) => machines.find(arn) !== undefined,
      async put(model) {
        (await engine()).refuseInvalid(model);
        machines.put(model);
      },
      remove: ({ arn }) => stores.removeMachine(arn),
    },
    versions: {
      has: (arn) => machines.version(arn) !== undefined,
      put: (model) => machines.putVersion(model),
      remove: ({ name }) => machines.removeVersion(name),
    },
    aliases: {
      has: (arn) => machines.alias(arn) !== undefined,
      put: (model) => void machines.putAlias(model),
      remove: ({ name }) => machines.removeAlias(name),
    },
    activities: {
      has: (arn) => activities.find(arn) !== undefined,
      put: (model) => void activities.put(model),
      remove: ({ arn }) => activities.remove(arn),
    },
    async idle() {
      await working.idle();
      await waiting.idle();
    },
    settled: working.idle,
    clear,
    stop: clear,
  };
}
