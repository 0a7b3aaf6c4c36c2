import { describe, expect, test } from 'vitest';
import { cycleIn, namesIn } from './dependencies.ts';
import { resourcesWith } from './stage.ts';
import { ofType, python, type Resource, STAGES, templateText, translated } from './translated-template.ts';

const ALIAS = /^Order(Creator|Processor)FunctionAliaslive$/;
const FUNCTIONS = ['OrderCreatorFunction', 'OrderProcessorFunction'];

/** Properties that are the function's, and of no version of it. */
const NOT_OF_A_VERSION = ['ReservedConcurrentExecutions', 'Tags'];

async function deployed(parameters: Record<string, string>): Promise<Record<string, Resource>> {
  return resourcesWith(await translated(templateText, parameters), parameters);
}

const only = <T>([first, ...others]: T[]): T => {
  if (first === undefined || others.length > 0) throw new Error('expected exactly one');
  return first;
};

describe.runIf(python.expected)('the template that CloudFormation gets', () => {
  test.each(STAGES)('has no resources that wait for each other, in stage %s', async (Stage) => {
    expect(cycleIn((await translated(templateText, { Stage })).Resources)).toBeUndefined();
  });

  test.each(STAGES)(
    'would have some, were an alarm of a deployment to name the alias, in stage %s',
    async (Stage) => {
      const text = templateText.replace(
        /( {2}OrderProcessorSlow:\n(?: {4}.*\n)+? {8}- Name: Resource\n {10}Value: ).*/,
        '$1!Ref OrderProcessorFunction.Alias',
      );
      expect(text).not.toBe(templateText);
      expect(cycleIn((await translated(text, { Stage })).Resources)?.sort()).toEqual([
        'OrderProcessorFunctionAliaslive',
        'OrderProcessorFunctionDeploymentGroup',
        'OrderProcessorSlow',
      ]);
    },
  );

  test('names the alias in the template itself, because SAM takes no intrinsic function there', async () => {
    const text = templateText.replace('AutoPublishAlias: live', 'AutoPublishAlias: !If [IsProd, live, dev]');
    await expect(translated(text)).rejects.toThrow(
      "'AutoPublishAlias' must be a string or a Ref to a template parameter",
    );
  });

  test.each(STAGES)('invokes aliases from the rule, and retries as they say, in stage %s', async (Stage) => {
    const resources = await deployed({ Stage });
    const [, { Properties: rule }] = only(ofType(resources, 'AWS::Events::Rule'));
    const [, { Properties: permission }] = only(ofType(resources, 'AWS::Lambda::Permission'));
    expect(rule.Targets).toMatchObject([{ Arn: { Ref: expect.stringMatching(ALIAS) } }]);
    expect(permission.FunctionName).toEqual({ Ref: expect.stringMatching(ALIAS) });
    const configs = ofType(resources, 'AWS::Lambda::EventInvokeConfig').map(
      ([, { Properties }]) => Properties,
    );
    expect(configs).toMatchObject(
      FUNCTIONS.map((name) => ({
        FunctionName: { Ref: name },
        Qualifier: 'live',
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      })),
    );
  });

  test.each(FUNCTIONS)(
    'makes another version of %s for another value of a parameter that it reads',
    async (name) => {
      const { Resources, Parameters } = await translated(templateText);
      const [, version] = only(
        ofType(Resources, 'AWS::Lambda::Version').filter(([id]) => id.startsWith(`${name}Version`)),
      );
      const settings = Object.entries(Resources[name]?.Properties ?? {}).filter(
        ([property]) => !NOT_OF_A_VERSION.includes(property),
      );
      const busName = namesIn(Resources.OrderBus?.Properties);
      const read = settings
        .flatMap(([, value]) => namesIn(value))
        .flatMap((id) => (id === 'OrderBus' ? busName : [id]));
      const parameters = read.filter((id) => id in Parameters);
      expect(parameters.length).toBeGreaterThan(3);
      expect(namesIn(version.Properties.Description).sort()).toEqual([...new Set(parameters)].sort());
    },
  );

  test('makes another version for another property, code or not', async () => {
    const versions = async (text: string) =>
      ofType((await translated(text)).Resources, 'AWS::Lambda::Version').map(([id]) => id);
    const [creator, processor] = await versions(templateText);
    const [changed, unchanged] = await versions(templateText.replace('Timeout: 20', 'Timeout: 21'));
    expect(unchanged).toBe(processor);
    expect(changed).not.toBe(creator);
  });
});
