import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopUnderTest, projectFolder, runLoop } from '../loop-in-process.ts';
import { CHROMIUM, startBrowser } from './browser.ts';

const templateFor = (origin: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Http:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ['${origin}']
        AllowMethods: [PUT]
        AllowHeaders: [content-type, x-depot]
        ExposeHeaders: [x-box]
        AllowCredentials: true
  Rest:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      Cors: { AllowOrigin: "'${origin}'", AllowMethods: "'PUT'", AllowHeaders: "'content-type,x-depot'" }
  Box:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: box.handler
      CodeUri: code/
      Events:
        ByHttp: { Type: HttpApi, Properties: { ApiId: !Ref Http, Path: /boxes, Method: PUT } }
        ByRest: { Type: Api, Properties: { RestApiId: !Ref Rest, Path: /boxes, Method: PUT } }
  Url:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: box.plain
      CodeUri: code/
      FunctionUrlConfig:
        AuthType: NONE
        Cors: { AllowOrigins: ['${origin}'], AllowMethods: [PUT], AllowHeaders: [content-type, x-depot], ExposeHeaders: [x-box] }
Outputs:
  Http: { Value: !Sub 'https://\${Http}.execute-api.\${AWS::Region}.amazonaws.com/boxes' }
  Rest: { Value: !Sub 'https://\${Rest}.execute-api.\${AWS::Region}.amazonaws.com/dev/boxes' }
  Url: { Value: !GetAtt UrlUrl.FunctionUrl }
`;

/** A REST API's function says the rest of it itself (API Gateway guide, "Enabling CORS for a REST API resource"). */
const codeFor = (origin: string) => `
const answer = (event, headers) => ({ statusCode: 200, headers: { 'x-box': 'small', ...headers }, body: event.body });
exports.handler = async (event) => answer(event, event.version ? {} : { 'Access-Control-Allow-Origin': '${origin}' });
exports.plain = async (event) => answer(event, {});
`;

/** As a page's script does, with a preflight before it: PUT, JSON and a header of its own. */
const PUT_BOX = (url: string) => `fetch(${JSON.stringify(url)}, {
  method: 'PUT',
  headers: { 'content-type': 'application/json', 'x-depot': 'north' },
  body: '{"box":1}',
}).then(
  async (answer) => ({ status: answer.status, body: await answer.text(), box: answer.headers.get('x-box') }),
  (error) => ({ refused: error.name }),
)`;

describe.skipIf(CHROMIUM === undefined)("a browser's fetch from a page of another origin", () => {
  const sites: Server[] = [];
  let running: LoopUnderTest & { stop(): Promise<void> };
  let browser: Browser;
  let allowed: Page;
  let other: Page;

  async function site(): Promise<string> {
    const server = createServer((_request, response) =>
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>a page</title>'),
    );
    sites.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('The site has no port.');
    return `http://127.0.0.1:${address.port}`;
  }

  beforeAll(async () => {
    const [origin, foreign] = [await site(), await site()];
    const folder = projectFolder(
      { 'template.yaml': templateFor(origin), 'code/box.js': codeFor(origin) },
      afterAll,
    );
    [running, browser] = await Promise.all([runLoop(`${folder}/template.yaml`), startBrowser()]);
    [allowed, other] = await Promise.all([browser.newPage(), browser.newPage()]);
    await Promise.all([allowed.goto(origin), other.goto(foreign)]);
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    for (const server of sites) server.close();
  });

  const addressOf = (output: string) =>
    String(running.loop.stack.outputs.find(({ name }) => name === output)?.value);

  test.each([
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
    ['Http', 'small'],
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html; it exposes no header.
    ['Rest', null],
    // https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
    ['Url', 'small'],
  ])(
    'reaches %s after its preflight where that origin is allowed, and nothing where it is not',
    async (output, box) => {
      const put = PUT_BOX(addressOf(output));
      expect(await allowed.evaluate(put)).toEqual({ status: 200, body: '{"box":1}', box });
      expect(await other.evaluate(put)).toEqual({ refused: 'TypeError' });
    },
  );
});
