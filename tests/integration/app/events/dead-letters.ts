import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { loopUnderTest, projectFolder } from '../../../loop.ts';
import { ROOT } from '../../../unit/app/template.ts';
import { objectIn, textOf } from './event-files.ts';
import type { Check } from './orders.ts';
import { AS_IN_THE_FILES, type System, systemOf, TEMPLATE } from './system.ts';

/** The rule without the AWS::Lambda::Permission that SAM makes for a function's `Events`. */
const RULE_WITHOUT_PERMISSION = `
  OrderProcessorFunctionOrderCreated:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref OrderBus
      EventPattern: { source: [serverless-snacks.orders], detail-type: [Order Created] }
      Targets:
        - Id: OrderProcessorFunctionOrderCreatedLambdaTarget
          Arn: !Ref OrderProcessorFunction.Alias
          DeadLetterConfig: { Arn: !GetAtt OrderCreatedDeadLetterQueue.Arn }
`;

/** The replacement that keeps the rule from invoking the processor. */
export const WITHOUT_PERMISSION = [
  / {6}Events:\n {8}OrderCreated:\n(?: {10}.*\n)+/,
  RULE_WITHOUT_PERMISSION,
] as const;

/** The rule's dead letter of order-created.json when it may not invoke the processor. */
export const undeliveredEvent: Check = async (file) => {
  const system = await systemWith(...WITHOUT_PERMISSION);
  await system.createOrder(textOf('order-with-key.json'));
  await system.settled();
  const { Body = '', ...message } = await system.messageOf('OrderCreatedDeadLetterQueueUrl');
  const { Body: bodyInFile, ...inFile } = objectIn(file);
  expect(generalised(message)).toEqual(generalised(inFile));
  expect(generalised(JSON.parse(Body))).toEqual(generalised(JSON.parse(String(bodyInFile))));
  expect(JSON.parse(String(bodyInFile))).toEqual(objectIn('order-created.json'));
  expect(inFile.MD5OfBody).toBe(createHash('md5').update(String(bodyInFile)).digest('hex'));
};

/** The record of order-created-unknown-order.json when the processor failed at it three times. */
export const processorsFailure: Check = async (file, system) => {
  const event = objectIn('order-created-unknown-order.json');
  await system.publish(event);
  const { Body = '' } = await system.messageOf('OrderProcessorFailureQueueUrl');
  expect(generalised(JSON.parse(Body))).toEqual(generalised(objectIn(file)));
  expect(objectIn(file).requestPayload).toEqual(event);
};

/** The record of order-pickup.json, sent asynchronously, when the creator may not write to the table. */
export const creatorsFailure: Check = async (file) => {
  const system = await systemWith('Action: dynamodb:PutItem', 'Action: dynamodb:GetItem');
  await system.createOrderAsync(textOf('order-pickup.json'));
  const { Body = '' } = await system.messageOf('OrderCreatorFailureQueueUrl');
  expect(generalised(JSON.parse(Body))).toEqual(generalised(objectIn(file)));
  expect(objectIn(file).requestPayload).toEqual(objectIn('order-pickup.json'));
};

/** The system of template.yaml with one thing of the template replaced, until the test ends. */
async function systemWith(what: string | RegExp, replacement: string): Promise<System> {
  return systemOf(await loopUnderTest(templateWith(what, replacement), AS_IN_THE_FILES));
}

/** The path of template.yaml with one thing of it replaced, until the test ends. */
export function templateWith(what: string | RegExp, replacement: string): string {
  const text = readFileSync(TEMPLATE, 'utf8').replace('CodeUri: src/', `CodeUri: ${path.join(ROOT, 'src')}/`);
  expect(text).toMatch(what);
  const folder = projectFolder({ 'template.yaml': text.replace(what, replacement) });
  return path.join(folder, 'template.yaml');
}

/** The same for every run: what each run makes anew (ids, times, traces, where code lies) becomes a word. */
function generalised(record: unknown): unknown {
  const text = JSON.stringify(record, (key, value) => {
    if (key === 'trace' && Array.isArray(value)) return [value[0], ...new Set(value.slice(1).map(frame))];
    return key === 'ReceiptHandle' || key === 'MD5OfBody' ? typeof value : value;
  });
  return JSON.parse(
    text
      .replaceAll(/"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"/g, '"a random UUID"')
      .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"a second"')
      .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, '"a millisecond"')
      .replaceAll(
        /"Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1(?:;Lineage=[0-9a-f:|]+)?"/g,
        '"a trace"',
      ),
  );
}

function frame(line: unknown): string {
  return /^ {4}at \S/.test(String(line)) ? 'a frame' : `no frame: ${line}`;
}
