import path from 'node:path';
import {
  BenchError,
  type Figure,
  type FunctionModel,
  loadStack,
  median,
  type Result,
  ROOT,
  scaled,
} from 'serverless-loop/bench';
import { type BundleUnderTest, bundleUnderTest, withoutAlias } from '../subjects/bundle-under-test.ts';

const SDK_ONLY = path.join(import.meta.dirname, '../subjects/sdk-only.ts');

export const bundle: Figure = {
  name: 'bundle',
  title: "the order creator's bundle: its bytes, and its import in a new process",
  target:
    'at most 1.10 times the time and 1.05 times the bytes of its SDK clients alone, built without Alias',
  async run(options) {
    const creator = creatorOfTemplate();
    const own = await bundleUnderTest(creator, options);
    const whole = await bundleUnderTest(withoutAlias(creator), options);
    const sdk = await bundleUnderTest(withoutAlias(creator), options, SDK_ONLY);

    // Whoever comes first in one round comes last in the next.
    let turn = [own, sdk, whole];
    const rounds = scaled(options, 42, 3);
    for (let round = 1; round <= rounds; round++) {
      for (const each of turn) await each.importOnce();
      turn = [...turn.slice(1), ...turn.slice(0, 1)];
      if (round % 14 === 0) options.say(`round ${round} of ${rounds}`);
    }

    /** `atMost` is of the ratio to the SDK clients alone. */
    function compared(
      what: string,
      unit: string,
      value: (of: BundleUnderTest) => number,
      atMost: number,
    ): Result {
      const ratioWithoutAlias = (value(whole) / value(sdk)).toFixed(2);
      return {
        what,
        unit,
        measured: { median: value(own) },
        reference: { what: 'its SDK clients alone', median: value(sdk) },
        limits: [{ of: 'ratio', atMost }],
        notes: [`without Alias ${Math.round(value(whole))} ${unit}, ratio ${ratioWithoutAlias}`],
      };
    }
    return [
      compared('cold import', 'ms', ({ importsMs }) => median(importsMs), 1.1),
      compared('bytes', 'KB', ({ sizeBytes }) => sizeBytes / 1024, 1.05),
    ];
  },
};

function creatorOfTemplate(): FunctionModel {
  const { functions } = loadStack({
    path: path.join(ROOT, 'template.yaml'),
    stackName: 'bench',
    place: { partition: 'aws', region: 'us-east-1', accountId: '000000000000' },
    endpoint: 'http://127.0.0.1:1',
  });
  const creator = functions.find(({ logicalId }) => logicalId === 'OrderCreatorFunction');
  if (!creator) throw new BenchError('template.yaml has no OrderCreatorFunction');
  return creator;
}
