/**
 * The test that runs a command of a page.
 * - `loop`: tests/integration/pages, as it stands, beside a loop.
 * - `start`: the same test, as a loop of its own on a free port.
 * - `tools`: tests/tools/page-commands.test.ts, with the real SAM CLI and AWS CLI, against a loop.
 * - `docker`: tests/tools/sam-local.test.ts, as it stands, with containers, ports and a network of its own.
 * - `by`: another test or CI itself, with what it says otherwise than the page.
 */
export type RunBy = 'loop' | 'start' | 'tools' | 'docker' | { by: string; because: string };

const CI = (because: string): RunBy => ({ by: '.ci/run', because });
const ON_HOST: RunBy = {
  by: 'tests/tools/compose.test.ts',
  because: 'needs Docker: with containers and ports of its own',
};
const CONTRACT = CI('starts DynamoDB Local on a free port and runs the same contract against it');

const PACKED: RunBy = {
  by: 'packages/serverless-loop/tests/tools/packed-loop.test.ts',
  because: 'beside a template of its own, by the package as npm installs it',
};

const CONSOLE_API: RunBy = {
  by: 'packages/serverless-loop/tests/integration/console/api.test.ts',
  because: 'makes the same request without curl, of a loop on a free port',
};
const EXAMPLE: RunBy = {
  by: 'tests/integration/examples/readme.test.ts',
  because: 'in the folder of the example, beside its own loop',
};
const EXAMPLE_WITH_TOOLS: RunBy = {
  by: 'tests/tools/examples.test.ts',
  because: 'in the folder of the example, beside its own loop, with the AWS CLI',
};

export const RUN_BY: Readonly<Record<string, RunBy>> = {
  'git clone ADDRESS serverless-snacks && cd serverless-snacks': CI('works in a checkout'),
  'npm ci': CI('its step "install"; a test must not replace the packages that it runs on'),
  'npm test': CI('its step of that name, which runs this test'),
  'npx vitest run tests/unit/app/order.test.ts': CI('npm test runs this file with the others'),
  "npx vitest run tests/unit/app/order.test.ts -t 'history'": CI('npm test runs this file with the others'),
  'npm run check': CI('npm test runs all of it, and more'),
  'npm run format': CI('runs npm run lint, which is the same without writing'),
  'npm run test:matrix': CI('its step of that name'),
  'npm run test:browser': CI('its step of that name'),
  'npm run test:tools': CI('its step of that name'),
  'npm run build': CI('npm ci runs it at its end'),
  'npm run record': {
    by: 'tests/unit/docs/pictures.test.ts',
    because: 'takes minutes; what it has drawn is looked at',
  },
  'npm run bench': {
    by: 'tests/integration/bench/bench.test.ts',
    because: 'a part of it, because all takes minutes',
  },
  'cp schemas/order-created.v*.json schemas/released/': {
    by: 'tests/unit/contract/released.test.ts',
    because: 'a test must not release; it holds what was released against what is there',
  },
  'pid=$(.ci/dynamodb-local 8000)': CONTRACT,
  'DYNAMODB_CONTRACT_ENDPOINT=http://127.0.0.1:8000 npx vitest run packages/serverless-loop/tests/integration/dynamodb/contract.test.ts':
    CONTRACT,
  'kill "$pid"': CONTRACT,
  "curl -s 'http://127.0.0.1:4566/_loop/facts?newest=20&groups=events'": CONSOLE_API,
  'curl -s http://127.0.0.1:4566/_loop/invoke -H "X-Loop-Token: $TOKEN" -H \'Content-Type: application/json\' -d \'{"name": "Greeter", "event": {"name": "Ada"}}\'':
    CONSOLE_API,

  'npm run demo -- --failure': 'loop',
  'npm run invoke -- OrderCreatorFunction -e events/order.json': 'loop',
  'npm run invoke -- OrderCreatorFunction -e events/order-express.json': 'loop',
  'npm run order -- ORDER-ID': 'loop',
  'npm run order': {
    by: 'tests/integration/scripts/order.test.ts',
    because: 'says beside its list, on the other stream, what it has read',
  },
  'npm start -- --help': 'loop',
  'eval "$(npm run -s env)"': 'loop',
  'eval "$(npm run -s env -- --outputs)"': 'loop',
  'eval "$(npm run -s env -- --outputs --stack-name serverless-snacks-prod)"': {
    by: 'packages/serverless-loop/tests/integration/commands/env.test.ts',
    because: 'needs an AWS account: asks the CloudFormation of a loop for a stack by its name',
  },

  'npx serverless-loop start': PACKED,
  'npx serverless-loop invoke MyFunction -e event.json': PACKED,
  'eval "$(npx serverless-loop env)"': {
    by: 'packages/serverless-loop/tests/integration/commands/env.test.ts',
    because: 'npm run env is the same command',
  },

  'eval "$(npx serverless-loop env --outputs)"': EXAMPLE,
  'npx serverless-loop invoke WorkerFunction -e events/batch.json': EXAMPLE,
  'npx serverless-loop invoke ReportFunction -e events/morning.json': EXAMPLE,
  'npx serverless-loop invoke PlaceOrderFunction -e events/post.json': EXAMPLE,
  'aws sqs send-message-batch --endpoint-url "$AWS_ENDPOINT_URL" --queue-url "$ParcelQueueUrl" --entries file://events/messages.json':
    EXAMPLE_WITH_TOOLS,
  'aws dynamodb scan --endpoint-url "$AWS_ENDPOINT_URL" --table-name "$ParcelsTableName"': EXAMPLE_WITH_TOOLS,
  'aws dynamodb put-item --endpoint-url "$AWS_ENDPOINT_URL" --table-name "$SalesTableName" --item file://events/sale.json':
    EXAMPLE_WITH_TOOLS,
  "curl -s \"$OrdersUrl\" -H 'Idempotency-Key: 3f0c2a8e-one-order' -H 'content-type: application/json' -d @events/order.json":
    EXAMPLE_WITH_TOOLS,

  'npm start': 'start',
  'npm start -- --retry-speed 60': 'start',
  'npm start -- --empty': 'start',
  'npm start -- --parameter-overrides FulfilmentMs=6000': 'start',

  'export AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local': 'tools',
  'export AWS_ENDPOINT_URL=http://127.0.0.1:4580 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local':
    'tools',
  'aws --endpoint-url http://127.0.0.1:4580 dynamodb put-item --item file://events/order-created.item.json --table-name serverless-snacks-dev-OrdersTable-3zEhMbdwHNlc':
    'tools',
  'aws --endpoint-url "$AWS_ENDPOINT_URL" dynamodb list-tables': 'tools',
  'sam validate --lint && sam build': 'tools',
  'sam remote invoke OrderCreatorFunction --event-file events/order.json': 'tools',
  'sam list resources': 'tools',
  'sam build && sam deploy --stack-name snacks-of-mine --parameter-overrides OrderBusName=orders-of-mine':
    'tools',
  'sam delete --stack-name snacks-of-mine --no-prompts': 'tools',
  'sam deploy --guided': { by: 'tests/tools/deploy-guided.test.ts', because: 'answers its questions' },

  './deploy-and-test.sh --local': {
    by: 'tests/tools/deploy-and-test.test.ts',
    because: 'with what the SAM CLI of the tests needs; takes minutes',
  },
  './deploy-and-test.sh': {
    by: 'tests/integration/deploy-and-test/faults.test.ts',
    because:
      'needs an AWS account: with tools and an account that play theirs, and every step failing in turn',
  },
  'aws cloudformation deploy --stack-name snacks-pipeline-dev --template-file docs/pipeline/deployment-role.yaml --capabilities CAPABILITY_IAM --parameter-overrides Repository=OWNER/NAME Environment=dev':
    {
      by: 'tests/tools/deployment-role.test.ts',
      because:
        'needs an AWS account: the template is linted, and its rights held against the calls of the scripts',
    },

  'docker compose up -d --wait': 'docker',
  'docker compose down': 'docker',
  'sam build && sam local invoke OrderCreatorFunction -e events/order.json': 'docker',
  'sam local invoke OrderCreatorFunction -e events/order.json': 'docker',
  'sam local invoke OrderProcessorFunction -e events/order-created.json': 'docker',
  'sam local invoke OrderCreatorFunction -e events/order.json --env-vars env.json --docker-network serverless-snacks --parameter-overrides Architecture=x86_64 --region eu-west-1':
    'docker',
  'AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws dynamodb put-item --endpoint-url http://127.0.0.1:8000 --region eu-west-1 --table-name serverless-snacks-dev-OrdersTable-3zEhMbdwHNlc --item file://events/order-created.item.json':
    'docker',
  'env -u AWS_ENDPOINT_URL -u AWS_ENDPOINT_URL_DYNAMODB -u AWS_ENDPOINT_URL_EVENTBRIDGE -u ORDERS_TABLE_NAME -u ORDER_BUS_NAME sam local invoke OrderCreatorFunction -e events/order.json':
    'docker',
  'docker compose up -d --wait dynamodb-local': ON_HOST,
  'AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local aws dynamodb delete-table --endpoint-url http://127.0.0.1:8000 --region eu-west-1 --table-name TABLE':
    ON_HOST,
  'npm start -- --dynamodb http://127.0.0.1:8000': {
    by: 'packages/serverless-loop/tests/integration/dynamodb/contract.test.ts',
    because: 'needs DynamoDB Local, which .ci/run starts for it on a free port',
  },
  'npm start -- --dynamodb http://127.0.0.1:8000 --listen 172.17.0.1 --allow-host loop': {
    by: 'packages/serverless-loop/tests/integration/commands/start.test.ts',
    because: 'needs a bridge of Docker: listens on every address and answers to a name',
  },
  'sam local invoke OrderCreatorFunction -e events/order.json --add-host loop:host-gateway': {
    by: 'tests/tools/compose.test.ts',
    because: 'needs a bridge of Docker, which a Docker in Docker of CI has elsewhere',
  },
  'npm run order -- ORDER-ID --endpoint http://172.17.0.1:4580': {
    by: 'tests/integration/commands/commands.test.ts',
    because: 'needs a bridge of Docker: with the endpoint of a loop on 127.0.0.1',
  },
};
