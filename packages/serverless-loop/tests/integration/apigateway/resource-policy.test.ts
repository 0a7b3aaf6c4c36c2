import { describe, expect, test } from 'vitest';
import { signedFor } from '../gateway/gateway-under-test.ts';
import { apisUnderTest } from './api-under-test.ts';

const MOCK = `
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: { application/json: '{"statusCode": 200}' }
                responses: { default: { statusCode: "200", responseTemplates: { application/json: '{"in":true}' } } }`;

/** A REST API with a resource policy, at the stage `live`. */
const api = (id: string, statements: string) => `
  ${id}:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: ${id}
      Policy: { Version: "2012-10-17", Statement: [ ${statements} ] }
      Body:
        openapi: 3.0.1
        components: { securitySchemes: { iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 } } }
        paths:
          /open:
            get:
              responses: {}${MOCK}
          /signed:
            get:
              security: [ { iam: [] } ]
              responses: {}${MOCK}
  ${id}Deployed: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref ${id}, StageName: live } }`;

const ANYONE = 'Principal: "*", Action: execute-api:Invoke';
const from = (effect: string, block: string, resource = 'execute-api:/*') =>
  `{ Effect: ${effect}, ${ANYONE}, Resource: "${resource}", Condition: { IpAddress: { aws:SourceIp: ["${block}"] } } }`;

const apis = apisUnderTest(`
Resources:${api('Near', from('Allow', '127.0.0.0/8'))}${api('Far', from('Allow', '192.0.2.0/24'))}${api(
  'Barred',
  `{ Effect: Allow, ${ANYONE}, Resource: "execute-api:/live/GET/*" }, ${from('Deny', '127.0.0.1', 'execute-api:/live/GET/open')}`,
)}
`);

const ask = async (id: string, path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(apis.url(id, `/live${path}`), { headers });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
};

/* API Gateway guide, "How API Gateway resource policies affect authorization workflow". */
describe('the resource policy of a REST API', () => {
  test('lets in whom it allows, by the address that they come from', async () => {
    expect(await ask('Near', '/open')).toEqual({ status: 200, body: { in: true } });
  });

  test('refuses whom it does not allow, where the method asks for nothing else', async () => {
    expect(await ask('Far', '/open')).toEqual({
      status: 403,
      body: {
        Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********0000:${apis.id('Far')}/live/GET/open`,
      },
    });
  });

  test('refuses whom it denies, whatever else lets them in', async () => {
    const { status, body } = await ask('Barred', '/open');
    expect(status).toBe(403);
    expect(body.Message).toMatch(/live\/GET\/open with an explicit deny$/);
  });

  test('is not needed by a caller whose own rights suffice, in the same account', async () => {
    const signed = { Authorization: signedFor('execute-api') };
    expect(await ask('Far', '/signed', signed)).toEqual({ status: 200, body: { in: true } });
    expect((await ask('Far', '/signed')).status).toBe(403);
    expect((await ask('Barred', '/signed', signed)).status).toBe(200);
  });
});
