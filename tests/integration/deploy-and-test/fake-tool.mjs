// Stands for sam, npm, tsc and vitest where a test needs them to fail in a certain way or to be quick. FAKE, a JSON object,
// says for a call such as "sam deploy" or "sam deploy STACK" what it does in place of its work: {"says": TEXT, "status": N} or "hangs".
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** As much of the system as the steps after the deployment ask for. */
const TEMPLATE = `
Resources:
  OrdersTable:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: orderId, AttributeType: S}]
      KeySchema: [{AttributeName: orderId, KeyType: HASH}]
  Failures: {Type: AWS::SQS::Queue}
Outputs:
  OrdersTableName: {Value: !Ref OrdersTable}
`;

const { FAKE = '{}', FAKE_LOG, FAKE_NAME } = process.env;
const args = process.argv.slice(2);
// "vitest run" are the unit tests, "vitest e2e" what is deployed.
const call = args.includes('e2e') ? 'vitest e2e' : [FAKE_NAME, ...args].slice(0, 2).join(' ');
const option = (name) => args[args.indexOf(name) + 1];

if (FAKE_LOG) appendFileSync(FAKE_LOG, `${JSON.stringify({ pid: process.pid, call, args })}\n`);

const wishes = JSON.parse(FAKE);
const wanted = wishes[`${call} ${option('--stack-name')}`] ?? wishes[call] ?? wishes[FAKE_NAME];
if (wanted === 'hangs') {
  console.log(`${call} hangs`);
  setInterval(() => {}, 1_000);
} else if (wanted) {
  console.log(wanted.says);
  process.exitCode = wanted.status;
} else {
  await work();
}

async function work() {
  switch (call) {
    case 'npm --version':
      return console.log('11.0.0');
    case 'npm root':
      // SAM asks it where esbuild is.
      return console.log(path.resolve(process.argv[1], '../../node_modules'));
    case 'sam --version':
      return console.log('SAM CLI, version 1.170.0');
    case 'sam build':
      mkdirSync(option('--build-dir'), { recursive: true });
      return writeFileSync(path.join(option('--build-dir'), 'template.yaml'), TEMPLATE);
    case 'sam deploy':
      return deploy(option('--stack-name'), args.includes('--tags') ? option('--tags').split(' ') : []);
    case 'sam delete':
      return remove(option('--stack-name'));
    default:
      if (FAKE_NAME === 'vitest') console.log('      Tests  3 passed (3)');
  }
}

async function deploy(StackName, tags) {
  const ofTags = tags
    .map((tag) => tag.split('='))
    .flatMap(([key, value], at) => [
      [`Tags.member.${at + 1}.Key`, key],
      [`Tags.member.${at + 1}.Value`, value],
    ]);
  const created = await ask('CreateStack', {
    StackName,
    TemplateBody: TEMPLATE,
    ...Object.fromEntries(ofTags),
  });
  // No changes, where it is there.
  if (!created.ok && !created.text.includes('AlreadyExistsException')) throw new Error(created.text);
  await waitFor(StackName, ({ text }) => text.includes('<StackStatus>CREATE_COMPLETE<'));
}

async function remove(StackName) {
  await ask('DeleteStack', { StackName });
  await waitFor(StackName, ({ ok }) => !ok);
}

async function waitFor(StackName, isSo) {
  for (let asks = 0; asks < 600; asks += 1) {
    if (isSo(await ask('DescribeStacks', { StackName }))) return;
    await sleep(100);
  }
  throw new Error(`${StackName} is not as expected`);
}

/** Asks CloudFormation without its client, which takes longer to load than all the rest. */
async function ask(Action, parameters) {
  const { AWS_ENDPOINT_URL, AWS_REGION = 'eu-west-1', AWS_ACCESS_KEY_ID } = process.env;
  const scope = `${AWS_ACCESS_KEY_ID}/20260101/${AWS_REGION}/cloudformation/aws4_request`;
  const answer = await fetch(AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action, Version: '2010-05-15', ...parameters }),
  });
  return { ok: answer.ok, text: await answer.text() };
}
