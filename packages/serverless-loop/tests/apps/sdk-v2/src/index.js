// No package.json and no node_modules: the runtime of Node.js 16 has version 2 of the SDK itself.
const AWS = require('aws-sdk');

const sqs = new AWS.SQS();
const documents = new AWS.DynamoDB.DocumentClient();
const s3 = new AWS.S3();
const elsewhere = new AWS.SNS({ endpoint: 'https://sns.eu-west-1.amazonaws.com' });

const { QUEUE, TABLE, BUCKET } = process.env;

exports.handler = async ({ id }) => {
  const { MessageId } = await sqs.sendMessage({ QueueUrl: QUEUE, MessageBody: id }).promise();
  await documents.put({ TableName: TABLE, Item: { id, size: 3 } }).promise();
  const { Item } = await documents.get({ TableName: TABLE, Key: { id } }).promise();
  await s3.putObject({ Bucket: BUCKET, Key: id, Body: 'text' }).promise();
  const { Body } = await s3.getObject({ Bucket: BUCKET, Key: id }).promise();
  const refused = await elsewhere
    .publish({ TopicArn: 'arn:aws:sns:eu-west-1:000000000000:none', Message: id })
    .promise()
    .catch(({ code }) => code);
  return { major: AWS.VERSION.split('.')[0], sent: typeof MessageId, Item, file: String(Body), refused };
};
