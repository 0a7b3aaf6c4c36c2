import { expect, test } from 'vitest';
import { startApp } from '../app.ts';

// CloudFormation user guide, "Fn::Sub"; SAM developer guide, "Referencing generated resources", for the stage.
test('Fn::Sub puts in parameters, pseudo parameters, attributes, its own variables and what SAM makes', async () => {
  const { call, stack } = await startApp(import.meta.dirname);
  const [box] = stack.queues;
  expect(await call('F')).toEqual({
    PARAMETER: 'of shop',
    PSEUDO: 'app/eu-west-1/aws/amazonaws.com',
    ATTRIBUTE: `shop-box ${box?.arn}`,
    OWN: `shop-box at my\${Name}`,
    LITERAL: `\${Name} $Name $shop {shop}`,
    SPACED: 'shop',
    LONG: 'live 000000000000',
    BASE64: Buffer.from('hi shop').toString('base64'),
  });
});
