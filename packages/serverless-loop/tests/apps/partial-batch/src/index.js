exports.handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(({ body }) => JSON.parse(body).fails).map(({ messageId }) => ({
    itemIdentifier: messageId,
  })),
});
