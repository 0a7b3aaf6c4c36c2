import type { Picture } from './picture.ts';
import { type RecordedLoop, recordedLoop } from './recorded-loop.ts';
import { found, screen } from './screen.ts';

const COLUMNS = 78;
/** Fulfilment takes six seconds, so that the order can be seen while it is NEW. */
const START = 'npm start -- --parameter-overrides FulfilmentMs=6000';

interface Tools {
  aws: boolean;
  sam: boolean;
}

/** The story of one order and of one that fails, on a loop of its own; without a tool, without its pictures. */
export async function orderStory(tools: Tools, draw: (picture: Picture) => void): Promise<void> {
  const loop = await recordedLoop(START, COLUMNS);
  try {
    await placed(loop, tools, draw);
    if (tools.aws) await failed(loop, draw);
  } finally {
    await loop.stop();
  }
}

async function placed(loop: RecordedLoop, tools: Tools, draw: (picture: Picture) => void): Promise<void> {
  const before = loop.shown().length;
  const place = screen(loop.env);
  const orderId = found(
    /"orderId": "(.+)"/,
    await place.type('npm run -s invoke -- OrderCreatorFunction -e events/order.json'),
  );
  found(/is .*(NEW)/, await place.type(`npm run -s order -- ${orderId}`));
  draw({ name: 'placed', title: 'a second terminal', output: place.shown(), columns: COLUMNS });

  const flow = await loop.until(/OrdersProcessed=1.*OrderProcessorFunction.*succeeded.*?\n/s, before);
  draw({ name: 'event', title: START, output: flow, columns: COLUMNS });

  if (tools.sam) {
    const logs = screen(loop.env);
    const traceId = found(
      /"xray_trace_id": "(.+)"/,
      await logs.type(`sam logs -n OrderProcessorFunction --filter '"order processed"'`),
    );
    draw({ name: 'log', title: 'sam logs', output: logs.shown(), columns: COLUMNS });
    const traces = screen(loop.env);
    found(/(dispatch)/, await traces.type(`sam traces --trace-id ${traceId}`));
    draw({ name: 'trace', title: 'sam traces', output: traces.shown(), columns: COLUMNS });
  }

  const end = screen(loop.env);
  found(/is .*(PROCESSED)/, await end.type(`npm run -s order -- ${orderId}`));
  draw({ name: 'processed', title: 'a second terminal', output: end.shown(), columns: COLUMNS });
}

/** The rule loses its permission, so that an order stays NEW; then it is given back, and the event sent again. */
async function failed(loop: RecordedLoop, draw: (picture: Picture) => void): Promise<void> {
  const failing = screen(loop.env);
  const { env } = loop;
  const policy = screen(env);
  const sid = found(
    /"Sid":"([^"]*OrderCreated[^"]*)"/,
    await policy.type(
      'aws lambda get-policy --function-name "$OrderProcessorFunctionArn" --query Policy --output text',
    ),
  );
  await failing.type(
    `aws lambda remove-permission --function-name "$OrderProcessorFunctionArn" \\
    --statement-id ${sid}`,
  );
  const before = loop.shown().length;
  const orderId = found(
    /"orderId": "(.+)"/,
    await failing.type('npm run -s invoke -- OrderCreatorFunction -e events/order-express.json'),
  );
  await loop.until(/OrderCreatedDeadLetterQueue.* message/, before);
  found(/is .*(NEW)/, await failing.type(`npm run -s order -- ${orderId}`));
  found(
    /(NO_PERMISSIONS)/,
    await failing.type(
      `aws sqs receive-message --endpoint-url "$AWS_ENDPOINT_URL" --queue-url "$OrderCreatedDeadLetterQueueUrl" \\
    --message-attribute-names All --visibility-timeout 0 \\
    --query 'Messages[0].MessageAttributes.[ERROR_CODE.StringValue, ERROR_MESSAGE.StringValue]'`,
    ),
  );
  draw({ name: 'dead-letter', title: 'a second terminal', output: failing.shown(), columns: COLUMNS });

  const mended = screen(env);
  await mended.type(
    `aws lambda add-permission --function-name "$OrderProcessorFunctionArn" --statement-id OrderCreatedRule \\
    --action lambda:InvokeFunction --principal events.amazonaws.com \\
    --source-arn "$OrderCreatedRuleArn" --output text`,
  );
  const redriven = loop.shown().length;
  await mended.type('npm run -s redrive -- --queue rule --yes');
  await loop.until(/OrderProcessorFunction.*succeeded.*\n/, redriven);
  found(/is .*(PROCESSED)/, await mended.type(`npm run -s order -- ${orderId}`));
  draw({ name: 'redrive', title: 'a second terminal', output: mended.shown(), columns: COLUMNS });
}
