import type { Outputs } from '../../stack/outputs.ts';
import { ownCommand, runHere } from '../checkout.ts';
import type { Place } from '../place.ts';
import { type Step, StepFailure } from '../step.ts';
import { removeOrder, testOrders } from '../test-data.ts';
import { testCounts } from './builds.ts';

interface Options {
  place: Place;
  outputs(): Outputs | undefined;
  /** The test runner leaves its results in this file, as JUnit XML. */
  junitFile?: string;
}

/** The end-to-end suite on what was deployed; its undoing removes the orders that it placed. */
export function endToEnd({ place, outputs, junitFile }: Options): Step {
  let lines: string[] = [];
  let removed = 0;
  const tableName = () => {
    const name = outputs()?.OrdersTableName;
    if (name) return name;
    throw new StepFailure('the stack has no output OrdersTableName');
  };
  return {
    id: 'test',
    title: 'End-to-end tests',
    failure: 'test',
    limitMs: 2_400_000,
    async start(running) {
      const [node, vitest] = ownCommand('vitest');
      const reporters = junitFile
        ? ['--reporter=default', '--reporter=junit', `--outputFile.junit=${junitFile}`]
        : ['--reporter=default'];
      lines = await runHere(node, [vitest, 'run', '--project', 'e2e', ...reporters], {
        running,
        place,
        env: {
          STACK_OUTPUTS: JSON.stringify(outputs()),
          E2E_PATIENCE_MS: String(place.patienceMs),
          NO_COLOR: '1',
          FORCE_COLOR: undefined,
        },
      });
    },
    check: async () => testCounts(lines),
    undo: {
      id: 'test-data',
      title: 'Remove test data',
      when: 'always',
      failure: 'cleanup',
      limitMs: 300_000,
      async start({ signal }) {
        for (const orderId of await testOrders(place, tableName(), signal)) {
          signal.throwIfAborted();
          await removeOrder(place, tableName(), orderId);
          removed += 1;
        }
      },
      async check({ signal }) {
        const left = await testOrders(place, tableName(), signal);
        if (left.length === 0) return `${removed} orders removed`;
        throw new StepFailure(`left in ${tableName()}: ${left.join(', ')}`);
      },
    },
  };
}
