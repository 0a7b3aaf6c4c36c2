import { fileURLToPath } from 'node:url';
import { type LoadOptions, loadStack } from '../../../src/services/load.ts';
import { TemplateError } from '../../../src/template/error.ts';
import type { ResourceReport, Stack } from '../../../src/template/model.ts';

export const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
export const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
export const endpoint = 'http://127.0.0.1:4580';

type Options = Partial<
  Pick<LoadOptions, 'parameterOverrides' | 'configuredParameters' | 'given' | 'strict' | 'stackName'>
>;

/** Loads a template that stands beside the fixtures; the first line break of the text is dropped, so that lines count from 1. */
export function load(source: string, options: Options = {}): Stack {
  return loadStack({
    path: `${fixtures}/template.yaml`,
    source: source.replace(/^\n/, ''),
    stackName: 'depot',
    place,
    endpoint,
    ...options,
  });
}

/** The lines of the error that loading ends with; empty when it succeeds. */
export function problemsOf(source: string, options: Options = {}): string[] {
  try {
    load(source, options);
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return error.message.split('\n');
    throw error;
  }
}

/** Everything of a template that is unavailable, as problems are told. */
export function unavailableIn(source: string, options: Options = {}): string[] {
  return load(source, options)
    .resources.filter(({ status }) => status === 'unavailable')
    .map(({ line, logicalId, reason }) => `template.yaml:${line}: ${logicalId}: ${reason}`);
}

/** The value of an intrinsic function, as an output; the sections may hold more of the template. */
export function outputOf(expression: string, sections = '', options: Options = {}): string | undefined {
  return load(withOutput(expression, sections), options).outputs.find(({ name }) => name === 'Value')?.value;
}

/** The key of the value, which is where its problems are shown, stands on line 3. */
export function withOutput(expression: string, sections = ''): string {
  const resources = sections.includes('Resources:') ? '' : 'Resources: {Box: {Type: AWS::SQS::Queue}}';
  return `Outputs:\n  Value:\n    Value:\n      ${expression}\n${sections}\n${resources}`;
}

export function reportOf(stack: Stack, logicalId: string): ResourceReport | undefined {
  return stack.resources.find((report) => report.logicalId === logicalId);
}

/** A template of one SAM function, with more properties and resources. Properties begin on line 9. */
export function withFunction(properties = '', more = ''): string {
  const indented = properties.trim() === '' ? '' : properties.trim().replaceAll(/^/gm, '      ');
  return `Transform: AWS::Serverless-2016-10-31
Resources:
  Packer:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: app/
      Handler: index.handler
      Runtime: nodejs24.x
${indented}
${more}`;
}

/** A template of one resource, `It`, whose properties stand on line 4, with a queue and a FIFO queue beside it. */
export const resource = (type: string, properties: string) => `
Resources:
  It:
    Type: ${type}
    Properties: {${properties}}
  Box: {Type: AWS::SQS::Queue}
  Row: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}`;
